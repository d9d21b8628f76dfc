/** Objectives as a tree, and beside it the key result that is open: its course, where it is heading, its ledger. */
import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconSitemap } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '../../api/me.ts'
import { get } from '../../api/query.ts'
import { Empty } from '../../parts/Empty.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Page } from '../../parts/Page.tsx'
import { useUrl } from '../../parts/useUrl.ts'
import { Waiting } from '../../parts/Waiting.tsx'
import { periodName, objectivesWords as words } from '../../words/objectives.ts'
import { type Edited, Editor } from './Editor.tsx'
import { KeyResultDetail } from './KeyResultDetail.tsx'
import { ObjectiveForm } from './ObjectiveForm.tsx'
import styles from './Objectives.module.css'
import type { Objective } from './pace.tsx'
import { Tree } from './Tree.tsx'

const SHOWN = { open: null as string | null, period: '' }

export default function Objectives() {
  const [{ open, period }, show] = useUrl(SHOWN)
  const { data, error, refetch } = useQuery(get('/api/objectives'))
  const [editing, edit] = useState<Edited | null>(null)
  const [forming, form] = useState<{ objective: Objective | null } | null>(null)
  const steers = useMe().role !== 'member'
  const all = data?.objectives ?? []
  const periods = [...new Set(all.map(periodOf))].toSorted().reverse()
  const opened = all.find(({ keyResults }) => keyResults.some(({ id }) => id === open))
  const chosen = period || (opened ? periodOf(opened) : (periods.find(runsNow) ?? periods[0] ?? ''))
  const shown = all.filter((objective) => periodOf(objective) === chosen)
  const current =
    (opened && shown.includes(opened) ? open : null) ?? shown.flatMap(({ keyResults }) => keyResults)[0]?.id
  return (
    <Page
      title={words.title}
      sub={shown[0] && summary(shown)}
      actions={
        <>
          {periods.length > 1 && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button rightSection={<IconChevronDown aria-hidden />}>{named(chosen)}</Button>
              </Menu.Target>
              <Menu.Dropdown>
                {periods.map((one) => (
                  <Menu.Item key={one} onClick={() => show({ period: one, open: null }, { add: true })}>
                    {named(one)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          )}
          {steers && data && <Button onClick={() => form({ objective: null })}>{words.add.objective}</Button>}
        </>
      }
    >
      {all.length > 0 ? (
        <div className={styles.layout}>
          <Tree
            objectives={shown}
            open={current ?? null}
            onOpen={(id) => show({ open: id }, { add: true })}
            {...(steers
              ? {
                  onAdd: (objective: Objective) => edit({ objective, keyResult: null }),
                  onEdit: (objective: Objective) => form({ objective })
                }
              : {})}
          />
          {current ? (
            <KeyResultDetail
              key={current}
              id={current}
              {...(steers
                ? {
                    onEdit: (keyResult, objective) =>
                      edit({ objective: { ...objective, from: keyResult.from, to: keyResult.to }, keyResult })
                  }
                : {})}
            />
          ) : (
            <Empty icon={<IconSitemap />} title={words.empty.none} why={words.empty.why} />
          )}
        </div>
      ) : error ? (
        <Failed what={words.failed} error={error} again={refetch} />
      ) : data ? (
        <Empty
          icon={<IconSitemap />}
          title={words.empty.title}
          why={steers ? words.empty.why : `${words.empty.why} ${words.empty.member}`}
          action={
            steers && (
              <Button variant="filled" onClick={() => form({ objective: null })}>
                {words.add.objective}
              </Button>
            )
          }
        />
      ) : (
        <Waiting rows={12} />
      )}
      {editing && (
        <Editor
          {...editing}
          onClose={() => edit(null)}
          onSaved={(id) => {
            edit(null)
            show({ open: id, period: '' })
          }}
        />
      )}
      {forming && <ObjectiveForm {...forming} onClose={() => form(null)} />}
    </Page>
  )
}

const periodOf = ({ from, to }: Pick<Objective, 'from' | 'to'>): string => `${from}/${to}`
const ends = (period: string): [string, string] => period.split('/') as [string, string]
const named = (period: string): string => periodName(...ends(period))

function runsNow(period: string): boolean {
  const [from, to] = ends(period)
  const today = new Date().toISOString().slice(0, 10)
  return from <= today && today <= to
}

function summary(objectives: Objective[]): string {
  const all = objectives.flatMap(({ keyResults }) => keyResults)
  const how = (pace: string) => all.filter((one) => one.pace === pace).length
  const [first] = objectives as [Objective]
  return `${words.period(first.from, first.to)} ${words.counts(how('on track'), how('at risk'), how('off track'))}`
}
