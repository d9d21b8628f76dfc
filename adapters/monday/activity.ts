/**
 * Which items a board's activity log names. Kept for 10,000 entries a board; an entry shows up to half a minute late, so
 * the window begins before the mark. https://developer.monday.com/api-reference/reference/activity-logs
 */
import { z } from 'zod'
import { type Page, page } from '../../src/adapter.ts'
import { type Api, PAGE, read } from './api.ts'
import { type Boards, laidOut, seen, strangers } from './boards.ts'
import { fetchItems } from './items.ts'
import * as normalize from './normalize.ts'
import type { Reading } from './page.ts'
import * as raw from './raw.ts'

export interface Activity {
  boards: Boards
  /** The log speaks of a batch, or of something that is no item's: nothing less than all of the board will do. */
  everything: boolean
  /** The items that are named. */
  pages: Page[]
  /** New updates by board: the first page of them. */
  updates: Map<string, unknown[]>
}

/** Entries that speak of many items without their `updated_at` having moved. */
const BATCH = /^batch_|_groups?$|^board_|_columns?$/

export async function activity(run: Reading, boards: string[], from: string): Promise<Activity> {
  const { first, at, logs } = await entries(run.api, boards, from)
  const boardsRead = laidOut(seen(first, run.project, at), first ?? [], run.options, at.at)
  for (const { id } of normalize.peopleOf(boardsRead.main)) run.people.add(id)
  const ids = new Set<string>()
  let everything = false
  for (const log of logs) {
    const named = itemsIn(log)
    for (const id of named) ids.add(id)
    everything ||= named.length === 0 || BATCH.test(log.event)
  }
  const pages: Page[] = []
  if (!everything) {
    const layouts = new Map(boardsRead.layouts.map((layout) => [layout.board, layout]))
    const all = [...ids]
    for (let start = 0; start < all.length; start += PAGE.single) {
      const asked = all.slice(start, start + PAGE.single)
      const found = await Array.fromAsync(fetchItems(run.api, asked, run.options, layouts))
      const absent = found.filter((one) => one.kind === 'absence')
      const away = new Set(absent.map(({ externalId }) => externalId))
      const tasks = found.filter((one) => one.kind === 'task')
      pages.push(
        page(at.at, {
          tasks,
          people: await strangers(
            run.api,
            tasks.flatMap(({ facts }) => facts.assignees),
            run.people
          ),
          unreadable: found.filter((one) => one.kind === 'unreadable'),
          seen: asked.filter((id) => !away.has(id)),
          absent
        })
      )
    }
  }
  const updates = new Map((first ?? []).flatMap((one) => (one ? [[one.id, one.updates ?? []] as const] : [])))
  return { boards: boardsRead, everything, pages, updates }
}

const First = raw.LaidOut.extend({
  activity_logs: z.array(z.unknown()).nullish(),
  updates: z.array(z.unknown()).nullish()
})
const Logged = z.looseObject({ activity_logs: z.array(z.unknown()).nullish() })

async function entries(api: Api, boards: string[], from: string) {
  const at = await api.activity(boards, from, 1, from)
  const first = read(z.object({ boards: z.array(First.nullable()).nullable() }), at).boards
  const lists = (first ?? []).map((board) => board?.activity_logs ?? [])
  for (let number = 2, longest = Math.max(0, ...lists.map((list) => list.length)); longest >= PAGE.logs; number += 1) {
    const more = read(
      z.object({ boards: z.array(Logged.nullable()).nullable() }),
      await api.activity(boards, from, number, from)
    )
    const next = (more.boards ?? []).map((board) => board?.activity_logs ?? [])
    lists.push(...next)
    longest = Math.max(0, ...next.map((list) => list.length))
  }
  const since = Date.parse(from)
  const logs = lists
    .flat()
    .map((value) => raw.ActivityLog.safeParse(value).data)
    .filter((log) => log !== undefined)
    .filter((log) => (momentOf(log.created_at) ?? since) >= since)
  return { first, at, logs }
}

/** Ticks of 100 ns since 1970 as text, or a date, or something else: then null, and the entry counts. */
export function momentOf(value: string | number | null | undefined): number | null {
  const text = String(value ?? '')
  if (/^\d{16,18}$/.test(text)) return Number(text.slice(0, -4))
  if (/^\d{13}$/.test(text)) return Number(text)
  const at = /^\d{4}-/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : at
}

/** Ids in an entry's JSON; none where it is no JSON or names no item. */
export function itemsIn({ data }: raw.ActivityLog): string[] {
  let facts: Record<string, unknown>
  try {
    facts = JSON.parse(data ?? '') as Record<string, unknown>
  } catch {
    return []
  }
  if (typeof facts !== 'object' || facts === null) return []
  const named = [facts.pulse_id, facts.item_id, facts.subitem, facts.pulse_ids, facts.item_ids].flat()
  return [...new Set(named.filter((id) => typeof id === 'string' || typeof id === 'number').map(String))]
}
