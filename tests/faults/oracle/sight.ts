/**
 * O4: no person sees a card that their own visibility does not allow, and what is theirs they do see. Every operation that
 * reads is asked as four people: two whose account in the tool is a member of boards, one who was given a board here, one
 * with nothing. Who is a member of what is known from the planting, past the API.
 */
import { may, projectsSeenBy, type Role, type Who } from '../../../src/access/who.ts'
import { ids, sql } from '../../../src/db/database.ts'
import { hubId } from '../../../src/model/task.ts'
import { operations } from '../../../src/operations/index.ts'
import { Refusal } from '../../../src/operations/operation.ts'
import { perform } from '../../../src/operations/perform.ts'
import { task } from '../../../src/operations/tasks/task.ts'
import { tasks } from '../../../src/operations/tasks/tasks.ts'
import type { Stage } from '../rig/stage.ts'

interface Watcher {
  id: string
  role: Role
  /** Their account in the tool, as the tool calls it; null: none. */
  account: string | null
  /** Hub ids of projects that were given to them here. */
  given: string[]
}

interface Card {
  id: string
  project: string
  title: string
  /** On a board that the hub can still read, and neither archived nor gone. */
  there: boolean
}

/** What operations need to be told; all others are asked without a word. */
const WORDS: Record<string, (card: Card | undefined) => Record<string, unknown>> = {
  columns: (card) => ({ project: card?.project ?? 'none' }),
  filterReading: () => ({ filter: 'category = done' }),
  taskGroups: () => ({ by: 'project' }),
  findingGroups: () => ({ by: 'project' }),
  keyResult: () => ({ id: 'kr-1' }),
  ledger: () => ({ id: 'kr-1' }),
  previewKeyResult: () => ({ filter: 'category = done', from: '2020-01-01', to: '2035-12-31' }),
  previewReport: () => ({ email: 'given@larkfield.example' }),
  reportMail: () => ({ id: 1 }),
  task: (card) => ({ id: card?.id ?? 'none' }),
  find: (card) => ({ q: card?.title ?? 'none' })
}

export async function sight(stage: Stage): Promise<string[]> {
  const { db } = stage.hub
  const cards = await db.rows<Card>(sql`
    select t.id, t.project_id as project, t.title, t.presence = 'present' and p.lost_at is null as there
    from tasks t join projects p on p.id = t.project_id`)
  const wrong: string[] = []
  for (const watcher of await watchers(stage)) wrong.push(...(await asThem(stage, watcher, cards)))
  return wrong
}

async function asThem(stage: Stage, watcher: Watcher, cards: readonly Card[]): Promise<string[]> {
  const { hub, life, tool } = stage
  const { id, role, account } = watcher
  const theirs = new Set([
    ...watcher.given,
    ...[...life.members]
      .filter(([, members]) => account !== null && members.includes(account))
      .map(([project]) => hubId(tool.adapter.tool, project))
  ])
  const [person] = await hub.db.rows<{ personId: string | null }>(
    sql`select person_id as "personId" from users where id = ${id}`
  )
  const projects = await projectsSeenBy(hub.db, { id, role, personId: person?.personId ?? null })
  const who: Who = { id, name: id, email: `${id}@larkfield.example`, via: 'web', role, readsOnly: false, projects }
  const context = { hub, jobs: null, who }
  const forbidden = cards.filter(({ project }) => !theirs.has(project))
  const allowed = new Set(cards.filter(({ project }) => theirs.has(project)).map(({ title }) => title))
  const wrong: string[] = []

  for (const operation of operations) {
    if (operation.method !== 'GET' || !may(who, operation.right)) continue
    const words = WORDS[operation.id]?.(forbidden[0]) ?? {}
    if (!operation.input.safeParse(words).success) {
      wrong.push(`${operation.id} cannot be asked without a word: say which`)
      continue
    }
    const said = JSON.stringify(await orRefusal(perform(operation, context, words))) ?? ''
    for (const card of forbidden)
      if (said.includes(JSON.stringify(card.id)) || (!allowed.has(card.title) && said.includes(card.title)))
        wrong.push(`${id} is told of ${card.id} “${card.title}” by ${operation.id}`)
  }
  for (const { id: card } of forbidden) {
    const answer = await orRefusal(perform(task, context, { id: card }))
    if (!(answer instanceof Refusal) || answer.status !== 404) wrong.push(`${id} can open ${card}`)
  }
  const { tasks: listed } = await perform(tasks, context, { limit: 500 })
  const here = new Set(listed.map((row) => row.id))
  for (const { id: card, project, there } of cards)
    if (there && theirs.has(project) && !here.has(card)) wrong.push(`${id} does not see ${card}, which is theirs`)
  return wrong
}

const orRefusal = (answer: Promise<unknown>): Promise<unknown> =>
  answer.catch((error: unknown) => {
    if (error instanceof Refusal) return error
    throw error
  })

/** Made once a stage; accounts of the tool are put to their person, as somebody who tends the hub would. */
async function watchers({ hub: { db }, life, tool }: Stage): Promise<Watcher[]> {
  const name = tool.adapter.tool
  const [first, , last] = life.people
  const board = life.projects[1]
  const all: Watcher[] = [
    { id: 'everywhere', role: 'member', account: first?.id ?? null, given: [] },
    { id: 'outsider', role: 'manager', account: last?.id ?? null, given: [] },
    { id: 'given', role: 'manager', account: null, given: board ? [hubId(name, board.id)] : [] },
    { id: 'nobody', role: 'member', account: null, given: [] }
  ]
  const rows = all.map(({ id, role, account }) => ({ id, role, account: account && hubId(name, account) }))
  await db.run(sql`
    insert into people (id, name, email, time_zone, language)
    select 'person-' || id, id, id || '@watching.example', 'UTC', 'en'
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as x(id text, account text) where account is not null
    on conflict do nothing`)
  await db.run(sql`
    update identities i set person_id = 'person-' || x.id, person_source = 'hand'
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as x(id text, account text)
    where i.id = x.account and i.person_id is null`)
  await db.run(sql`
    insert into users (id, name, email, email_verified, role)
    select id, id, id || '@larkfield.example', true, role
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as x(id text, role text)
    on conflict do nothing`)
  await db.run(sql`
    update users u set person_id = i.person_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as x(id text, account text)
    join identities i on i.id = x.account where u.id = x.id and u.person_id is distinct from i.person_id`)
  for (const { id, given } of all)
    await db.run(sql`
      insert into user_projects (user_id, project_id)
      select ${id}, p.id from projects p where p.id = any(${ids(given)}) on conflict do nothing`)
  return all
}
