/** F4: two workers, a webhook, a sweep and the server's own process on the same cards at once. One comment each. */
import { sql } from '../../../src/db/database.ts'
import { type Fault, inCompany, verdict } from '../rig/rig.ts'

export const allAtOnce: Fault = {
  id: 'F4',
  title: 'two workers, a webhook and a sweep on one card at once',
  needs: 'services',
  rounds: 6,
  run: (rig, round) =>
    inCompany(
      rig,
      round,
      { serve: true, cards: 2, env: { REDIS_URL: rig.redis ?? '' } },
      async ({ stage, website }) => {
        const { random } = round
        await Promise.all([stage.worker(), stage.worker()])
        for (let burst = 0; burst < 3; burst++) {
          const [card] = await stage.life.plant(website, 1, random)
          await Promise.all([
            stage.standIn.change(card as string, { by: stage.life.people[0]!.id, title: `Wanted by all ${burst}` }),
            stage.hub.db.run(sql`update scopes set swept_at = null, next_look_at = now()`),
            stage.turns.turn()
          ])
          await Promise.all([stage.turns.turn(), stage.standIn.deliveries()])
        }
        return verdict(stage, { byWorkers: true })
      }
    )
}
