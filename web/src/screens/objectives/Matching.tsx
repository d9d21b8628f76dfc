/** The cards that a mapping would count now, while it is still being written. */
import { useQuery } from '@tanstack/react-query'
import { useMe } from '../../api/me.ts'
import { get } from '../../api/query.ts'
import { Failed } from '../../parts/Failed.tsx'
import { ToolTile } from '../../parts/Marks.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { When } from '../../parts/When.tsx'
import { objectivesWords } from '../../words/objectives.ts'
import { number, signed } from '../../words/say.ts'
import styles from './Editor.module.css'

const words = objectivesWords.editor

export function Matching({ filter, from, to, sum }: { filter: string; from: string; to: string; sum: string | null }) {
  const { sees } = useMe()
  const whole = filter.trim() !== '' && from !== '' && to !== '' && sum !== ''
  const { data, error, isFetching } = useQuery({
    ...get('/api/key-results/preview', { query: { filter, from, to, ...(sum ? { sum } : {}) } }),
    enabled: whole
  })
  return (
    <section className={styles.matching} aria-label={words.preview} aria-busy={isFetching}>
      <h3>{words.preview}</h3>
      {!whole ? (
        <p className={styles.quiet}>{words.unread}</p>
      ) : error ? (
        <Failed what={words.badFilter} error={error} />
      ) : data ? (
        <>
          <p className={styles.count} role="status">
            {words.counts(data.count, number(data.amount, 2), sum !== null)}
          </p>
          <p className={styles.quiet}>
            {data.count === 0
              ? words.none
              : data.count > data.cards.length
                ? words.first(data.cards.length, data.count)
                : null}{' '}
            {sees !== 'all' && words.onYours}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and so has to be reached by the keyboard. */}
          <ul className={styles.cards} tabIndex={0}>
            {data.cards.map(({ task, tool, title, projectName, amount, doneAt }) => (
              <li key={task}>
                <ToolTile tool={tool} />
                <span className={styles.title} title={`${title} · ${projectName}`}>
                  {title}
                </span>
                <span className={styles.quiet}>
                  <When at={doneAt} as="shortDay" />
                </span>
                <b>{signed(amount)}</b>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <Waiting rows={6} />
      )}
    </section>
  )
}
