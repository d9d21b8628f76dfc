/** Lists of tasks to come back to: four that everybody has, those one saved, and those others share. */
import { randomBytes } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Who } from '../../access/who.ts'
import { sql } from '../../db/database.ts'
import type { Hub } from '../../hub.ts'
import { operation, Refusal } from '../operation.ts'
import { readerZone } from './readerZone.ts'
import { SORT_NAMES } from './tasks.ts'
import { readFilter, whichTasks } from './whichTasks.ts'

const query = {
  filter: z.string().max(20_000).default('').describe('As people type it; empty: every task'),
  finding: z.string().max(2000).default('').describe('any, none, ids of rules, or empty'),
  search: z.string().max(200).default(''),
  sort: z.enum(SORT_NAMES).default('age'),
  down: z.boolean().default(false),
  layout: z.enum(['table', 'board']).default('table')
}

const View = z
  .object({
    id: z.string().describe('findings, mine, due, stuck; or of a saved one'),
    name: z.string().nullable().describe('Null for those that everybody has'),
    ...query,
    builtIn: z.boolean(),
    shared: z.boolean(),
    own: z.boolean().describe('May be changed and removed by who asks'),
    count: z.number().describe('Of the present tasks in it, as far as who asks sees them')
  })
  .meta({ id: 'View' })

type Row = Omit<z.infer<typeof View>, 'count'>

const OPEN = 'category in (backlog, todo, doing, blocked)'
const STUCK = 'stale-doing,blocked-too-long'

function builtIn(now: string, zone: string): Row[] {
  const today = Temporal.Instant.from(now).toZonedDateTimeISO(zone).toPlainDate()
  const sunday = today.add({ days: 7 - today.dayOfWeek })
  const view = (id: string, more: Partial<Row>): Row => ({
    id,
    name: null,
    filter: '',
    finding: '',
    search: '',
    sort: 'age',
    down: false,
    layout: 'table',
    builtIn: true,
    shared: false,
    own: false,
    ...more
  })
  return [
    view('findings', { finding: 'any' }),
    view('mine', { filter: `assignees has me and ${OPEN}` }),
    view('due', { filter: `due between ${sunday.subtract({ days: 6 })} and ${sunday} and ${OPEN}`, sort: 'due' }),
    view('stuck', { finding: STUCK })
  ]
}

async function viewsOf(hub: Hub, who: Who): Promise<Row[]> {
  const saved = await hub.db.rows<Row>(sql`
    select id, name, filter, finding, search, sort, down, layout, false as "builtIn", shared, user_id = ${who.id} as own
    from views where user_id = ${who.id} or shared order by user_id <> ${who.id}, created_at, id limit ${MOST}`)
  return [
    ...builtIn(hub.now(), await readerZone(hub, who)),
    ...saved.map((view) => ({ ...view, own: view.own ?? false }))
  ]
}

/** Each is counted whenever the tabs are shown. */
const MOST = 20

export const views = operation({
  id: 'views',
  right: 'see',
  method: 'GET',
  path: '/views',
  tag: 'Tasks',
  summary: 'Views of tasks, with how many are in each',
  input: z.object({}),
  output: z.object({ views: z.array(View), total: z.number().describe('Present tasks in all') }),
  async run({ hub, who }) {
    const all = await viewsOf(hub, who)
    const every = await whichTasks(hub, who, { presence: 'present' })
    const conditions = await Promise.all(
      all.map(({ filter, finding, search }) => whichTasks(hub, who, { filter, finding, search, presence: 'present' }))
    )
    const counts = await hub.db.rows<{ place: number; n: number }>(
      sql.join(
        [every, ...conditions].map(
          (where, place) => sql`select ${place}::int as place, count(*)::int as n from tasks t where ${where}`
        ),
        sql` union all `
      )
    )
    const of = new Map(counts.map(({ place, n }) => [place, n]))
    return {
      views: all.map((view, place) => ({ ...view, count: of.get(place + 1) ?? 0 })),
      total: of.get(0) ?? 0
    }
  }
})

export const saveView = operation({
  id: 'saveView',
  right: 'see',
  method: 'POST',
  path: '/views',
  tag: 'Tasks',
  summary: 'Save a view, or change one of mine',
  input: z.object({
    id: z.string().optional().describe('One of mine; a new one is made without it'),
    name: z.string().trim().min(1).max(60),
    ...query,
    shared: z.boolean().default(false).describe('Everybody has it among theirs; they see in it what they may see')
  }),
  output: z.object({ id: z.string(), name: z.string() }),
  changes: {
    subject: (_input, answer) => (answer ? `view ${answer.id}` : null),
    state: async ({ db }, { id }) =>
      id === undefined
        ? null
        : ((await db.rows(sql`select name, filter, finding, search, shared from views where id = ${id}`))[0] ?? null)
  },
  async run({ hub, who }, { id, name, filter, finding, search, sort, down, layout, shared }) {
    if (who.id === null) throw new Refusal(403, 'nobody', 'A view is somebody’s; sign in to save one.')
    if (filter.trim() !== '') readFilter(filter)
    if (id === undefined) {
      const made = `view-${randomBytes(5).toString('hex')}`
      await hub.db.run(sql`
        insert into views (id, user_id, name, filter, finding, search, sort, down, layout, shared)
        values (${made}, ${who.id}, ${name}, ${filter}, ${finding}, ${search}, ${sort}, ${down}, ${layout}, ${shared})`)
      return { id: made, name }
    }
    const changed = await hub.db.run(sql`
      update views set name = ${name}, filter = ${filter}, finding = ${finding}, search = ${search}, sort = ${sort}, down = ${down},
        layout = ${layout}, shared = ${shared}
      where id = ${id} and user_id = ${who.id}`)
    if (changed === 0) throw new Refusal(404, 'no_view', 'You have no such view. Save it under a name of your own.')
    return { id, name }
  }
})

export const removeView = operation({
  id: 'removeView',
  right: 'see',
  method: 'DELETE',
  path: '/views/:id',
  tag: 'Tasks',
  summary: 'Remove a view of mine; its tasks stay as they are',
  input: z.object({ id: z.string() }),
  output: z.object({ removed: z.boolean() }),
  changes: {
    subject: ({ id }) => `view ${id}`,
    state: async ({ db }, { id }) =>
      (await db.rows(sql`select name, filter, finding, search, shared from views where id = ${id}`))[0] ?? null
  },
  run: async ({ hub, who }, { id }) => ({
    removed: (await hub.db.run(sql`delete from views where id = ${id} and user_id = ${who.id}`)) > 0
  })
})
