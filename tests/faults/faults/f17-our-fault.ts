/**
 * F17: something of ours throws while a tool tells us of a change. The tool sees 503, never a 4xx that would switch its
 * hook off; what was kept is worked on once the fault is mended.
 */
import { sql } from '../../../src/db/database.ts'
import { type Company, type Fault, inCompany, type Outcome, type Round, told, verdict } from '../rig/rig.ts'

export const ourFault: Fault = {
  id: 'F17',
  title: 'our own handler throws',
  needs: 'nothing',
  rounds: 10,
  short: 1,
  run: (rig, round) =>
    inCompany(rig, told(round), { serve: true }, (company) =>
      round.number % 2 === 0 ? whileKeeping(company, round) : whileWorking(company, round)
    )
}

const throws = () => {
  throw new Error('planted: a fault of ours')
}

async function whileKeeping({ stage, website }: Company, { random }: Round): Promise<Outcome> {
  const before = (await stage.standIn.deliveries()).length
  stage.instead({
    point: { at: 'statement', match: random.pick(['insert into inbox', 'from hooks']), nth: 1 },
    strike: throws
  })
  await stage.life.owe(website, 2)
  const told = (await stage.standIn.deliveries()).slice(before)
  stage.instead(null)
  const statuses = told.map(({ status }) => status)
  const refused = statuses.filter((status) => status !== null && status >= 300 && status !== 503)
  return verdict(stage, {}, [
    ...(statuses.includes(503) ? [] : [`nothing was put off: ${statuses.join()}`]),
    ...refused.map((status) => `the tool saw ${status}`)
  ])
}

async function whileWorking({ stage, website }: Company, { random }: Round): Promise<Outcome> {
  const point = {
    at: 'statement',
    match: random.pick(['\\btasks\\b', 'update inbox set']),
    nth: 1
  } as const
  await stage.life.owe(website, 2)
  const told = await stage.standIn.deliveries()
  stage.instead({ point, strike: throws })
  await stage.turns.turn()
  stage.instead(null)
  const [kept] = await stage.hub.db.rows<{ dead: number }>(
    sql`select count(*)::int as dead from inbox where state = 'dead'`
  )
  return verdict(stage, {}, [
    ...(stage.turns.errors.length > 0 ? [] : ['nothing threw']),
    ...(kept?.dead ? [`${kept.dead} deliveries were given up`] : []),
    ...told.filter(({ status }) => status !== null && status >= 300).map(({ status }) => `the tool saw ${status}`)
  ])
}
