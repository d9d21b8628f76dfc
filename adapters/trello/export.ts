/** A board export (menu → Print and export → JSON) as the page a pull would give: same schemas, same facts. */
import { type Page, page } from '../../src/adapter.ts'
import * as normalize from './normalize.ts'
import { history, readings } from './pull.ts'
import * as raw from './raw.ts'

export interface ExportReading {
  board: { externalId: string; name: string }
  page: Page
}

/** Not a board export; `path` is the first place that is wrong. */
export class NoBoard extends Error {
  override readonly name = 'NoBoard'
  readonly path: string
  constructor(path: string) {
    super(path)
    this.path = path
  }
}

/** Reads a parsed export. Throws `NoBoard` when the value is something else. */
export function readExport(value: unknown, at: string): ExportReading {
  const parsed = raw.BoardExport.safeParse(value)
  if (!parsed.success) throw new NoBoard(parsed.error.issues[0]?.path.map(String).join('.') ?? '')
  const { cards, actions, checklists, lists, members, customFields, memberships, ...facts } = parsed.data
  const valid = <T>(
    schema: { safeParse(one: unknown): { data?: T | undefined } },
    values: unknown[] | null | undefined
  ): T[] => (values ?? []).map((one) => schema.safeParse(one).data).filter((one) => one !== undefined)
  const board: raw.Board = {
    ...facts,
    lists: valid(raw.List, lists),
    members: valid(raw.Member, members),
    customFields: valid(raw.CustomField, customFields)
  }
  const items = Map.groupBy(valid(raw.Checklist, checklists), (checklist) => checklist.idCard)
  const withChecklists = cards.map((card) => {
    const id = (card as { id?: unknown } | null)?.id
    const own = typeof id === 'string' ? items.get(id) : undefined
    return own ? { ...(card as object), checklists: own } : card
  })
  const read = readings(withChecklists, board.customFields ?? [], board.id)
  const past = history(actions ?? [], board.id)
  return {
    board: { externalId: board.id, name: board.name },
    page: page(at, {
      ...read,
      ...past,
      projects: [normalize.project(board)],
      columns: normalize.columns(board),
      people: [...(past.people ?? []), ...(board.members ?? []).map(normalize.person)]
    })
  }
}
