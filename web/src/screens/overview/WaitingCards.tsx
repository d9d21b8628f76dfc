/** Cards that wait for someone, what stands still longest first. */
import { Link } from '@tanstack/react-router'
import { useClock } from '../../parts/clock.ts'
import { ToolTile } from '../../parts/Marks.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { Status, statusOfRule } from '../../parts/Status.tsx'
import { overviewWords, ruleName } from '../../words/overview.ts'
import { shortDay } from '../../words/time.ts'
import styles from './Lists.module.css'
import type { Overview } from './Overview.tsx'

const words = overviewWords.waiting

export function WaitingCards({ cards, total }: Overview['waiting']) {
  const clock = useClock()
  return (
    <Sheet title={words.title} actions={total > 0 && <Link to="/findings">{words.all(total)}</Link>} flush>
      {cards.length === 0 ? (
        <p className={styles.none}>{words.none}</p>
      ) : (
        <ul className={styles.list} data-two>
          {cards.map(({ task, tool, title, rule, since, sinceIsDate, workingDays }) => (
            <li key={task}>
              <ToolTile tool={tool} />
              <span className={styles.two}>
                <Link className={styles.title} to="/tasks" search={{ view: 'all', open: task }} title={title}>
                  {title}
                </Link>
                <span className={styles.why}>
                  <Status kind={statusOfRule(rule)}>{ruleName(rule)}</Status>
                  <span>{words.since(shortDay(sinceIsDate ? since.slice(0, 10) : since, clock), workingDays)}</span>
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  )
}
