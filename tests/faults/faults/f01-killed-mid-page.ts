/** F1: a process is killed at a random point of a look. Another one finishes it, without a manual step. */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from '../../../src/db/database.ts'
import { until } from '../rig/life.ts'
import type { Point } from '../rig/points.ts'
import type { Random } from '../rig/random.ts'
import { type Fault, inCompany, verdict } from '../rig/rig.ts'
import type { Stage } from '../rig/stage.ts'

export const killedMidPage: Fault = {
  id: 'F1',
  title: 'killed in the middle of a page',
  needs: 'services',
  rounds: 50,
  short: 1,
  run: (rig, round) =>
    inCompany(rig, round, { alerts: false }, async ({ stage, website }) => {
      await stage.life.plant(website, round.random.between(40, 220), round.random)
      // A whole look, as on a first day: everything is read in pages.
      await stage.hub.db.run(sql`update scopes set swept_at = null, next_look_at = now()`)
      const point = somewhere(round.random)
      const worker = await stage.worker(point ? { point } : {})
      if (point === null) await sleep(round.random.between(0, 700))
      else await until(10_000, async () => worker.ended() !== null || (await allRead(stage)))
      worker.kill()
      await worker.gone(5_000)
      for (let deed = 0; deed < 3; deed++) await stage.life.deed(website, round.random)
      return verdict(stage)
    })
}

async function allRead({ hub }: Stage): Promise<boolean> {
  const [row] = await hub.db.rows<{ done: boolean }>(
    sql`select not exists (select 1 from scopes where swept_at is null) as done`
  )
  return row?.done ?? false
}

/** A statement about to run or just done, a commit, an answer just come; null: whenever it happens to be. */
function somewhere(random: Random): Point | null {
  return random.pick<() => Point | null>([
    () => ({ at: 'statement', match: '.', nth: random.between(10, 70) }),
    () => ({ at: 'done', match: '^(insert|update|delete)', nth: random.between(1, 30) }),
    () => ({ at: 'commit', match: 'update sync_runs', nth: random.between(1, 5) }),
    () => ({ at: 'answer', match: '.', nth: random.between(1, 6) }),
    () => null
  ])()
}
