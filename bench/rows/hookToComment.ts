/**
 * From a webhook to the comment on the card: idle, one after the other, the time from sending the one to the stand-in's
 * receiving the other. The hub stores the delivery, acknowledges it, reads the card, stores, judges, writes its note,
 * looks again and posts. The baseline does it inline: verify, read the card, store it, judge it, post.
 */
import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { fastify } from 'fastify'
import postgres from 'postgres'
import { sql } from '../../src/db/database.ts'
import { inProcessJobs } from '../../src/jobs/inProcess.ts'
import { handlers } from '../../src/jobs/work.ts'
import { buildServer } from '../../src/server/app.ts'
import { syncScope } from '../../src/sync/run.ts'
import { bareRow, upsertRows } from '../bare.ts'
import { type Bench, type Conditions, say } from '../bench.ts'
import { type BenchHub, connectBench, freshHub, HOOK_SECRET, type StandIn, startStandIn } from '../ground.ts'
import { delivery, flood, PUBLIC_URL, registered, request } from '../hook.ts'
import { median, type Rounds } from '../ratio.ts'
import { cardId, idOf } from '../standIn/cards.ts'

const ROUNDTRIPS = 60

export const hookToComment: Bench = {
  bars: [
    {
      name: 'hook-to-comment',
      work: 'webhook in → stored → rule → comment posted, idle, serial (p50)',
      reach: 2,
      holds: 'most',
      unit: 'ms'
    }
  ],
  needs: ['DATABASE_URL'],
  measure
}

async function measure({ size, rounds }: Conditions): Promise<Record<string, Rounds>> {
  const found: Rounds = { hub: [], baseline: [] }
  const count = Math.max(10, Math.round(ROUNDTRIPS * size))
  for (let round = 1; round <= rounds; round++) {
    const turns = { hub: () => byHub(count), baseline: () => inline(count) }
    for (const turn of round % 2 === 0 ? (['hub', 'baseline'] as const) : (['baseline', 'hub'] as const)) {
      found[turn].push(await turns[turn]())
    }
    say(`hook-to-comment round ${round}: ${JSON.stringify(found)}`)
  }
  return { 'hook-to-comment': found }
}

async function byHub(count: number): Promise<number> {
  const standIn = await calmBoard(count)
  const hub = await freshHub('postgres', { PUBLIC_URL, ALERT_GRACE_MINUTES: '0' })
  const jobs = inProcessJobs()
  const app = await buildServer({ hub, jobs, operations: [], access: null })
  try {
    await ready(hub, standIn)
    const url = await registered(hub)
    await jobs.work(handlers(hub, jobs), { tickSeconds: 50, onError: (job, error) => say(`${job.kind}: ${error}`) })
    const address = await app.listen({ host: '127.0.0.1', port: 0 })
    return await roundtrips(standIn, address, url, count)
  } finally {
    await jobs.close(1000)
    await app.close()
    await hub.close()
    await standIn.stop()
  }
}

async function inline(count: number): Promise<number> {
  const standIn = await calmBoard(count)
  const hub = await freshHub('postgres', { PUBLIC_URL })
  const client = postgres(hub.url ?? '', { max: 2, onnotice: () => {}, fetch_types: false })
  const app = fastify()
  try {
    await ready(hub, standIn)
    const url = `${PUBLIC_URL}/hooks/trello/inline`
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    app.post('/hooks/trello/inline', async (asked, reply) => {
      const body = asked.body as Buffer
      const right = createHmac('sha1', HOOK_SECRET).update(body).update(url).digest('base64')
      if (right !== asked.headers['x-trello-webhook']) return reply.code(403).send()
      await everything(client, standIn.url, JSON.parse(body.toString()) as Told)
      return reply.code(200).send()
    })
    return await roundtrips(standIn, await app.listen({ host: '127.0.0.1', port: 0 }), url, count)
  } finally {
    await app.close()
    await client.end()
    await hub.close()
    await standIn.stop()
  }
}

interface Told {
  action: { data: { card: { id: string } } }
}

/** The same steps in one go: card, row, findings of the three rules, comment. */
async function everything(client: postgres.Sql, standIn: string, { action }: Told): Promise<void> {
  const headers = { authorization: 'OAuth oauth_consumer_key="bench", oauth_token="1of1"' }
  const { card } = action.data
  const read = await fetch(`${standIn}/1/cards/${card.id}`, { headers })
  const [row] = [bareRow((await read.json()) as Parameters<typeof bareRow>[0], COLUMNS)]
  await upsertRows(client, [row])
  const found = await client`
    insert into findings (rule, task_id, project_id, column_id, since, evidence, opened_at)
    select r.rule, t.id, t.project_id, t.column_id, now(), '{}', now()
    from tasks t cross join lateral (values
      ('missing-deadline', t.category in ('todo', 'doing', 'blocked') and t.due_at is null),
      ('no-assignee', t.category in ('todo', 'doing', 'blocked') and t.assignees = '{}'),
      ('overdue', t.due_at < now())) r(rule, offends)
    where t.id = ${row.id} and t.open and r.offends
    on conflict do nothing returning rule`
  if (found.length === 0) return
  const text = `Please have a look: ${found.map(({ rule }) => rule).join(', ')}`
  await fetch(`${standIn}/1/cards/${card.id}/actions/comments`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ text })
  })
}

const COLUMNS = new Map([[idOf('list', 1, 1), 'todo']])

/** A board on which no rule finds anything. */
async function calmBoard(cards: number): Promise<StandIn> {
  const standIn = await startStandIn(1, cards)
  const fine = { idList: idOf('list', 1, 1), due: '2030-01-01T12:00:00.000Z', idMembers: [idOf('member', 0, 1)] }
  for (let index = 0; index < cards; index++) await standIn.card(index, fine)
  return standIn
}

/** Read once, with notes switched on. */
async function ready(hub: BenchHub, standIn: StandIn): Promise<void> {
  for (const scope of await connectBench(hub, standIn)) await syncScope(hub, scope)
  await hub.db.run(sql`update projects set alerts = true`)
}

/** A card after the other loses its due date, the webhook says so, and the comment comes. The median in milliseconds. */
async function roundtrips(standIn: StandIn, address: string, url: string, count: number): Promise<number> {
  const took: number[] = []
  for (let index = 0; index < count; index++) {
    await standIn.card(index, { due: null, dateLastActivity: new Date().toISOString() })
    const began = performance.timeOrigin + performance.now()
    await flood(address, [request(url, index, delivery(url, index))], 1)
    took.push((await commentOn(standIn, cardId(1, index))) - began)
    // What the one before left to be done should not weigh on the next.
    await sleep(30)
  }
  return median(took.slice(Math.floor(count / 6)))
}

async function commentOn(standIn: StandIn, card: string): Promise<number> {
  for (const end = Date.now() + 10_000; Date.now() < end; await sleep(5)) {
    const comment = (await standIn.comments()).find((one) => one.card === card)
    if (comment) return comment.at
  }
  throw new Error(`No comment came on card ${card}.`)
}
