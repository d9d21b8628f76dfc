/** Every point of a key result, card by card, newest first; what was taken back stands as a line of its own. */
import { Box, Button, SegmentedControl } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Output, pages } from '../../api/query.ts'
import { useClock } from '../../parts/clock.ts'
import { Empty } from '../../parts/Empty.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { ToolTile } from '../../parts/Marks.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { useUrl } from '../../parts/useUrl.ts'
import { Waiting } from '../../parts/Waiting.tsx'
import { When } from '../../parts/When.tsx'
import { objectivesWords } from '../../words/objectives.ts'
import { number } from '../../words/say.ts'
import { shortDay } from '../../words/time.ts'
import styles from './Ledger.module.css'

const words = objectivesWords.ledger
const PAGE = 50
const HOUR_MS = 3_600_000
const SHOWN = { ledger: 'done' }

type Page = Output<'get', '/api/key-results/{id}/contributions'>
type Entry = Page['contributions'][number]
type By = 'done' | 'known'

export function Ledger({ id }: { id: string }) {
  const [{ ledger }, show] = useUrl(SHOWN)
  const by: By = ledger === 'known' ? 'known' : 'done'
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    pages('/api/key-results/{id}/contributions', {
      first: { path: { id }, query: { by, order: 'newest', limit: PAGE } },
      next: ({ next }) => (next === null ? null : { after: next })
    })
  )
  const first = data?.pages[0]
  const entries = data?.pages.flatMap(({ contributions }) => contributions) ?? []
  return (
    <Sheet
      title={words.title}
      aside={first && words.entries(first.entries)}
      actions={
        <Box visibleFrom="sm">
          <Order by={by} onChange={(chosen) => show({ ledger: chosen })} />
        </Box>
      }
      flush
    >
      {first && entries.length > 0 ? (
        <>
          <Box hiddenFrom="sm" className={styles.more}>
            <Order by={by} onChange={(chosen) => show({ ledger: chosen })} />
          </Box>
          <table className={styles.ledger}>
            <thead>
              <tr>
                <th scope="col">{words.counted}</th>
                <th scope="col">{words.card}</th>
                <th scope="col">{words.why}</th>
                <th scope="col">{words.points}</th>
                <th scope="col">{words.total}</th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <Line key={entry.id} {...entry} by={by} began={first.began} />
              ))}
            </tbody>
          </table>
          {hasNextPage && (
            <div className={styles.more}>
              <Button size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                {words.more}
              </Button>
            </div>
          )}
          <p className={styles.foot}>
            {first.hidden > 0 && words.hidden(first.hidden)}
            {words.foot}
            {checked(first)}
          </p>
        </>
      ) : error ? (
        <Failed what={words.failed} error={error} again={refetch} />
      ) : first ? (
        <Empty title={words.empty} why={words.emptyWhy} />
      ) : (
        <Waiting rows={8} />
      )}
    </Sheet>
  )
}

const Order = ({ by, onChange }: { by: By; onChange: (by: string) => void }) => (
  <SegmentedControl
    size="xs"
    aria-label={words.order}
    value={by}
    onChange={onChange}
    data={[
      { value: 'done', label: words.done },
      { value: 'known', label: words.known }
    ]}
  />
)

function checked({ sum, recomputed }: Page): string {
  if (recomputed === null) return ''
  return Math.abs(sum - recomputed) < 1e-9 ? words.equal : words.differs(number(sum, 2), number(recomputed, 2))
}

function Line({ by, began, ...entry }: Entry & { by: By; began: string | null }) {
  const clock = useClock()
  const { task, tool, title, kind, amount, total, effectiveAt, recordedAt, reversedAt } = entry
  const back = kind === 'reversed'
  // A reversal is told by the day we knew of it; its work was done when the first line says.
  const [day, other] =
    back || by === 'known' ? [recordedAt, null] : [effectiveAt, learnedLater(entry, began) ? recordedAt : null]
  return (
    <tr data-kind={back ? 'back' : reversedAt ? 'was' : undefined}>
      <td className={styles.day}>
        <When at={day} as="shortDay" />
        {other && <span className={styles.learned}>{words.learned(shortDay(other, clock))}</span>}
      </td>
      <td className={styles.card}>
        {task && tool ? (
          <span>
            <ToolTile tool={tool} />
            <Link to="/tasks" search={{ view: 'all', open: task }} title={title ?? undefined}>
              {title}
            </Link>
          </span>
        ) : (
          <span className={styles.hidden}>{words.hiddenCard}</span>
        )}
      </td>
      <td className={styles.why}>
        {back && <IconArrowBackUp aria-hidden />}
        <span>{why(entry, reversedAt === null ? null : shortDay(reversedAt, clock))}</span>
      </td>
      <td className={styles.points}>{reversedAt ? <s>{words.amount(amount)}</s> : words.amount(amount)}</td>
      <td className={styles.total}>{number(total, 2)}</td>
    </tr>
  )
}

function why({ kind, reason, column }: Entry, reversed: string | null): string {
  if (kind === 'reversed') return words.reversed[reason ?? ''] ?? words.reversedPlain
  const counted = column ? words.moved(column) : words.marked
  return reversed ? words.reversedOn(counted, reversed) : counted
}

/** More than a day lay between the work and our knowing of it, though the ledger was there by then. */
const learnedLater = ({ effectiveAt, recordedAt }: Entry, began: string | null): boolean =>
  began !== null &&
  Date.parse(recordedAt) - Date.parse(began) > HOUR_MS &&
  Date.parse(recordedAt) - Date.parse(effectiveAt) > 36 * HOUR_MS
