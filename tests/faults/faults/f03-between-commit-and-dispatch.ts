/**
 * F3: between the commit of what was found and its dispatch. Killed there: it is delivered once. Rolled back there:
 * nothing of it is delivered, until it is found anew. On the embedded database nothing is killed, only rolled back.
 */
import { sql } from '../../../src/db/database.ts'
import { hubId } from '../../../src/model/task.ts'
import { until } from '../rig/life.ts'
import { type Company, type Fault, inCompany, type Outcome, type Round, verdict } from '../rig/rig.ts'

/** A finding stands, a note is wanted, a row of the outbox is due: each is a commit of its own. */
const COMMITS = ['insert into findings', 'insert into notes', 'insert into outbox'] as const
/** The last statement of the transaction that stores a page. */
const END_OF_PAGE = 'update sync_runs set\\s+cursor'

export const betweenCommitAndDispatch: Fault = {
  id: 'F3',
  title: 'killed between commit and dispatch; rolled back',
  needs: 'nothing',
  rounds: 12,
  short: 1,
  run: (rig, round) =>
    inCompany(rig, round, {}, (company) =>
      rig.engine === 'postgres' && round.number % 2 === 0 ? killed(company, round) : rolledBack(company, round)
    )
}

async function killed({ stage, website }: Company, { random }: Round): Promise<Outcome> {
  await stage.life.owe(website, 3)
  await stage.hub.db.run(sql`update scopes set next_look_at = now()`)
  const point = { at: 'done', match: random.pick(COMMITS), nth: 1 } as const
  const worker = await stage.worker({ point })
  const struck = await until(20_000, () => worker.ended() === 'SIGKILL')
  return verdict(stage, {}, struck ? [] : [`the worker was never killed at ${point.match}: ${worker.said()}`])
}

async function rolledBack({ stage, website }: Company, { tool }: Round): Promise<Outcome> {
  const planted = await stage.life.owe(website, 3)
  let fell = 0
  stage.instead({
    point: { at: 'done', match: END_OF_PAGE, nth: 1 },
    strike: () => {
      fell++
      throw new Error('planted: this transaction does not end well')
    }
  })
  await stage.hub.db.run(sql`update scopes set next_look_at = now() where ${hubId(tool, website.id)} = any(projects)`)
  await stage.turns.turn()
  stage.instead(null)
  const wrong = fell === 1 ? [] : [`${fell} pages were rolled back, not one`]
  for (const card of planted) {
    const state = await stage.life.look(card)
    if (state?.comments.length) wrong.push(`${card} was spoken on, though it was rolled back`)
  }
  return verdict(stage, {}, wrong)
}
