/** Which cards the screen shows, kept in its address: the view, and what was changed of it. Empty text is no filter; null is as the view has it. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { get, type Input, type Output } from '../../api/query.ts'
import { useUrl } from '../../parts/useUrl.ts'

export type View = Output<'get', '/api/views'>['views'][number]
export type Task = Output<'get', '/api/tasks'>['tasks'][number]
export type Way = NonNullable<NonNullable<Input<'get', '/api/tasks'>['query']>['group']>
export type Sort = 'age' | 'due' | 'updated' | 'title' | 'priority' | 'project'

/** What the cards are chosen by. */
export interface Choice {
  filter: string
  finding: string
  search: string
}

const ADDRESS = {
  view: null as string | null,
  filter: null as string | null,
  finding: null as string | null,
  search: null as string | null,
  /** `age`, `-age`, … */
  sort: null as string | null,
  layout: null as string | null,
  group: 'none',
  /** Whether groups are folded, and those that are as the others are not; nobody's has no key. */
  folded: false as boolean,
  but: [] as readonly string[],
  open: null as string | null
}

const WAYS: readonly Way[] = ['project', 'assignee', 'category', 'due', 'priority', 'label', 'tool', 'rule']
const isWay = (way: string): way is Way => (WAYS as readonly string[]).includes(way)
const SORTS: readonly string[] = ['age', 'due', 'updated', 'title', 'priority', 'project']
const ALL = { id: 'all', filter: '', finding: '', search: '', sort: 'age', down: false, layout: 'table' } as const

export function useTaskList() {
  const views = useQuery(get('/api/views'))
  const [shown, show] = useUrl(ADDRESS)
  const choosesItself = shown.filter !== null || shown.finding !== null || shown.search !== null
  const id = shown.view ?? (choosesItself ? 'all' : 'findings')
  const view = useMemo<View | typeof ALL | null>(
    () => (id === 'all' ? ALL : (views.data?.views.find((one) => one.id === id) ?? null)),
    [id, views.data]
  )
  const base = view ?? ALL
  const written = shown.sort ?? (base.down ? '-' : '') + base.sort
  const down = written.startsWith('-')
  const by = written.replace('-', '')
  return {
    views,
    view,
    viewId: id,
    /** A view that is gone, or somebody else's: its address says nothing about cards. */
    unknown: view === null && views.data !== undefined,
    choice: {
      filter: shown.filter ?? base.filter,
      finding: shown.finding ?? base.finding,
      search: shown.search ?? base.search
    } satisfies Choice as Choice,
    sort: { by: (SORTS.includes(by) ? by : 'age') as Sort, down },
    layout: (shown.layout ?? base.layout) === 'board' ? ('board' as const) : ('table' as const),
    way: isWay(shown.group) ? shown.group : null,
    folded: shown.folded,
    but: shown.but,
    open: shown.open,
    show
  }
}

/** As the API takes it: what is not asked for is left out. */
export function asked({ filter, finding, search }: Choice) {
  return {
    presence: 'present' as const,
    ...(filter === '' ? {} : { filter }),
    ...(finding === '' ? {} : { finding }),
    ...(search.trim() === '' ? {} : { search })
  }
}

/** Both at once, as text. */
export const narrowed = (filter: string, more: string): string => (filter === '' ? more : `(${filter}) and ${more}`)
