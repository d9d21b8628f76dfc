/** Cards that were finished since yesterday, and what they counted for. */
import { Link } from '@tanstack/react-router'
import { useClock } from '../../parts/clock.ts'
import { ToolTile } from '../../parts/Marks.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { overviewWords } from '../../words/overview.ts'
import styles from './Lists.module.css'
import type { Overview } from './Overview.tsx'

const words = overviewWords.finished
const TWO_DAYS_MS = 2 * 86_400_000

export function Finished({ cards, total, since, zone }: Overview['finished'] & { zone: string }) {
  const { now } = useClock()
  const all = (
    <Link to="/tasks" search={{ filter: `category = done and completed >= ${since}` }}>
      {words.all(total)}
    </Link>
  )
  return (
    <Sheet
      title={words.title(since, Date.parse(now) - Date.parse(since) < TWO_DAYS_MS, zone)}
      actions={total > 0 && all}
      flush
    >
      {cards.length === 0 ? (
        <p className={styles.none}>{words.none}</p>
      ) : (
        <ul className={styles.list}>
          {cards.map(({ task, tool, title, counts: [first, ...others] }) => (
            <li key={task}>
              <ToolTile tool={tool} />
              <Link className={styles.title} to="/tasks" search={{ view: 'all', open: task }} title={title}>
                {title}
              </Link>
              <span className={styles.beside}>{first ? words.more(first.title, others.length) : words.unmapped}</span>
              <span className={styles.amount} data-none={!first || undefined}>
                {first ? words.amount(first.amount, first.unit) : words.noKeyResult}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  )
}
