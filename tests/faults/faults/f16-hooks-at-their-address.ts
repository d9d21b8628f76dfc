/**
 * F16: a tool asks our address back before its hook is active, the public address changes, and a proxy stands before us.
 * Hooks are registered, verified against the address they were registered with, and follow the hub.
 */
import { sql } from '../../../src/db/database.ts'
import { openWire } from '../rig/proxy.ts'
import { type Company, type Fault, inCompany, told, verdict } from '../rig/rig.ts'

const HOUR = 3_600_000

export const hooksAtTheirAddress: Fault = {
  id: 'F16',
  title: 'asked back before active; public address changed; behind a proxy',
  needs: 'nothing',
  rounds: 5,
  run: (rig, round) =>
    inCompany(rig, told(round), { serve: true, alerts: false }, async (company) => {
      const { stage, website } = company
      const wrong = await unlessHeard(company, 'at its first address')
      // A proxy with an address of its own: what reaches us says another host than the one that was registered.
      await using wire = await openWire({ host: '127.0.0.1', port: Number(stage.env.PORT) })
      await stage.moveTo(`http://127.0.0.1:${wire.port}`)
      await stage.pass(2 * HOUR)
      wrong.push(...(await unlessHeard(company, 'behind a proxy, at its new address')))
      await stage.life.deed(website, round.random)
      const delivered = await stage.standIn.deliveries()
      if (delivered.at(-1)?.url.startsWith(`http://127.0.0.1:${wire.port}/`) !== true)
        wrong.push('the tool still tells the former address')
      return verdict(stage, {}, wrong)
    })
}

/** Hooks stand, and a change is known without a look. */
async function unlessHeard({ stage, website }: Company, where: string): Promise<string[]> {
  const hooks = await stage.hub.db.rows<{ state: string; reason: string | null }>(sql`select state, reason from hooks`)
  const dead = hooks.filter(({ state }) => state !== 'active')
  if (hooks.length === 0 || dead.length > 0)
    return [`${where}: ${hooks.length} hooks, of which ${dead.map(({ state, reason }) => `${state} ${reason}`)}`]
  const [card] = await stage.life.owe(website, 1)
  await stage.standIn.deliveries()
  await stage.turns.turn()
  const known = await stage.hub.db.rows(sql`select 1 from tasks where id = ${`${stage.tool.adapter.tool}:${card}`}`)
  return known.length === 1 ? [] : [`${where}: nobody told us of ${card}`]
}
