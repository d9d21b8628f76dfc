/** Reading single items again, a hundred at a time, on whatever boards they are. */
import { z } from 'zod'
import type { Absence, ProjectOptions, TaskRead, Unreadable } from '../../src/adapter.ts'
import { type Api, PAGE, read } from './api.ts'
import { type Layout, layoutOf } from './layout.ts'
import * as normalize from './normalize.ts'
import * as raw from './raw.ts'

/** Up to so many items bring their board's columns along; more ask for each board once. */
const FEW = 10

const InBoard = z.looseObject({ id: z.coerce.string(), state: z.string().nullish(), type: z.string().nullish() })
const Placed = z.looseObject({
  board: InBoard.nullish(),
  parent_item: z.looseObject({ board: InBoard.nullish() }).nullish().catch(null)
})

/** `layouts`: of boards that are known already. */
export async function* fetchItems(
  api: Api,
  ids: string[],
  options: ProjectOptions,
  layouts: ReadonlyMap<string, Layout> = new Map()
): AsyncIterable<TaskRead | Absence | Unreadable> {
  const boards = new Map<string, raw.LaidOut>()
  for (let at = 0; at < ids.length; at += PAGE.single) {
    const asked = ids.slice(at, at + PAGE.single)
    const few = asked.length <= FEW && layouts.size === 0
    const response = await api.single(asked, null, few)
    const items = (read(z.object({ items: z.array(z.unknown()).nullable() }), response).items ?? []).filter(Boolean)
    const found = new Map(items.map((value) => [String((value as { id?: unknown }).id), value]))
    if (!few) await learn(api, items, layouts, boards)
    for (const id of asked) yield reading(id, found.get(id), options, layouts, boards)
  }
}

function reading(
  id: string,
  value: unknown,
  options: ProjectOptions,
  layouts: ReadonlyMap<string, Layout>,
  boards: ReadonlyMap<string, raw.LaidOut>
): TaskRead | Absence | Unreadable {
  const placed = Placed.safeParse(value).data
  const board = placed?.board
  // Not found also means "this token cannot see it"; only a state says more.
  if (!placed || !board) return { kind: 'absence', externalId: id, presence: 'hidden' }
  if (board.state === 'deleted') return { kind: 'absence', externalId: id, presence: 'deleted' }
  const layout = layouts.get(board.id) ?? layoutIn(placed, options, (one) => boards.get(one.id))
  return layout ? normalize.item(value, layout) : { kind: 'absence', externalId: id, presence: 'hidden' }
}

/** What the board of an item says of itself, and for a sub-item the board of its parent; `known` where they are known already. */
export function layoutIn(
  value: unknown,
  options: ProjectOptions,
  known: (board: { id: string }) => raw.LaidOut | undefined = () => undefined
): Layout | null {
  const placed = Placed.safeParse(value).data
  const laidOut = (board: z.infer<typeof InBoard> | null | undefined) =>
    board ? (known(board) ?? raw.LaidOut.safeParse(board).data ?? null) : null
  const own = laidOut(placed?.board)
  const above = own?.type === 'sub_items_board' ? laidOut(placed?.parent_item?.board) : null
  if (!own) return null
  return above
    ? layoutOf(own, options[above.id], layoutOf(above, options[above.id]), 1)
    : layoutOf(own, options[own.id])
}

/** Asks for boards that are not known, 25 at a time. */
async function learn(
  api: Api,
  items: unknown[],
  layouts: ReadonlyMap<string, Layout>,
  boards: Map<string, raw.LaidOut>
): Promise<void> {
  const named = items
    .map((value) => Placed.safeParse(value).data)
    .flatMap((placed) => [placed?.board?.id, placed?.parent_item?.board?.id])
    .filter((id) => id !== undefined)
  const unknown = [...new Set(named)].filter((id) => !layouts.has(id) && !boards.has(id))
  for (let at = 0; at < unknown.length; at += 25) {
    const response = await api.board(unknown.slice(at, at + 25))
    const answer = read(z.object({ boards: z.array(raw.LaidOut.nullable()).nullable() }), response)
    for (const board of answer.boards ?? []) if (board) boards.set(board.id, board)
  }
}
