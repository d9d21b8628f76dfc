/** F34: requests that want to break the one who reads them. 4xx, nothing written, and the process lives. */
import { gzipSync } from 'node:zlib'
import { sql } from '../../../src/db/database.ts'
import { type Fault, inCompany, verdict } from '../rig/rig.ts'

const DEPTH = 1_000
const BOMB = 200 * 1024 * 1024

const deep = `${'{"a":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`
const json = { 'content-type': 'application/json' }

export const hostileRequests: Fault = {
  id: 'F34',
  title: '__proto__ keys, 1,000-deep JSON, gzip bombs, a body without an end',
  needs: 'nothing',
  rounds: 5,
  run: (rig, round) =>
    inCompany(rig, round, { serve: true }, async ({ stage, website }) => {
      await stage.life.owe(website, 1)
      const hook =
        (await stage.standIn.deliveries()).at(-1)?.url ?? `${stage.env.PUBLIC_URL}/hooks/${round.tool}/nobody`
      const api = `${stage.env.PUBLIC_URL}/api/sync`
      const sent: { name: string; url: string; headers: Record<string, string>; body: string | Buffer<ArrayBuffer> }[] =
        [hook, api].flatMap((url) => [
          {
            name: '__proto__',
            url,
            headers: json,
            body: '{"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}}}'
          },
          { name: '1,000 levels', url, headers: json, body: deep },
          { name: 'a gzip bomb', url, headers: { ...json, 'content-encoding': 'gzip' }, body: bomb() },
          { name: 'two megabytes', url, headers: json, body: JSON.stringify('x'.repeat(2 * 1024 * 1024)) },
          { name: 'half a character', url, headers: json, body: Buffer.from([0x7b, 0xff, 0xfe]) },
          {
            name: 'XML',
            url,
            headers: { 'content-type': 'application/xml' },
            body: '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
          }
        ])
      const written = async () =>
        JSON.stringify(
          await stage.hub.db.rows(
            sql`select (select count(*) from inbox)::int as inbox, (select count(*) from sync_runs)::int as runs`
          )
        )
      await stage.drain()
      const before = await written()
      const wrong: string[] = []
      for (const { name, url, headers, body } of sent) {
        const status = await fetch(url, { method: 'POST', headers, body }).then(
          (response) => response.status,
          () => 499
        )
        // Where the address is the secret whatever is sent there may be acknowledged; it says nothing we know.
        const acknowledged = status === 200 && url === hook && stage.tool.adapter.hooks?.proof === 'address'
        if ((status < 400 && !acknowledged) || status >= 500)
          wrong.push(`${name} at ${new URL(url).pathname.split('/')[1]}: ${status}`)
      }
      if ((await written()) !== before) wrong.push(`something was written: ${before} became ${await written()}`)
      if (({} as { admin?: boolean }).admin) wrong.push('every object is an admin now')
      const alive = await fetch(`${stage.env.PUBLIC_URL}/healthz`)
      if (!alive.ok) wrong.push(`afterwards the process answers ${alive.status}`)
      return verdict(stage, {}, wrong)
    })
}

let made: Buffer<ArrayBuffer> | null = null
/** 200 MB of nothing in 200 KB. */
const bomb = (): Buffer<ArrayBuffer> => (made ??= gzipSync(Buffer.alloc(BOMB)))
