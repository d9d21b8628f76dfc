/** What there is to know of one account, a sheet each. */
import { Button } from '@mantine/core'
import { IconFileAlert } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { Progress as Told } from '../../api/progress.ts'
import { change, get, type Output } from '../../api/query.ts'
import { Progress } from '../../parts/Charts.tsx'
import { done } from '../../parts/done.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { PersonAvatar } from '../../parts/Marks.tsx'
import { NoteView } from '../../parts/NoteView.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { Status, type StatusKind } from '../../parts/Status.tsx'
import { When } from '../../parts/When.tsx'
import { connectionsWords } from '../../words/connections.ts'
import { words as common, toolName } from '../../words/en.ts'
import { number } from '../../words/say.ts'
import styles from './Connections.module.css'

type Details = Output<'get', '/api/connections/{id}'>
interface Given {
  details: Details
}

export function Sample({ details: { connection, sample, counts } }: Given) {
  const words = connectionsWords.sample
  return (
    <Sheet title={words.title}>
      <div className={styles.sample}>
        <PersonAvatar name={connection.accountName} size="lg" />
        <div>
          <p>
            <strong>{connection.accountName}</strong> <span className={styles.meta}>{words.now}</span>
          </p>
          <NoteView said={sample} />
        </div>
      </div>
      <p className={styles.below}>
        {connection.accountName !== common.app && words.why(toolName(connection.tool))} {words.notes(counts.notes)}
      </p>
    </Sheet>
  )
}

const RIGHT_STATUS = { found: 'fine', missing: 'waiting', unproven: 'unknown', unneeded: 'unknown' } as const

export function Rights({ details: { connection, rights, publicAddress } }: Given) {
  const words = connectionsWords.rights
  // The tool is asked once a visit: it costs a call.
  const { data } = useQuery({
    ...get('/api/connections/{id}/account', { path: { id: connection.id } }),
    enabled: connection.state === 'active',
    staleTime: 600_000,
    refetchOnWindowFocus: false
  })
  return (
    <Sheet
      flush
      title={words.title}
      aside={words.found(rights.filter(({ state }) => state === 'found').length, rights.length)}
    >
      {rights.map(({ right, state, reason }) => (
        <div key={right} className={styles.right}>
          <div>
            <p>{words.names[right][0]}</p>
            <p className={styles.meta}>
              {reason ? (words.reasons[reason.split(' ').at(-1) ?? ''] ?? words.refused) : words.names[right][1]}
            </p>
          </div>
          <Status kind={RIGHT_STATUS[state]}>{words.states[state]}</Status>
        </div>
      ))}
      <p className={styles.foot}>
        {data && data.missing.length > 0 ? words.told(data.missing) : words.why} {!publicAddress && words.noAddress}
      </p>
    </Sheet>
  )
}

const BOARDS = 12

export function Boards({ details: { boards, counts, connection }, progress }: Given & { progress: Told | null }) {
  const words = connectionsWords.boards
  const shown = boards.slice(0, BOARDS)
  return (
    <Sheet
      flush
      title={words.title}
      aside={words.counts(counts.chosen, counts.boards, counts.lost)}
      link={{ to: '/projects', label: words.choose }}
    >
      {boards.length === 0 && <p className={styles.foot}>{words.none}</p>}
      <ul className={styles.boards}>
        {shown.map((board) => {
          const told = progress?.projects.find(({ id }) => id === board.id && connection.state === 'active')
          const under = told && (told.state === 'reading' || told.state === 'waiting') ? told : null
          return (
            <li key={board.id}>
              <span className={styles.name} title={board.name}>
                {board.name}
              </span>
              {under && (
                <span className={styles.bar}>
                  <Progress value={under.expected ? under.cards / under.expected : 0} />
                </span>
              )}
              <span className={styles.said}>
                {under
                  ? under.state === 'waiting'
                    ? words.waiting
                    : words.reading(under.cards, under.expected)
                  : said(board)}
              </span>
            </li>
          )
        })}
      </ul>
      {counts.boards + counts.lost > shown.length && (
        <p className={styles.foot}>{words.more(counts.boards + counts.lost - shown.length)}</p>
      )}
    </Sheet>
  )
}

function said(board: Details['boards'][number]): string {
  const words = connectionsWords.boards
  if (board.lostAt) return words.lost
  if (board.readBy) return words.with(board.readBy)
  if (!board.chosen) return words.notChosen
  if (board.archived) return words.archived
  return board.lookedAt === null ? words.unread : words.cards(board.cards)
}

