/**
 * F6: a slow worker is held up past its lease and another one takes over. When it goes on, what it still wants to write
 * is refused.
 */
import { sql } from '../../../src/db/database.ts'
import type { Point } from '../rig/points.ts'
import { type Fault, inCompany, verdict } from '../rig/rig.ts'

export const leaseExpires: Fault = {
  id: 'F6',
  title: 'the lease of a slow worker expires while it lives',
  needs: 'services',
  rounds: 10,
  short: 1,
  run: (rig, round) =>
    inCompany(rig, round, {}, async ({ stage, website }) => {
      const { random } = round
      await stage.life.owe(website, 3)
      await stage.hub.db.run(sql`update scopes set swept_at = null, next_look_at = now()`)
      const point = random.pick<Point>([
        { at: 'answer', match: stage.tool.listing, nth: 1 },
        { at: 'commit', match: 'update sync_runs', nth: random.between(1, 3) },
        { at: 'answer', match: stage.tool.posting, nth: 1 }
      ])
      const worker = await stage.worker({ point, signal: 'SIGSTOP' })
      if (!(await worker.stopped(20_000)))
        return { recoveryMs: 0, wrong: [`the worker was never held up at ${point.match}: ${worker.said()}`] }
      for (let deed = 0; deed < 3; deed++) await stage.life.deed(website, random)
      // Past every lease; the hub in this process takes over.
      await stage.advance(4 * 60_000)
      const meanwhile = await stage.drain()
      worker.kill('SIGCONT')
      await new Promise((done) => setTimeout(done, 1_000))
      const outcome = await verdict(stage, {}, meanwhile.left)
      return { ...outcome, recoveryMs: meanwhile.recoveryMs }
    })
}
