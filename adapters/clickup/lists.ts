/** Lists and where they stand: workspace → space → folder → list. */
import { AdapterError, read } from '../../src/adapter.ts'
import type { ProjectFacts } from '../../src/model/task.ts'
import type { Api } from './api.ts'
import { zonesOf } from './days.ts'
import type { Place } from './normalize.ts'
import * as raw from './raw.ts'

export const teams = async (api: Api): Promise<raw.Team[]> => read(raw.Teams, await api.teams()).teams

/** Zones in which dates may have been set; of people other than the account itself they are seldom told. */
export const zonesOfPeople = (me: raw.User, workspaces: readonly raw.Team[]): string[] =>
  zonesOf(
    [me, ...workspaces.flatMap(({ members }) => (members ?? []).map(({ user }) => user))].map(
      (one) => one.timezone ?? one.timezeone
    )
  )

/**
 * Every list of a workspace that the account sees: 2 + 4 S requests for S spaces, and one for each folder that was
 * shared with the account by itself. Archived lists inside a folder that is not archived are not among them.
 */
export async function* listsOf(api: Api, team: raw.Team): AsyncIterable<{ list: raw.List; space: raw.Space | null }> {
  const seen = new Set<string>()
  const fresh = (lists: readonly raw.List[]) => lists.filter(({ id }) => !seen.has(id) && seen.add(id))
  for (const space of read(raw.Spaces, await api.spaces(team.id)).spaces) {
    for (const archived of [false, true]) {
      const { folders } = read(raw.Folders, await api.folders(space.id, archived))
      const inFolders = folders.flatMap(({ id, lists }) =>
        (lists ?? []).map((list) => ({ ...list, archived: archived || list.archived, folder: { id, hidden: false } }))
      )
      const alone = read(raw.Lists, await api.folderless(space.id, archived)).lists
      for (const list of fresh([...inFolders, ...alone])) yield { list, space }
    }
  }
  // What was shared with the account without the space around it.
  const { shared } = read(raw.Shared, await api.shared(team.id))
  for (const list of fresh(shared.lists ?? [])) yield { list, space: null }
  for (const { id } of shared.folders ?? []) {
    for (const list of fresh(read(raw.Lists, await api.listsOfFolder(id)).lists)) yield { list, space: null }
  }
}

/** What is said of a list to choose from. Who has access is not asked: that would take a request for each list. */
export function chooseable(team: raw.Team, space: raw.Space | null): Place {
  return { team: team.id, members: null, audience: guestsOf(team).size > 0 ? 'guests' : audienceOf(space) }
}

export interface Read {
  list: raw.List
  place: Place
  people: raw.User[]
}

/** A list read by itself, with those who were given access to it; or why the account cannot see it. */
export async function readList(
  api: Api,
  team: raw.Team,
  spaces: readonly raw.Space[],
  id: string
): Promise<Read | AdapterError> {
  const list = await seen(async () => read(raw.List, await api.list(id)))
  if (list instanceof AdapterError) return list
  const told = await seen(async () => read(raw.ListMembers, await api.listMembers(id)).members)
  const people = told instanceof AdapterError ? null : told
  const guests = guestsOf(team)
  // Nothing tells who was invited to the folder around a list.
  const inFolder = list.folder != null && list.folder.hidden !== true
  const guestsCanRead = guests.size > 0 && (people === null || inFolder || people.some((one) => guests.has(one.id)))
  const audience = guestsCanRead ? 'guests' : audienceOf(spaces.find((one) => one.id === list.space?.id) ?? null)
  const members = people?.map((one) => one.id) ?? null
  return { list, people: people ?? [], place: { team: team.id, members, audience } }
}

/** None where the account, a guest, may not list them: then nobody tells which of them are private. */
export async function spacesOf(api: Api, team: string): Promise<raw.Space[]> {
  const spaces = await seen(async () => read(raw.Spaces, await api.spaces(team)).spaces)
  return spaces instanceof AdapterError ? [] : spaces
}

async function seen<T>(ask: () => Promise<T>): Promise<T | AdapterError> {
  try {
    return await ask()
  } catch (error) {
    if (isUnseen(error)) return error
    throw error
  }
}

export const isUnseen = (error: unknown): error is AdapterError =>
  error instanceof AdapterError && (error.kind === 'not_found' || error.kind === 'forbidden')

/** Everyone in the workspace can open a space that is not private. */
const audienceOf = (space: raw.Space | null): ProjectFacts['audience'] =>
  space?.private === false ? 'company' : 'members'

const GUEST = 4

const guestsOf = (team: raw.Team): Set<string> =>
  new Set(
    (team.members ?? [])
      .filter(({ user }) => user.role_key === 'guest' || user.role === GUEST)
      .map(({ user }) => user.id)
  )
