/**
 * Every page there is, in the order of the navigation. A page is one entry: where it lives, where it stands in the navigation, who sees it, and the module
 * to load when it is opened. The server holds the rights; this only spares people doors that would not open.
 */
import {
  type Icon,
  IconAdjustmentsHorizontal,
  IconChartBar,
  IconFileText,
  IconFlag,
  IconLayoutKanban,
  IconLink,
  IconListDetails,
  IconSettings,
  IconSitemap,
  IconUsers
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { type Me, type Role, TENDING } from './api/me.ts'
import { words } from './words/en.ts'

export interface Screen {
  /** As TanStack Router writes it: `/tasks`, `/objectives/$id`. */
  path: string
  /** Where it stands in the navigation; without it the page is reached from elsewhere. */
  nav?: {
    group: 'seeing' | 'tending'
    label: string
    icon: Icon
    /** The one count a line may carry. */
    count?: (me: Me) => { shown: number; spoken: string }
    /** Has a tab at the bottom of a phone. Four have; the fifth is “More”. */
    tab?: boolean
  }
  /** Without it everyone. */
  roles?: readonly Role[]
  /** `bare`: signed in, but without the navigation, as the first steps are. `open`: for whoever comes. */
  frame?: 'shell' | 'bare' | 'open'
  load: () => Promise<{ default: ComponentType }>
}

export const screens: readonly Screen[] = [
  {
    path: '/',
    nav: { group: 'seeing', label: words.nav.overview, icon: IconChartBar, tab: true },
    load: () => import('./screens/overview/Overview.tsx')
  },
  {
    path: '/tasks',
    nav: { group: 'seeing', label: words.nav.tasks, icon: IconListDetails, tab: true },
    load: () => import('./screens/tasks/Tasks.tsx')
  },
  {
    path: '/findings',
    nav: {
      group: 'seeing',
      label: words.nav.findings,
      icon: IconFlag,
      count: ({ openFindings }) => ({ shown: openFindings, spoken: words.nav.open(openFindings) }),
      tab: true
    },
    load: () => import('./screens/findings/Findings.tsx')
  },
  {
    path: '/objectives',
    nav: { group: 'seeing', label: words.nav.objectives, icon: IconSitemap, tab: true },
    load: () => import('./screens/objectives/Objectives.tsx')
  },
  {
    path: '/reports',
    nav: { group: 'seeing', label: words.nav.reports, icon: IconFileText },
    load: () => import('./screens/reports/Reports.tsx')
  },
  {
    path: '/projects',
    nav: { group: 'tending', label: words.nav.projects, icon: IconLayoutKanban },
    roles: TENDING,
    load: () => import('./screens/projects/Projects.tsx')
  },
  {
    path: '/rules',
    nav: { group: 'tending', label: words.nav.rules, icon: IconAdjustmentsHorizontal },
    roles: TENDING,
    load: () => import('./screens/rules/Rules.tsx')
  },
  {
    path: '/connections',
    nav: { group: 'tending', label: words.nav.connections, icon: IconLink },
    roles: TENDING,
    load: () => import('./screens/connections/Connections.tsx')
  },
  {
    path: '/people',
    nav: { group: 'tending', label: words.nav.people, icon: IconUsers },
    roles: TENDING,
    load: () => import('./screens/people/People.tsx')
  },
  {
    path: '/settings',
    nav: { group: 'tending', label: words.nav.settings, icon: IconSettings },
    roles: TENDING,
    load: () => import('./screens/settings/Settings.tsx')
  },
  // Everyone has a part of their own in it.
  { path: '/settings/$part', load: () => import('./screens/settings/Settings.tsx') },
  { path: '/welcome', frame: 'bare', roles: TENDING, load: () => import('./screens/welcome/Welcome.tsx') },
  { path: '/sign-in', frame: 'open', load: () => import('./screens/signIn/SignIn.tsx') },
  { path: '/forgot', frame: 'open', load: () => import('./screens/signIn/Forgot.tsx') },
  { path: '/reset', frame: 'open', load: () => import('./screens/signIn/Reset.tsx') },
  { path: '/join', frame: 'open', load: () => import('./screens/signIn/Join.tsx') },
  { path: '/first', frame: 'open', load: () => import('./screens/signIn/First.tsx') }
]

export const sees = ({ roles }: Screen, { role }: Me): boolean => !roles || roles.includes(role)
