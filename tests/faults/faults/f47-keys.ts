/**
 * F47: the key is replaced while a board is read; a wrong key at boot; a ciphertext moved to another row. Old and new
 * open; the boot is refused; so is the row.
 */
import { randomBytes } from 'node:crypto'
import { readConfig } from '../../../src/config.ts'
import { openSession } from '../../../src/connections/session.ts'
import { type Database, sql } from '../../../src/db/database.ts'
import { WrongKey } from '../../../src/db/secrets.ts'
import { type Hub, openHub } from '../../../src/hub.ts'
import { syncScope } from '../../../src/sync/run.ts'
import { atRequest } from '../rig/points.ts'
import { type Fault, inCompany, verdict } from '../rig/rig.ts'
import type { Stage } from '../rig/stage.ts'

export const keys: Fault = {
  id: 'F47',
  title: 'the key is replaced during sync; a wrong key; a ciphertext moved',
  needs: 'nothing',
  rounds: 5,
  short: 1,
  run: (rig, round) =>
    inCompany(rig, round, {}, async ({ stage, website }) => {
      const wrong: string[] = []
      const old = stage.env.HUB_SECRET!
      const next = randomBytes(32).toString('hex')
      stage.canaries.set('the new HUB_SECRET', next)
      await stage.life.plant(website, 20, round.random)
      await stage.hub.db.run(sql`update scopes set swept_at = null, next_look_at = now()`)
      // The look of the old process is under way when the new one starts, and ends well.
      const scopes = await stage.hub.db.rows<{ id: string }>(sql`select id from scopes`)
      let started: Hub | null = null
      const stop = atRequest(
        { at: 'answer', match: '.', nth: 2 },
        async () => {
          started = await start(stage, { HUB_SECRET: next, HUB_SECRET_FORMER: old })
        },
        stage.standIn.url
      )
      await syncScope(stage.hub, scopes[0]!.id, { sweep: true }).finally(stop)
      if (started === null) wrong.push('the key was not replaced while it read')
      const replaced = await start(stage, { HUB_SECRET: next })
      stage.hub.keyring = replaced.keyring
      stage.env.HUB_SECRET = next

      const refused = await start(stage, { HUB_SECRET: randomBytes(32).toString('hex') }).catch(
        (error: unknown) => error
      )
      if (!(refused instanceof WrongKey)) wrong.push('a wrong key was let in')
      const former = await start(stage, { HUB_SECRET: old }).catch((error: unknown) => error)
      if (!(former instanceof WrongKey)) wrong.push('the key that was replaced was let in')
      wrong.push(...(await movedIsRefused(stage)))
      return verdict(stage, {}, wrong)
    })
}

/** A process of the same installation with another key. */
const start = (stage: Stage, env: Record<string, string>): Promise<Hub> => {
  const db: Database = { ...stage.place.db, close: async () => {} }
  return openHub(readConfig({ ...stage.env, ...env }), { db, now: stage.now })
}

/** A second account with the first one's ciphertext: nothing is sent to the tool with it. */
async function movedIsRefused(stage: Stage): Promise<string[]> {
  const { db } = stage.hub
  await db.run(sql`
    insert into connections (id, tool, account, account_name, credentials, base_url)
    select 'moved', tool, 'somebody else', 'Somebody', credentials, base_url from connections limit 1`)
  await stage.standIn.forgetRequests()
  const opened = await openSession(stage.hub, 'moved', 0).then(
    async ({ session }) => void (await session.whoAmI()),
    (error: unknown) => error
  )
  const { total } = await stage.standIn.requests(0)
  await db.run(sql`delete from connections where id = 'moved'`)
  return [
    ...(opened instanceof Error ? [] : ['a ciphertext moved to another row opened']),
    ...(total === 0 ? [] : [`${total} requests left with it`])
  ]
}
