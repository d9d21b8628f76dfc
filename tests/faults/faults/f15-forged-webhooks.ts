/**
 * F15: webhooks that are forged, unsigned, signed too short, too old, written anew, or sent where no secret is known.
 * Refused with the status the adapter declares, never 500, and nothing is written.
 */
import { adapterOf } from '../../../adapters/index.ts'
import { sql } from '../../../src/db/database.ts'
import type { Delivered } from '../../helpers/standIn.ts'
import { type Company, type Fault, inCompany, told, verdict } from '../rig/rig.ts'

export const forged: Fault = {
  id: 'F15',
  title: 'webhooks forged, unsigned, cut, stale, re-serialised, without a secret',
  needs: 'nothing',
  rounds: 5,
  short: 1,
  run: (rig, round) =>
    inCompany(rig, told(round), { serve: true }, async (company) => {
      const { stage, website } = company
      await stage.life.owe(website, 1)
      const real = (await stage.standIn.deliveries()).at(-1)!
      await stage.drain()
      const wrong: string[] = []
      const kept = async () =>
        JSON.stringify(
          await stage.hub.db.rows(sql`select count(*)::int as inbox, max(delivered_at) as at from inbox, hooks`)
        )
      for (const { name, parcel } of forgeries(company, real)) {
        const before = await kept()
        const response = await fetch(parcel.url, { method: 'POST', headers: parcel.headers, body: parcel.body })
        const declared = adapterOf(stage.tool.adapter.tool).hooks?.refusal
        if (response.status !== declared) wrong.push(`${name}: ${response.status} instead of ${declared}`)
        if ((await kept()) !== before) wrong.push(`${name}: something was written`)
      }
      wrong.push(...(await tooOld(company, real)))
      return verdict(stage, {}, wrong)
    })
}

type Parcel = Pick<Delivered, 'url' | 'headers' | 'body'>

/** Where the address is the secret, only the address can be wrong. */
function forgeries({ stage }: Company, { url, headers, body }: Delivered): { name: string; parcel: Parcel }[] {
  const elsewhere = `${url.slice(0, url.lastIndexOf('/') + 1)}${'x'.repeat(43)}`
  const strange = { name: 'an address nobody registered', parcel: { url: elsewhere, headers, body } }
  if (stage.tool.adapter.hooks?.proof === 'address') return [strange]
  const bare = Object.fromEntries(Object.entries(headers).filter(([name]) => !isProof(name)))
  const cut = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, isProof(name) ? value.slice(0, 8) : value])
  )
  const other = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      isProof(name) ? value.replace(/./, (first) => (first === 'a' ? 'b' : 'a')) : value
    ])
  )
  return [
    strange,
    { name: 'another body', parcel: { url, headers, body: body.replace('{', '{"forged":true,') } },
    { name: 'the same body written anew', parcel: { url, headers, body: JSON.stringify(JSON.parse(body), null, 1) } },
    { name: 'no signature', parcel: { url, headers: bare, body } },
    { name: 'half a signature', parcel: { url, headers: cut, body } },
    { name: 'another signature', parcel: { url, headers: other, body } },
    { name: 'an empty body', parcel: { url, headers, body: '' } }
  ]
}

const isProof = (header: string): boolean =>
  /sign|webhook|authorization/i.test(header) && !/event|delivery|id$/i.test(header)

/** A delivery kept by somebody and sent again after the tool's own window. */
async function tooOld({ stage }: Company, { url, headers, body }: Delivered): Promise<string[]> {
  const { hooks } = stage.tool.adapter
  if (hooks?.staleAfterMs == null) return []
  await stage.advance(hooks.staleAfterMs * 2 + 60_000)
  const response = await fetch(url, { method: 'POST', headers, body })
  return response.status === hooks.refusal ? [] : [`a stale delivery: ${response.status} instead of ${hooks.refusal}`]
}
