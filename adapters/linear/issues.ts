/** Issues into what a page says of them; and reading single ones again. */
import type { Absence, Page, TaskRead, Unreadable } from '../../src/adapter.ts'
import { type Api, MADE_BATCH, READ_BATCH } from './api.ts'
import * as normalize from './normalize.ts'
import * as raw from './raw.ts'

/** In the order they were asked for. In the trash is deleted, archived is a task; what is not shown may only be hidden. */
export async function* fetchIssues(api: Api, ids: string[]): AsyncIterable<TaskRead | Absence | Unreadable> {
  for (let rest = [...new Set(ids)]; rest.length > 0; rest = rest.slice(READ_BATCH)) {
    const asked = rest.slice(0, READ_BATCH)
    const { data } = await api.read(asked)
    const nodes = new Map(data.issues.nodes.map((node) => [idOf(node), node]))
    for (const externalId of asked) {
      const node = nodes.get(externalId)
      const one = node === undefined ? null : normalize.issue(node, new Map(), raw.History.safeParse(node).data ?? null)
      if (one === null) yield { kind: 'absence', externalId, presence: 'hidden' }
      else if (one.kind === 'deleted') yield { kind: 'absence', externalId, presence: 'deleted' }
      else yield one
    }
  }
}

/** Issues that changed, with all they refer to. */
export async function readIssues(
  api: Api,
  changed: readonly { id: string; createdAt: string; updatedAt: string }[]
): Promise<{ page: Partial<Page>; issues: raw.Issue[] }> {
  const ids = changed.map(({ id }) => id)
  const nodes: unknown[] = []
  const made = changed.filter(normalize.isUntouched).map(({ id }) => id)
  for (let rest = made; rest.length > 0; rest = rest.slice(MADE_BATCH))
    nodes.push(...(await api.made(rest.slice(0, MADE_BATCH))).data.issues.nodes)
  const touched = changed.filter((one) => !normalize.isUntouched(one)).map(({ id }) => id)
  for (let rest = touched; rest.length > 0; rest = rest.slice(READ_BATCH))
    nodes.push(...(await api.read(rest.slice(0, READ_BATCH))).data.issues.nodes)
  const issues = nodes.map((node) => raw.Issue.safeParse(node).data).filter((issue) => issue !== undefined)
  const histories = nodes.map((node) => raw.History.safeParse(node).data).filter((history) => history !== undefined)
  const people = new Map(issues.flatMap(({ assignee }) => (assignee?.name ? [[assignee.id, assignee] as const] : [])))
  const states = issues.map(({ state }) => raw.WorkflowState.safeParse(state).data).filter((one) => one !== undefined)
  const found = new Set(nodes.map(idOf))
  return {
    issues,
    page: {
      ...facts(nodes, new Map(), new Map(histories.map((history) => [history.id, history]))),
      columns: [...new Map(states.map((state) => [state.id, normalize.column(state)])).values()],
      people: [...people.values()].map(normalize.person),
      absent: ids
        .filter((id) => !found.has(id))
        .map((externalId) => ({ kind: 'absence', externalId, presence: 'hidden' }))
    }
  }
}

export function facts(
  nodes: unknown[],
  labels: ReadonlyMap<string, raw.Label>,
  histories: ReadonlyMap<string, raw.History>
): Pick<Page, 'tasks' | 'unreadable' | 'events' | 'seen'> {
  const read = nodes.map((node) => normalize.issue(node, labels, histories.get(idOf(node)) ?? null))
  const parsed = nodes.map((node) => raw.Issue.safeParse(node).data).filter((issue) => issue !== undefined)
  return {
    tasks: read.filter((one) => one.kind === 'task'),
    unreadable: read.filter((one) => one.kind === 'unreadable'),
    events: [
      ...parsed.flatMap((issue) => normalize.events(issue, histories.get(issue.id) ?? null)),
      ...read.flatMap((one) => (one.kind === 'deleted' ? [one.event] : []))
    ],
    seen: nodes.map(idOf).filter((id) => id !== '')
  }
}

const idOf = (node: unknown): string => {
  const id = (node as { id?: unknown } | null)?.id
  return typeof id === 'string' ? id : ''
}
