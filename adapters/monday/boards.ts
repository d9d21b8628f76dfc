/** Boards with their columns, as what a page says of them and as what their items are understood with. */
import { z } from 'zod'
import { AdapterError, type HostResponse, type Page, type ProjectOptions } from '../../src/adapter.ts'
import type { PersonFacts } from '../../src/model/task.ts'
import { type Api, PAGE, read } from './api.ts'
import { type Layout, layoutOf, subitemBoards } from './layout.ts'
import * as normalize from './normalize.ts'
import * as raw from './raw.ts'

/** The project's own board and the visible ones of its sub-items, the project's first. */
export interface Boards {
  main: raw.LaidOut
  layouts: Layout[]
  /** Boards of sub-items that the project's board names, visible or not. */
  declared: string[]
  at: string
}

/** Null stands for a board that may not be seen: it is never taken for one that is empty or gone. */
export const seen = <T extends raw.Board>(boards: (T | null)[] | null, id: string, response: HostResponse): T => {
  const found = boards?.find((board) => board?.id === id)
  if (!found || found.state === 'deleted')
    throw new AdapterError('not_found', { status: response.status, code: 'board' })
  return found
}

export async function readBoards(api: Api, project: string, options: ProjectOptions): Promise<Boards> {
  const response = await api.board([project])
  const main = seen(read(Answer, response).boards, project, response)
  const declared = declaredBy(main)
  const others = declared.length > 0 ? (read(Answer, await api.board(declared)).boards ?? []) : []
  return laidOut(main, others, options, response.at)
}

const Answer = z.object({ boards: z.array(raw.LaidOut.nullable()).nullable() })

export function laidOut(
  main: raw.LaidOut,
  others: (raw.LaidOut | null)[],
  options: ProjectOptions,
  at: string
): Boards {
  const own = layoutOf(main, options[main.id])
  const declared = declaredBy(main)
  const known = others.filter((board) => board !== null && declared.includes(board.id)) as raw.LaidOut[]
  const below = known
    .toSorted((a, b) => declared.indexOf(a.id) - declared.indexOf(b.id))
    .map((board, place) => layoutOf(board, options[main.id], own, place + 1))
  return { main, declared, layouts: [own, ...below], at }
}

/** On a board of many levels all items are its own; else sub-items live on boards beside it. At most 24 are read. */
const declaredBy = (main: raw.LaidOut): string[] =>
  main.hierarchy_type === 'multi_level'
    ? []
    : subitemBoards(main)
        .filter((id) => id !== main.id)
        .slice(0, 24)

export const boardFacts = ({ main, layouts }: Boards): Partial<Page> => ({
  projects: [normalize.project(main)],
  columns: layouts.flatMap(({ columns }) => columns),
  people: unique(normalize.peopleOf(main)),
  ...(main.items_count == null ? {} : { expect: main.items_count })
})

const unique = (people: raw.Person[]): PersonFacts[] => [
  ...new Map(people.map((one) => [one.id, normalize.person(one)])).values()
]

/** Facts about people who are assigned and have not been told of: those of a board who follow it come with it. */
export async function strangers(api: Api, ids: Iterable<string>, known: Set<string>): Promise<PersonFacts[]> {
  const unknown = [...new Set(ids)].filter((id) => !known.has(id))
  const found: PersonFacts[] = []
  for (let at = 0; at < unknown.length; at += PAGE.people) {
    const asked = unknown.slice(at, at + PAGE.people)
    const answer = read(z.object({ users: z.array(raw.Person.nullable()).nullable() }), await api.people(asked))
    found.push(...(answer.users ?? []).filter((one) => one !== null).map(normalize.person))
    // Who is not found now will not be found on the next page either.
    for (const id of asked) known.add(id)
  }
  return found
}
