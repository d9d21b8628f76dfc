/**
 * F10: 500, 502, time-outs, connections that break before or after the deed, half-open ones, slow bodies, JSON that ends
 * in the middle – on reading and on speaking. Tried again a bounded number of times; nothing is concluded from a part,
 * and nothing is said twice.
 */
import type { Effect } from '../../../sandbox/kit/faults.ts'
import { LIMITS } from '../../../src/transport/governedFetch.ts'
import { type Company, type Fault, inCompany, type Outcome, type Round, verdict } from '../rig/rig.ts'
import { sweptWhile } from '../rig/strike.ts'

/** Waiting for an answer, in milliseconds, while this fault is played. */
const PATIENCE_MS = 800
const USUAL_MS = LIMITS.timeout
/** Rounds that go on just now. */
let impatient = 0

const BROKEN: readonly Effect[] = [
  { status: 500, body: 'oops' },
  { status: 502, body: '<html>bad gateway</html>', headers: { 'content-type': 'text/html' } },
  { status: 503, body: '' },
  { drop: 'before' },
  { drop: 'after' },
  { truncate: 30 },
  { slowMs: 3 * PATIENCE_MS },
  { latencyMs: 3 * PATIENCE_MS },
  { hold: true }
]

export const brokenAnswers: Fault = {
  id: 'F10',
  title: '5xx, time-outs, resets, half-open, slow and truncated answers',
  needs: 'nothing',
  rounds: 45,
  async run(rig, round) {
    return inCompany(rig, round, {}, async (company) => {
      // Rounds are played side by side in one process: the last one to end gives the patience back.
      if (impatient++ === 0) LIMITS.timeout = PATIENCE_MS
      try {
        return await broken(company, round)
      } finally {
        if (--impatient === 0) LIMITS.timeout = USUAL_MS
      }
    })
  }
}

async function broken({ stage, website }: Company, { random, number }: Round): Promise<Outcome> {
  const effect = BROKEN[number % BROKEN.length]!
  for (let deed = 0; deed < 3; deed++) await stage.life.deed(website, random)
  // Now and then one more than the tries, so that the look fails; else it is mended on the way.
  const times = random.between(1, LIMITS.attempts + 2)
  const { wrong } = await sweptWhile(stage, { effect, nth: random.between(1, 2), times })
  await stage.life.owe(website, 2)
  await stage.standIn.fault({ path: stage.tool.posting, effect, times: random.between(1, 3) })
  const during = await stage.drain()
  await stage.standIn.clearFaults()
  const outcome = await verdict(stage, {}, [...wrong, ...during.left])
  return { ...outcome, recoveryMs: during.recoveryMs }
}
