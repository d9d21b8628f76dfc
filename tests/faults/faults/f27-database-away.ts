/**
 * F27: PostgreSQL restarts, goes silent, takes no writes, or lets every connection wait. What a tool tells us meanwhile
 * is put off with 503 in good time, never acknowledged and lost; then everything drains.
 */
import { openPostgres, sql } from '../../../src/db/database.ts'
import { openWire, type Wire } from '../rig/proxy.ts'
import { type Fault, inCompany, told, verdict } from '../rig/rig.ts'
import type { Stage } from '../rig/stage.ts'

/** Tools give up after ten seconds; we answer before. */
const GOOD_TIME_MS = 9_000

/** Each begins a trouble and gives what ends it. */
const TROUBLES: Record<string, (wire: Wire, stage: Stage) => Promise<() => Promise<void>>> = {
  async restarts(wire) {
    wire.refuse()
    wire.reset()
    return async () => wire.mend()
  },
  async 'goes silent'(wire) {
    wire.silence()
    return async () => {
      wire.reset()
      wire.mend()
    }
  },
  async 'takes no writes'(wire, { place }) {
    await place.admin('alter database THIS set default_transaction_read_only = on')
    wire.reset()
    return async () => {
      await place.admin('alter database THIS reset default_transaction_read_only')
      wire.reset()
    }
  },
  'lets every connection wait': (_wire, { place }) => place.hold('lock table hooks in access exclusive mode')
}

export const databaseAway: Fault = {
  id: 'F27',
  title: 'PostgreSQL restarts, goes silent, takes no writes, lets everybody wait',
  needs: 'services',
  rounds: 8,
  run: (rig, round) =>
    inCompany(rig, told(round), { serve: true }, async (company) => {
      const { stage, website } = company
      const [name, begin] = Object.entries(TROUBLES)[round.number % 4]!
      const server = new URL(stage.place.url ?? '')
      await using wire = await openWire({ host: server.hostname, port: Number(server.port || 5432) })
      const db = await openPostgres(wire.through(server.href), { max: 3 })
      stage.instead(db)
      const before = (await stage.standIn.deliveries()).length
      const end = await begin(wire, stage)
      const turn = stage.turns.turn()
      const wrong = await knock(stage, name)
      await stage.life.owe(website, 2)
      await end()
      await turn
      const told = (await stage.standIn.deliveries()).slice(before).map(({ status }) => status)
      wrong.push(
        ...told
          .filter((status) => status !== null && status >= 300 && status !== 503)
          .map((status) => `while it ${name}, the tool saw ${status}`)
      )
      await stage.life.owe(website, 1)
      const outcome = await verdict(stage, {}, wrong)
      const [kept] = await stage.hub.db.rows<{ n: number }>(
        sql`select count(*)::int as n from inbox where state <> 'done'`
      )
      if (kept?.n) outcome.wrong.push(`${kept.n} deliveries were never worked on`)
      stage.instead(null)
      await db.close()
      return outcome
    })
}

/** At an address of our own, and at the door for what people ask. */
async function knock({ env, tool }: Stage, name: string): Promise<string[]> {
  const url = `${env.PUBLIC_URL}/hooks/${tool.adapter.tool}/${'x'.repeat(43)}`
  const began = Date.now()
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    signal: AbortSignal.timeout(GOOD_TIME_MS)
  }).catch(() => null)
  if (answer === null) return [`while it ${name}, a delivery had no answer after ${Date.now() - began} ms`]
  const { status, headers } = answer
  // A read that still works may find that nobody has this address.
  if (status === 503) return headers.get('retry-after') ? [] : [`while it ${name}, 503 came without Retry-After`]
  return name === 'takes no writes' ? [] : [`while it ${name}, a delivery was answered with ${status}`]
}
