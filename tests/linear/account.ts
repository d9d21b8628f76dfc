/** The adapter on its stand-in, with a team that has a column of every type. */

import type { PlantedProject } from '../../sandbox/kit/plant.ts'
import { type Account, startAccount } from '../contract/account.ts'
import { rig } from '../contract/rigs/linear.ts'
import type { StandInStart } from '../helpers/standIn.ts'

export const COLUMNS = [
  { name: 'Backlog', category: 'backlog' },
  { name: 'Todo', category: 'todo' },
  { name: 'In Progress', category: 'doing' },
  { name: 'In Review', category: 'doing' },
  { name: 'Done', category: 'done' },
  { name: 'Canceled', category: 'dropped' }
] as const

export const linearAccount = (options: StandInStart = {}): Promise<Account> => startAccount(rig, options)

export const team = (account: Account, name = 'Website', members: string[] = []): Promise<PlantedProject> =>
  account.tool.project({ name, columns: [...COLUMNS], members })

/** One GraphQL question past the adapter, with the answer as it came. */
export async function ask(
  url: string,
  query: string,
  variables: unknown = {},
  authorization = 'lin_api_sandbox'
): Promise<{ status: number; headers: Headers; body: { data?: never; errors?: { extensions: { code: string } }[] } }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ query, variables })
  })
  return { status: response.status, headers: response.headers, body: (await response.json()) as never }
}
