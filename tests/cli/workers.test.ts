import { describe, expect, test, vi } from 'vitest'
import type { Row } from '../../sandbox/trello/facts.ts'
import { openPostgres, sql } from '../../src/db/database.ts'
import { keyFor } from '../helpers/access.ts'
import { madeId, makeBoard } from '../helpers/boards.ts'
import { startTrello } from '../helpers/sandbox.ts'
import { onRedis, REDIS } from '../jobs/drivers.ts'
import { installation, throughline } from './running.ts'

const ANSWERS = /Throughline answers on (http:\S+)/

const cases: Record<string, () => Promise<void>> = {
  'bring comments to the cards; one that is killed with a comment in hand loses nothing and doubles nothing':
    async () => {
      await using trello = await startTrello()
      const cards = 6
      await trello.load(makeBoard({ name: 'Portal', cards, from: new Date(Date.now() - 3 * 3_600_000).toISOString() }))
      const comments = async () =>
        ((await trello.dump(madeId('board', 1, 0))).actions as Row[]).filter(({ type }) => type === 'commentCard')
      const on = async () => (await comments()).map(({ data }) => (data as { card: { id: string } }).card.id)

      await using home = await installation({
        REDIS_URL: REDIS,
        TRELLO_URL: `${trello.url}/1`,
        TRELLO_KEY: trello.key
      })
      await home.json('connect', 'trello', '--token', trello.token)
      await home.json('projects', 'choose', '--all')
      await home.json('sync')
      const serving = home.keep(['serve', '--port', '0'])
      const [, address] = ANSWERS.exec(await serving.said(ANSWERS)) ?? []
      const workers = [home.keep(['work']), home.keep(['work'])]
      await Promise.all(workers.map((worker) => worker.said(/Working as /)))

      // The stand-in takes what is posted and never answers: whoever sends has a comment in hand.
      await trello.fault({ method: 'POST', path: 'comments', effect: { hold: true } })
      const key = await keyFor(home.env.DATABASE_URL as string)
      const answer = await fetch(`${address}/api/projects/Portal/alerts`, {
        method: 'PUT',
        headers: { ...key, 'content-type': 'application/json' },
        body: JSON.stringify({ on: true })
      })
      // How many still wait depends on how quick the workers were.
      expect(await answer.json()).toMatchObject({ on: true })
      await vi.waitFor(async () => expect((await comments()).length).toBeGreaterThan(0), {
        timeout: 30_000,
        interval: 100
      })

      const db = await openPostgres(home.env.DATABASE_URL as string, { max: 1 })
      const [sender] = await db.rows<{ owner: string }>(
        sql`select owner from outbox where state = 'sending' and unclear limit 1`
      )
      const killed = workers.find(({ pid }) => sender?.owner.includes(`:${pid}:`))
      expect(killed, `the sender ${sender?.owner} is one of the workers`).toBeDefined()
      expect(await killed?.stop('SIGKILL')).toBe(null)
      await trello.clearFaults()
      // Its leases would run out by themselves; the test does not wait for that.
      await db.run(sql`update outbox set lease_until = now() - interval '1 second' where state = 'sending'`)

      await vi.waitFor(async () => expect(new Set(await on()).size).toBe(cards), { timeout: 60_000, interval: 250 })
      await vi.waitFor(
        async () =>
          expect(await db.rows(sql`select state from outbox where state <> 'sent' and payload is null`)).toEqual([]),
        { timeout: 30_000, interval: 250 }
      )
      expect(await on()).toHaveLength(cards)
      await db.close()

      const survivor = workers.find((worker) => worker !== killed)
      expect([await survivor?.stop(), await serving.stop()]).toEqual([0, 0])
    }
}
if (onRedis && process.env.DATABASE_URL)
  describe('serve and two workers on PostgreSQL and Redis', () => {
    test.each(Object.entries(cases))('%s', { timeout: 150_000 }, (_title, run) => run())
  })

test.each([
  [{}, 'DATABASE_URL and REDIS_URL'],
  [{ REDIS_URL: 'redis://127.0.0.1:6379' }, 'DATABASE_URL'],
  [{ DATABASE_URL: 'postgres://127.0.0.1/none' }, 'REDIS_URL']
])('work without both services refuses and names what is missing: %j', async (env, missing) => {
  const { code, stdout, stderr } = await throughline(['work'], { env })
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toBe(
    `A worker of its own needs PostgreSQL and Redis: set ${missing}. On one machine, \`throughline serve\` does the work itself.\n`
  )
})
