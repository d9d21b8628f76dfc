/**
 * F20: a crash after some pages, then the run goes on and concludes absences. Nothing of the pages before the crash is
 * taken for gone. A board that is truly empty and wholly read does lose its cards.
 */
import { sql } from '../../../src/db/database.ts'
import { until } from '../rig/life.ts'
import { type Company, type Fault, inCompany, type Outcome, type Round, verdict } from '../rig/rig.ts'

export const crashThenDeletionPass: Fault = {
  id: 'F20',
  title: 'a crash in a later page, then the deletion pass; a board that is empty',
  needs: 'nothing',
  rounds: 10,
  short: 1,
  run: (rig, round) =>
    inCompany(rig, round, { alerts: false, cards: 12 }, (company) =>
      rig.engine === 'postgres' && round.number % 2 === 0 ? crashed(company, round) : emptied(company)
    )
}

async function crashed({ stage, website }: Company, { random }: Round): Promise<Outcome> {
  await stage.life.plant(website, 230, random)
  await stage.drain()
  await stage.hub.db.run(sql`update scopes set swept_at = null, next_look_at = now()`)
  const point = { at: 'commit', match: 'update sync_runs set\\s+cursor', nth: random.between(2, 3) } as const
  const worker = await stage.worker({ point })
  const struck = await until(20_000, () => worker.ended() === 'SIGKILL')
  const outcome = await verdict(stage, {}, struck ? [] : [`the worker was never killed: ${worker.said()}`])
  const [once] = await stage.hub.db.rows<{ n: number }>(sql`
    select count(*)::int as n from task_versions where state ->> 'presence' in ('hidden', 'deleted')`)
  if (once?.n) outcome.wrong.push(`${once.n} cards were taken for gone for a while`)
  return outcome
}

async function emptied({ stage, website }: Company): Promise<Outcome> {
  const cards = stage.life.cards.get(website.id) ?? []
  for (const card of cards) await stage.standIn.change(card, { by: stage.life.people[0]!.id, deleted: true })
  return verdict(stage, { nights: 1 })
}
