/** What issues refer to by id: teams, columns, labels, people. */
import { AdapterError } from '../../src/adapter.ts'
import type { ColumnFacts, PersonFacts, ProjectFacts } from '../../src/model/task.ts'
import type { Api, Told } from './api.ts'
import * as normalize from './normalize.ts'
import type * as raw from './raw.ts'

export interface Directory {
  columns: ColumnFacts[]
  people: PersonFacts[]
  labels: ReadonlyMap<string, raw.Label>
}

export interface Teams {
  projects: ProjectFacts[]
  /** Issues in all of them, archived ones too. */
  issues: number
  /** The tool's clock at the first answer. */
  at: string
}

/** These teams as far as the account sees them, or all that it sees (null). */
export async function readTeams(api: Api, wanted: string[] | null): Promise<Teams> {
  const projects: ProjectFacts[] = []
  let issues = 0
  let at: string | null = null
  for await (const { data, at: answered } of pages(
    (after) => api.teams(after, wanted),
    ({ teams }) => teams.pageInfo
  )) {
    at ??= answered
    projects.push(...data.teams.nodes.map((team) => normalize.project(team, data.organization)))
    issues += data.teams.nodes.reduce((sum, team) => sum + (team.issueCount ?? 0), 0)
  }
  return { projects, issues, at: at! }
}

export async function readDirectory(api: Api, teams: string[]): Promise<Directory> {
  const { data } = await api.directory(teams)
  const states = [...data.workflowStates.nodes]
  const labels = [...data.issueLabels.nodes]
  const users = [...data.users.nodes]
  const rest = <T>(first: raw.PageInfo, ask: (after: string) => Promise<Told<T>>, info: (data: T) => raw.PageInfo) =>
    pages((after) => ask(after!), info, first)
  const { workflowStates, issueLabels } = data
  for await (const more of rest(
    workflowStates.pageInfo,
    (after) => api.states(teams, after),
    (one) => one.workflowStates.pageInfo
  ))
    states.push(...more.data.workflowStates.nodes)
  for await (const more of rest(issueLabels.pageInfo, api.labels, (one) => one.issueLabels.pageInfo))
    labels.push(...more.data.issueLabels.nodes)
  for await (const more of rest(data.users.pageInfo, api.users, (one) => one.users.pageInfo))
    users.push(...more.data.users.nodes)
  return {
    columns: states.map(normalize.column),
    people: users.map(normalize.person),
    labels: new Map(labels.map((label) => [label.id, label]))
  }
}

/** Every page from the first one on, or those after one that is there already. */
export async function* pages<T>(
  ask: (after: string | null) => Promise<Told<T>>,
  infoOf: (data: T) => raw.PageInfo,
  former?: raw.PageInfo
): AsyncIterable<Told<T>> {
  let after = former === undefined ? null : next(former, null)
  if (former !== undefined && after === null) return
  do {
    const told = await ask(after)
    yield told
    after = next(infoOf(told.data), after)
  } while (after !== null)
}

/** Where the next page begins, or null after the last one. Throws when the tool does not get on. */
export function next({ hasNextPage, endCursor }: raw.PageInfo, former: string | null): string | null {
  if (!hasNextPage) return null
  if (!endCursor || endCursor === former) {
    throw new AdapterError('bad_response', { status: 200, code: 'no_progress', path: 'pageInfo.endCursor' })
  }
  return endCursor
}
