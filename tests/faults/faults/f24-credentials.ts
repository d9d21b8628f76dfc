/**
 * F24: a token is revoked in the middle of a run. One notice, no further calls, and connecting again goes on. F25: twenty
 * sessions meet the end of a rotating token at once: one refresh, and the connection is good.
 */
import { connect } from '../../../src/connections/connect.ts'
import { finishOAuth, startOAuth } from '../../../src/connections/oauth.ts'
import { openSession } from '../../../src/connections/session.ts'
import { sql } from '../../../src/db/database.ts'
import type { Tool } from '../../../src/model/task.ts'
import { rigs } from '../../contract/rigs/index.ts'
import { type Fault, inCompany, verdict } from '../rig/rig.ts'
import { sweepSoon, takenForGone } from '../rig/strike.ts'

export const tokenRevoked: Fault = {
  id: 'F24',
  title: 'the token is revoked in the middle of a run',
  needs: 'nothing',
  rounds: 10,
  short: 1,
  run: (rig, round) =>
    inCompany(rig, round, { env: { NOTICES_TO: 'ops@larkfield.example' } }, async ({ stage, website }) => {
      const { hub, standIn, tool, turns } = stage
      await stage.life.owe(website, 2)
      await standIn.fault({
        path: '.',
        nth: round.random.between(1, 3),
        times: 1_000_000,
        effect: { status: 401, body: 'unauthorized' }
      })
      await sweepSoon(stage)
      await turns.turn()
      await turns.turn()
      const parked = async () => (await hub.db.rows<{ state: string }>(sql`select state from connections`))[0]?.state
      const wrong = (await parked()) === 'parked' ? [] : [`the connection is ${await parked()}`]
      wrong.push(...(await takenForGone(stage)))
      await standIn.forgetRequests()
      for (let again = 0; again < 5; again++) {
        await stage.advance(30 * 60_000)
        await turns.turn()
      }
      const { total } = await standIn.requests(0)
      if (total > 0) wrong.push(`${total} requests were made with a refused token`)
      const notices = await hub.db.rows(sql`select 1 from outbox where key like 'mail:notice:parked:%'`)
      if (notices.length !== 1) wrong.push(`${notices.length} notices instead of one`)
      await standIn.clearFaults()
      await connect(hub, { tool: round.tool, credentials: tool.credentials, baseUrl: tool.baseUrl(standIn.url) })
      return verdict(stage, {}, wrong)
    })
}

const SESSIONS = 20
/** After so many hours the tokens of these tools have ended. */
const ENDED: Partial<Record<Tool, number>> = { trello: 2, basecamp: 15 * 24, linear: 26 }

/** Tools whose tokens end and are renewed. */
const ROTATING = rigs.filter(({ adapter }) => ENDED[adapter.tool] !== undefined)

export const refreshedAtOnce: Fault = {
  id: 'F25',
  title: 'twenty refreshes of a rotating token at once',
  needs: 'nothing',
  rounds: 6,
  run: (rig, round) => {
    const of = ROTATING[round.number % ROTATING.length]!
    const { tool } = of.adapter
    const env = {
      PUBLIC_URL: 'https://hub.example',
      [`${tool.toUpperCase()}_CLIENT_ID`]: of.app.clientId,
      [`${tool.toUpperCase()}_CLIENT_SECRET`]: of.app.clientSecret
    }
    return inCompany(rig, { ...round, tool }, { env }, async (company) => {
      const { hub, standIn } = company.stage
      const baseUrl = of.baseUrl(standIn.url)
      const screen = await fetch(await startOAuth(hub, tool, baseUrl), { redirect: 'manual' })
      const { connection } = await finishOAuth(hub, new URL(screen.headers.get('location') ?? '').searchParams)
      const sessions = await Promise.all(Array.from({ length: SESSIONS }, () => openSession(hub, connection.id, 0)))
      // The tool's clock only: ours has not noticed, and everybody meets the refusal.
      await company.stage.skew({ tool: (ENDED[tool] ?? 0) * 3_600_000 })
      await standIn.forgetRequests()
      const asked = await Promise.allSettled(sessions.map(({ session }) => session.whoAmI()))
      await company.stage.skew({ tool: 0 })
      const failed = asked.filter(({ status }) => status === 'rejected')
      const refreshes = (await standIn.requests(500)).last.filter(
        ({ method, path }) => method === 'POST' && /token/.test(path)
      )
      const wrong = failed.map((one) => `a session failed: ${(one as PromiseRejectedResult).reason}`)
      if (refreshes.length !== 1) wrong.push(`${refreshes.length} refreshes instead of one`)
      await company.stage.life.owe(company.website, 1)
      return verdict(company.stage, {}, wrong)
    })
  }
}
