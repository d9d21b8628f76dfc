/** What rules found: open, or closed and why; put together by rule, person or project. A finding leads to its card, which opens beside the list. */
import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { get } from '../../api/query.ts'
import { Failed } from '../../parts/Failed.tsx'
import { Page } from '../../parts/Page.tsx'
import { useUrl } from '../../parts/useUrl.ts'
import { findingsWords as words } from '../../words/findings.ts'
import { Card } from '../tasks/Card.tsx'
import { FindingList } from './FindingList.tsx'
import styles from './Findings.module.css'
import { GroupList } from './GroupList.tsx'

/** `open` is the finding whose card stands beside the list. */
const ADDRESS = {
  state: 'open',
  by: 'rule',
  rule: null as string | null,
  person: null as string | null,
  project: null as string | null,
  reason: null as string | null,
  card: null as string | null,
  open: null as string | null
}

const WAYS = ['rule', 'person', 'project', 'reason'] as const
export type Way = (typeof WAYS)[number]
/** What the list is of: every finding, or those of one rule, person, project or reason. */
export type Chosen = { [W in Way]?: string }

const NOTHING = { rule: null, person: null, project: null, reason: null, card: null, open: null }

export default function Findings() {
  const [shown, show] = useUrl(ADDRESS)
  const state = shown.state === 'closed' ? 'closed' : 'open'
  const ways = WAYS.filter((way) => way !== 'reason' || state === 'closed')
  const by = ways.find((way) => way === shown.by) ?? 'rule'
  const { rule, person, project, reason } = shown
  const chosen = useMemo<Chosen>(
    () => ({
      ...(rule === null ? {} : { rule }),
      ...(person === null ? {} : { person }),
      ...(project === null ? {} : { project }),
      ...(reason === null ? {} : { reason })
    }),
    [rule, person, project, reason]
  )
  const groups = useQuery(get('/api/findings/groups', { query: { by, state } }))
  const all = groups.data
  const onClose = () => show({ open: null, card: null })
  return (
    <Page
      wide
      title={words.title}
      sub={all && (state === 'open' ? words.counted : words.countedClosed)(all.total, all.tasks)}
      actions={
        <SegmentedControl
          aria-label={words.state}
          value={state}
          onChange={(value) => show({ ...NOTHING, state: value })}
          data={Object.entries(words.states).map(([value, label]) => ({ value, label }))}
        />
      }
      panel={shown.card !== null && <Card key="card" id={shown.card} onClose={onClose} />}
    >
      {groups.error && !all && <Failed what={words.failed} error={groups.error} again={groups.refetch} />}
      <div className={styles.screen}>
        <GroupList
          by={by}
          ways={ways}
          groups={all?.groups ?? []}
          total={all?.total ?? 0}
          chosen={chosen[by] ?? null}
          onBy={(way) => show({ ...NOTHING, by: way })}
          onChoose={(key) => show({ ...NOTHING, by, [by]: key })}
        />
        <FindingList
          chosen={chosen}
          state={state}
          looked={all?.looked ?? 0}
          lastClosed={all?.lastClosed ?? null}
          open={shown.open}
          onOpen={({ id, task }) => show({ open: String(id), card: task }, { add: shown.card === null })}
          onClose={onClose}
          onAll={() => show(NOTHING)}
        />
      </div>
    </Page>
  )
}
