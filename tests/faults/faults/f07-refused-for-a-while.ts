/**
 * F7: a tool answers 429 for ten minutes, with and without a word of when to come back. It is asked no more than once a
 * window, other accounts go on, and everything is finished after. F8: monday's day is used up in the morning: the board
 * is known to be too old to speak from, nothing is said from it, and it goes on at midnight.
 */
import { COMMAND_LINE } from '../../../src/access/who.ts'
import { connect } from '../../../src/connections/connect.ts'
import { chooseProjects } from '../../../src/connections/readers.ts'
import { sql } from '../../../src/db/database.ts'
import { hubId } from '../../../src/model/task.ts'
import { projects } from '../../../src/operations/projects/projects.ts'
import { Meters } from '../../../src/transport/budget.ts'
import { LIMITS } from '../../../src/transport/governedFetch.ts'
import { COLUMNS, column } from '../../contract/account.ts'
import { rigs } from '../../contract/rigs/index.ts'
import { startStandIn } from '../../helpers/standIn.ts'
import { type Company, type Fault, inCompany, type Outcome, type Round, verdict } from '../rig/rig.ts'
import type { Stage } from '../rig/stage.ts'
import { sweepSoon, takenForGone } from '../rig/strike.ts'

const MINUTE = 60_000
const TEN_MINUTES = 10 * MINUTE
const RETRY_AFTER = [null, '30', '600'] as const

export const refusedForAWhile: Fault = {
  id: 'F7',
  title: '429 for ten minutes, with and without Retry-After',
  needs: 'nothing',
  rounds: 15,
  run: (rig, round) => inCompany(rig, round, {}, (company) => whileRefused(company, round))
}

async function whileRefused({ stage, website }: Company, { random, number }: Round): Promise<Outcome> {
  waitOnTheRigsClock(stage)
  const other = rigs[(rigs.findIndex(({ adapter }) => adapter.tool === stage.tool.adapter.tool) + 1) % rigs.length]!
  await using neighbour = await startStandIn(other.adapter.tool, { now: stage.now() })
  const board = await neighbour.project({ name: 'Next door', columns: COLUMNS })
  await connect(stage.hub, {
    tool: other.adapter.tool,
    credentials: other.credentials,
    baseUrl: other.baseUrl(neighbour.url)
  })
  const boards = stage.life.projects.map(({ id }) => hubId(stage.tool.adapter.tool, id))
  const nextDoor = hubId(other.adapter.tool, board.id)
  await chooseProjects(stage.hub, [...boards, nextDoor])
  await stage.drain()
  for (let deed = 0; deed < 4; deed++) await stage.life.deed(website, random)
  const wait = RETRY_AFTER[Math.floor(number / rigs.length) % RETRY_AFTER.length]!
  await stage.standIn.fault({
    path: '.',
    effect: { status: 429, body: '{}', ...(wait === null ? {} : { headers: { 'retry-after': wait } }) }
  })
  await stage.standIn.forgetRequests()
  await sweepSoon(stage)
  const task = await neighbour.task({ project: board.id, column: column(board, 'Doing'), title: 'Meanwhile' })
  const began = Date.parse(stage.now())
  while (Date.parse(stage.now()) - began < TEN_MINUTES) {
    await stage.turns.turn()
    await stage.advance(MINUTE / 2)
    await neighbour.clock({ now: stage.now() })
  }
  const minutes = (Date.parse(stage.now()) - began) / MINUTE
  const { total } = await stage.standIn.requests(0)
  const window = wait === null ? LIMITS.refused : Number(wait) * 1_000
  const most = Math.ceil((minutes * MINUTE) / window) + 1
  const wrong =
    total > most ? [`${total} requests in ${Math.round(minutes)} minutes of refusal, at most ${most} windows`] : []
  if (total === 0) wrong.push('it was never asked')
  const met = await stage.hub.db.rows(sql`select 1 from tasks where id = ${hubId(other.adapter.tool, task)}`)
  if (met.length === 0) wrong.push('the account next door was not read meanwhile')
  wrong.push(...(await takenForGone(stage)))
  await stage.standIn.clearFaults()
  await chooseProjects(stage.hub, boards)
  return verdict(stage, { nights: 1 }, wrong)
}

/** Whoever waits for a budget or a second try moves the rig's clock on: nobody else does anything meanwhile. */
function waitOnTheRigsClock(stage: Stage): void {
  const wall = () => Date.parse(stage.now())
  stage.hub.meters = new Meters({ now: wall, wall, sleep: (ms) => stage.advance(ms) })
}

const HOUR = 60 * MINUTE

export const dayUsedUp: Fault = {
  id: 'F8',
  title: 'monday’s daily quota is used up in the morning',
  needs: 'nothing',
  rounds: 3,
  run: (rig, round) =>
    inCompany(rig, { ...round, tool: 'monday' }, { alerts: false }, async ({ stage, website }) => {
      waitOnTheRigsClock(stage)
      const { hub, standIn } = stage
      const id = hubId('monday', website.id)
      await stage.life.owe(website, 2)
      await stage.drain()
      await stage.advance(HOUR)
      await standIn.fault({
        path: '/v2 query',
        effect: {
          status: 429,
          headers: { 'content-type': 'application/json', date: new Date(Date.parse(stage.now())).toUTCString() },
          body: '{"errors":[{"message":"no","extensions":{"code":"DAILY_LIMIT_EXCEEDED","status_code":429}}]}'
        }
      })
      await sweepSoon(stage)
      await standIn.forgetRequests()
      await stage.pass(4 * HOUR)
      const { total } = await standIn.requests(0)
      const wrong = total > 3 ? [`${total} requests were made although the day was used up`] : []
      const freshness = async () =>
        (await projects.run({ hub, jobs: null, who: COMMAND_LINE }, {})).projects.find((project) => project.id === id)
          ?.freshness
      if (!(await freshness())?.tooOld) wrong.push('the board is not known to be too old to speak from')
      await hub.db.run(sql`update projects set alerts = true where id = ${id}`)
      await stage.pass(HOUR)
      const said = await hub.db.rows(sql`select 1 from notes where wanted is not null`)
      if (said.length > 0) wrong.push(`${said.length} notes speak from facts that are too old`)
      // Midnight UTC comes, and with it another day.
      await stage.pass(8 * HOUR + HOUR / 2)
      await standIn.clearFaults()
      await stage.pass(HOUR)
      if ((await freshness())?.tooOld) wrong.push('an hour into the new day the board has not been read')
      return verdict(stage, {}, wrong)
    })
}
