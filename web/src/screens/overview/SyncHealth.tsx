/** How each tool is read: its state, when, how much, the last 24 hours, and what comes next. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { TENDING, useMe } from '../../api/me.ts'
import { useClock } from '../../parts/clock.ts'
import { ToolTile } from '../../parts/Marks.tsx'
import { NoCards } from '../../parts/NoCards.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { Status, type StatusKind } from '../../parts/Status.tsx'
import { toolName } from '../../words/en.ts'
import { overviewWords } from '../../words/overview.ts'
import { moment, recently } from '../../words/time.ts'
import type { Overview } from './Overview.tsx'
import styles from './SyncHealth.module.css'

const words = overviewWords.sync
type Tool = Overview['sync'][number]

const KINDS: Record<Tool['state'], StatusKind> = {
  fine: 'fine',
  behind: 'waiting',
  failing: 'waiting',
  parked: 'broken',
  paused: 'paused',
  unread: 'unknown'
}

export function SyncHealth({ tools }: { tools: Tool[] }) {
  const tends = TENDING.includes(useMe().role)
  const cards = tools.reduce((sum, tool) => sum + tool.cards, 0)
  return (
    <Sheet
      title={words.title}
      aside={tools.length > 0 && words.of(cards, tools.length)}
      {...(tends ? { link: { to: '/connections', label: words.connections } } : {})}
      flush
    >
      {tools.length === 0 ? (
        <NoCards title={words.none} why={words.noneWhy} />
      ) : (
        <ul className={styles.tools}>
          {tools.map((tool) => (
            <li key={tool.tool}>
              <Tile leads={tends}>
                <Facts {...tool} />
              </Tile>
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  )
}

/** Leads to the tool’s accounts, for those who may look after them. */
const Tile = ({ leads, children }: { leads: boolean; children: ReactNode }) =>
  leads ? (
    <Link className={styles.tool} to="/connections">
      {children}
    </Link>
  ) : (
    <div className={styles.tool}>{children}</div>
  )

function Facts({ tool, state, readAt, boards, cards, hours, webhooks, nextAt }: Tool) {
  const clock = useClock()
  const looks = hours.reduce((sum, { ok, failed }) => sum + ok + failed, 0)
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0)
  const tries = state === 'failing' && nextAt !== null && nextAt > clock.now
  return (
    <>
      <span className={styles.name}>
        <ToolTile tool={tool} named />
        <b>{toolName(tool)}</b>
      </span>
      <span className={styles.state}>
        <Status kind={KINDS[state]}>{words.states[state]}</Status>
      </span>
      {readAt && <span className={styles.read}>{words.read(recently(readAt, clock))}</span>}
      <span className={styles.size}>{words.boards(tool, boards, cards)}</span>
      <span className={styles.day}>
        <Hours hours={hours} said={words.hours(failed, looks)} />
        <span className={styles.ends} aria-hidden>
          <span>{words.ago}</span>
          <span>{words.now}</span>
        </span>
      </span>
      <span className={styles.next}>{tries ? words.next(moment(nextAt, clock)) : words.webhooks[webhooks]}</span>
    </>
  )
}

/** A bar an hour: whole where all went well, half and warm where some looks failed, low and crimson where all did, a dot where there were none. */
const Hours = ({ hours, said }: { hours: Tool['hours']; said: string }) => (
  <span className={styles.hours} role="img" aria-label={said} title={said}>
    {hours.map(({ ok, failed }, hour) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place.
      <i key={hour} data-went={failed === 0 ? (ok === 0 ? 'none' : 'well') : ok === 0 ? 'wrong' : 'partly'} />
    ))}
  </span>
)
