/**
 * F19: our clock, or the tool's, is ten minutes off. Nothing is missed, nobody looks without end, and how long a card
 * has stood is counted by the tool's clock.
 */
import { sql } from '../../../src/db/database.ts'
import { hubId } from '../../../src/model/task.ts'
import { column } from '../../contract/account.ts'
import { type Fault, inCompany, verdict } from '../rig/rig.ts'

const TEN_MINUTES = 600_000
const APART = [
  { ours: TEN_MINUTES },
  { ours: -TEN_MINUTES },
  { tool: TEN_MINUTES },
  { tool: -TEN_MINUTES },
  { ours: TEN_MINUTES, tool: -TEN_MINUTES }
] as const
const HOUR = 3_600_000

export const clocksApart: Fault = {
  id: 'F19',
  title: 'our clock or the tool’s is ten minutes off',
  needs: 'nothing',
  rounds: 10,
  run: (rig, round) =>
    inCompany(rig, round, { ahead: APART[round.number % APART.length]! }, async ({ stage, website }) => {
      const { random } = round
      const card = (await stage.life.plant(website, 1, random))[0] as string
      const { left } = await stage.drain()
      for (let deed = 0; deed < 8; deed++) {
        await stage.life.deed(website, random)
        await stage.advance(20_000)
      }
      const movedAt = await stage.standIn.clock()
      const state = await stage.life.look(card)
      const columns = [column(website, 'To do'), column(website, 'Doing')]
      const into = state?.column === columns[0] ? columns[1]! : columns[0]!
      await stage.standIn.change(card, { by: stage.life.people[0]!.id, column: into })
      const outcome = await verdict(stage, {}, left)
      const [task] = await stage.hub.db.rows<{ entered: string }>(
        sql`select entered_column_at as entered from tasks where id = ${hubId(round.tool, card)}`
      )
      const off = Math.abs(Date.parse(task?.entered ?? '') - Date.parse(movedAt))
      if (!(off <= 60_000))
        outcome.wrong.push(`${card} entered its column ${Math.round(off / 1000)} s off the tool's clock`)
      outcome.wrong.push(...(await looksInAnHour()))
      return outcome

      async function looksInAnHour(): Promise<string[]> {
        const before = stage.now()
        for (let ms = 0; ms < HOUR; ms += 120_000) {
          await stage.advance(120_000)
          await stage.turns.turn()
        }
        const looks = await stage.hub.db.rows<{ scope: string; n: number }>(sql`
          select scope_id as scope, count(*)::int as n from sync_runs where started_at >= ${before}::timestamptz
          group by scope_id having count(*) > 61`)
        return looks.map(({ scope, n }) => `${scope} was looked at ${n} times in an hour in which nothing happened`)
      }
    })
}