export function Webhooks({ details: { webhooks } }: Given) {
  const words = connectionsWords.webhook
  const alive = webhooks.filter(({ state }) => state === 'alive').length
  const last = webhooks
    .flatMap(({ deliveredAt }) => deliveredAt ?? [])
    .sort()
    .at(-1)
  const checked = webhooks.flatMap(({ checkedAt }) => checkedAt ?? []).sort()[0]
  const off = webhooks.filter(({ state }) => state !== 'alive').slice(0, 8)
  return (
    <Sheet
      title={words.title}
      actions={
        webhooks.length > 0 && (
          <Status kind={alive === webhooks.length ? 'fine' : 'waiting'}>
            {alive === webhooks.length ? words.alive : words.some(alive, webhooks.length)}
          </Status>
        )
      }
    >
      {webhooks.length === 0 ? (
        <p className={styles.meta}>{words.none}</p>
      ) : (
        <dl className={styles.facts}>
          <dt>{words.last}</dt>
          <dd>{last ? <When at={last} as="recently" /> : words.never}</dd>
          <dt>{words.today}</dt>
          <dd>{words.received(webhooks.reduce((sum, { received }) => sum + received, 0))}</dd>
          {checked && (
            <>
              <dt>{words.checked}</dt>
              <dd>
                <When at={checked} />
              </dd>
            </>
          )}
          <dt>{words.quiet}</dt>
          <dd>{words.asks}</dd>
          {off.map(({ scope, state }) => (
            <div key={scope} className={styles.pair}>
              <dt>{scope}</dt>
              <dd>{words.states[state]}</dd>
            </div>
          ))}
        </dl>
      )}
    </Sheet>
  )
}

export function Budget({ details: { budgets, connection } }: Given) {
  const words = connectionsWords.budget
  return (
    <Sheet title={words.title} aside={words.allows(toolName(connection.tool))}>
      <ul className={styles.budgets}>
        {budgets.map(({ name, used, amount, perMs, of }) => (
          <li key={name}>
            <p>
              <strong>{number(used)}</strong> {words.used(amount, words.per(perMs), words.of[of])}{' '}
              <span className={styles.meta}>{words.names[name] ?? name}</span>
            </p>
            <Progress value={used / amount} label={words.spoken(used, amount)} />
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

const RUN_STATUS: Record<Details['runs'][number]['state'], StatusKind> = {
  running: 'unknown',
  complete: 'fine',
  failed: 'waiting'
}

export function Looks({ details: { runs } }: Given) {
  const words = connectionsWords.runs
  return (
    <Sheet flush title={words.title}>
      {runs.length === 0 && <p className={styles.foot}>{words.none}</p>}
      {runs.map(({ id, name, mode, state, stored, requests, startedAt, error }) => (
        <div key={id} className={styles.right}>
          <div>
            <p className={styles.name} title={name}>
              {name}
            </p>
            <p className={styles.meta}>
              <When at={startedAt} as="recently" />, {words[mode]}, {words.stored(stored)}, {words.calls(requests)}
            </p>
          </div>
          <Status kind={RUN_STATUS[state]}>
            {error ? (words.why[error] ?? words.states.failed) : words.states[state]}
          </Status>
        </div>
      ))}
    </Sheet>
  )
}

export function SetAside({ details: { setAside, counts } }: Given) {
  const words = connectionsWords.setAside
  const retry = useMutation({
    ...change('post', '/api/quarantine/retry'),
    onSuccess: ({ read, setAside: left }) => done(words.retried(read, left))
  })
  return (
    <Sheet flush title={words.title} aside={words.cards(counts.setAside)}>
      {setAside.length === 0 && <p className={styles.foot}>{words.none}</p>}
      {retry.error && <Failed what={words.failed} error={retry.error} />}
      {setAside.map(({ task, title, project, projectName, path, reason }) => (
        <div key={task} className={styles.aside}>
          <IconFileAlert aria-hidden />
          <div>
            <p className={styles.strong}>
              {projectName}: {title ?? task}
            </p>
            <p className={styles.meta}>{words.why(path, reason)}</p>
          </div>
          <Button size="xs" loading={retry.isPending} onClick={() => retry.mutate({ body: { project } })}>
            {words.retry}
          </Button>
        </div>
      ))}
      {counts.setAside > setAside.length && (
        <p className={styles.foot}>{words.more(counts.setAside - setAside.length)}</p>
      )}
    </Sheet>
  )
}
