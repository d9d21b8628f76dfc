/**
 * F22: a board is gone for good. F23: access to it is lost for a while. After two looks in a row its cards are hidden,
 * never deleted; rules stop, reports name it; with the access everything comes back.
 */
import { sql } from '../../../src/db/database.ts'
import { hubId } from '../../../src/model/task.ts'
import { collectRollup } from '../../../src/reports/rollup/collect.ts'
import { weekOf } from '../../../src/reports/rollup/week.ts'
import { type Company, type Fault, inCompany, verdict } from '../rig/rig.ts'
import { sweepSoon } from '../rig/strike.ts'

const MINUTE = 60_000

/** Takes the board away and lets the hub look: what is wrong after the first, and after the second look. */
async function takenAway({ stage, website }: Company): Promise<string[]> {
  const id = hubId(stage.tool.adapter.tool, website.id)
  const state = async () => {
    const [row] = await stage.hub.db.rows<
      Record<'present' | 'hidden' | 'deleted' | 'findings', number> & { lost: boolean }
    >(sql`
      select count(*) filter (where t.presence = 'present')::int as present, count(*) filter (where t.presence = 'hidden')::int as hidden,
        count(*) filter (where t.presence = 'deleted')::int as deleted,
        (select count(*)::int from findings f where f.project_id = p.id and f.closed_at is null) as findings, p.lost_at is not null as lost
      from projects p left join tasks t on t.project_id = p.id where p.id = ${id} group by p.id`)
    return row!
  }
  const look = async () => {
    await stage.hub.db.run(sql`update scopes set next_look_at = now() where ${id} = any(projects)`)
    await stage.turns.turn()
    await stage.advance(MINUTE)
  }
  const before = await state()
  await stage.standIn.access(website.id, false)
  await look()
  const wrong =
    (await state()).present === before.present
      ? []
      : [`one refusal hid ${before.present - (await state()).present} cards`]
  // Where one scope holds many boards, only the nightly sweep sees that one of them is missing.
  await sweepSoon(stage)
  for (let again = 0; again < 3; again++) await look()
  const after = await state()
  if (after.present > 0) wrong.push(`${after.present} cards are still shown`)
  if (after.deleted > before.deleted) wrong.push(`${after.deleted} cards were taken for deleted`)
  if (after.findings > 0) wrong.push(`${after.findings} findings are still open`)
  return wrong
}

export const boardGone: Fault = {
  id: 'F22',
  title: 'a board is deleted',
  needs: 'nothing',
  rounds: 5,
  short: 1,
  run: (rig, round) =>
    inCompany(rig, round, {}, async (company) => {
      const { stage, internal } = company
      const wrong = await takenAway(company)
      const now = stage.now()
      const facts = await collectRollup(stage.hub.db, {
        recipient: { name: 'Ops', zone: 'UTC', language: 'en' },
        schedule: null,
        week: weekOf(now, 'UTC'),
        projects: null,
        now,
        maxAgeMinutes: stage.hub.config.FACTS_MAX_AGE_MINUTES
      })
      if (!facts.leftOut.some(({ project }) => project === 'Website')) wrong.push('the report does not name the board')
      await stage.choose([internal])
      return verdict(stage, {}, wrong)
    })
}

export const accessLost: Fault = {
  id: 'F23',
  title: 'access to a board is lost and regained',
  needs: 'nothing',
  rounds: 5,
  run: (rig, round) =>
    inCompany(rig, round, {}, async (company) => {
      const wrong = await takenAway(company)
      await company.stage.standIn.access(company.website.id, true)
      return verdict(company.stage, { nights: 1 }, wrong)
    })
}
