/** F2: killed after the tool took our comment, before we stored its id. Reading back adopts it. */
import { sql } from '../../../src/db/database.ts'
import { until } from '../rig/life.ts'
import { type Fault, inCompany, verdict } from '../rig/rig.ts'

export const killedAfterComment: Fault = {
  id: 'F2',
  title: 'killed after the tool took our comment',
  needs: 'services',
  rounds: 10,
  short: 1,
  run: (rig, round) =>
    inCompany(rig, round, {}, async ({ stage, website }) => {
      const { random } = round
      const cards = random.between(1, 4)
      await stage.life.owe(website, cards)
      await stage.hub.db.run(sql`update scopes set next_look_at = now()`)
      const point = { at: 'answer', match: stage.tool.posting, nth: random.between(1, cards) } as const
      const worker = await stage.worker({ point })
      const killed = await until(20_000, () => worker.ended() === 'SIGKILL')
      return verdict(stage, {}, killed ? [] : [`the worker was never killed: ${worker.said()}`])
    })
}
