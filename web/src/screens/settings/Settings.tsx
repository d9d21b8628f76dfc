/** Settings, in parts with addresses of their own; who may not tend the hub has the two that are their own. */
import { Tabs } from '@mantine/core'
import { Navigate, useNavigate, useParams } from '@tanstack/react-router'
import { type ComponentType, useEffect, useRef } from 'react'
import { type Role, TENDING, useMe } from '../../api/me.ts'
import { Page } from '../../parts/Page.tsx'
import { settingsWords as words } from '../../words/settings.ts'
import { Access } from './Access.tsx'
import { Changes } from './Changes.tsx'
import { Data } from './Data.tsx'
import { Keys } from './Keys.tsx'
import { Mail } from './Mail.tsx'
import { Myself } from './Myself.tsx'
import styles from './Settings.module.css'
import { Teams } from './Teams.tsx'

interface Part {
  id: Exclude<keyof typeof words.tabs, 'label'>
  shows: ComponentType
  /** Without it everyone. */
  roles?: readonly Role[]
}

const PARTS: readonly Part[] = [
  { id: 'access', shows: Access, roles: TENDING },
  { id: 'teams', shows: Teams, roles: TENDING },
  { id: 'mail', shows: Mail, roles: TENDING },
  { id: 'keys', shows: Keys },
  { id: 'changes', shows: Changes, roles: TENDING },
  { id: 'data', shows: Data, roles: ['owner'] },
  { id: 'me', shows: Myself }
]

export default function Settings() {
  const { role } = useMe()
  const { part: wanted } = useParams({ strict: false }) as { part?: string }
  const navigate = useNavigate()
  const parts = PARTS.filter(({ roles }) => !roles || roles.includes(role))
  const here = parts.find(({ id }) => id === wanted) ?? parts.at(-1)
  const list = useRef<HTMLDivElement>(null)
  // On a phone the tabs scroll sideways. Only sideways: the page stays where it is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is chosen.
  useEffect(() => {
    const chosen = list.current?.querySelector('[aria-selected="true"]')
    chosen?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [here])
  // Always at the address of a part: from there to another the page stays, and with it the focus on its tab.
  if (wanted === undefined && parts[0]) return <Navigate to={`/settings/${parts[0].id}`} replace />
  return (
    <Page title={words.title}>
      <Tabs value={here?.id ?? null} onChange={(id) => id && void navigate({ to: `/settings/${id}` })}>
        <Tabs.List ref={list} aria-label={words.tabs.label} className={styles.tabs}>
          {parts.map(({ id }) => (
            <Tabs.Tab key={id} value={id}>
              {words.tabs[id]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {parts.map(({ id, shows: Shows }) => (
          <Tabs.Panel key={id} value={id}>
            {here?.id === id && <Shows />}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  )
}
