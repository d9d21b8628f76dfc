/**
 * A process that asks a tool as often as its budget lets it: `reader.fixture.ts REDIS_URL NAMESPACE TOOL_URL REQUESTS`.
 * With 0 requests it takes the whole budget, says so, and keeps it.
 */
import type { Budget } from '../../src/adapter.ts'
import { sharedMeters } from '../../src/transport/sharedLog.ts'

const [redis = '', namespace = '', tool = '', requests = '0', now = ''] = process.argv.slice(2)
const options = now === '' ? {} : { now: () => Number(now) }
const meters = sharedMeters(redis, namespace, options)
const budget: Budget = { name: 'requests', scope: 'token', amount: 20, perMs: 1000 }
const meter = meters.meter('tool', budget, 'one token')

if (Number(requests) === 0) {
  await meter.take(budget.amount, 2)
  console.log('taken')
  setInterval(() => {}, 60_000)
} else {
  let left = Number(requests)
  const one = async () => {
    while (left-- > 0) {
      const giveBack = await meter.take(1, 2)
      await (await fetch(tool)).text()
      giveBack(true)
    }
  }
  await Promise.all(Array.from({ length: 5 }, one))
  await meters.close()
  console.log('done')
}
