/** F28: Redis is emptied, restarts, or throws keys away. Nothing durable lived there: what is due is found again. */
import { until } from '../rig/life.ts'
import { openWire, type Wire } from '../rig/proxy.ts'
import type { Random } from '../rig/random.ts'
import { withRedis } from '../rig/redis.ts'
import { type Fault, inCompany, verdict } from '../rig/rig.ts'

export const redisAway: Fault = {
  id: 'F28',
  title: 'Redis emptied, restarted, evicting',
  needs: 'services',
  rounds: 6,
  run: async (rig, round) => {
    const server = new URL(rig.redis ?? '')
    await using wire = await openWire({ host: server.hostname, port: Number(server.port || 6379) })
    const env = { REDIS_URL: wire.through(server.href) }
    return await inCompany(rig, round, { serve: true }, async ({ stage, website }) => {
      const { random } = round
      const workers = await Promise.all([stage.worker({ env }), stage.worker({ env })])
      await stage.life.owe(website, 2)
      await harm(round.number, server.href, wire, random)
      await stage.life.owe(website, 1)
      await stage.life.deed(website, random)
      wire.mend()
      const outcome = await verdict(stage, { byWorkers: true, patienceMs: 90_000 })
      for (const worker of workers)
        if (worker.ended() !== null)
          outcome.wrong.push(`a worker ended with ${worker.ended()}: ${worker.said().slice(0, 300)}`)
      return outcome
    })
  }
}

async function harm(number: number, redis: string, wire: Wire, random: Random): Promise<void> {
  const kind = number % 3
  if (kind === 0) await withRedis(redis, (client) => client.flushdb())
  else if (kind === 1) {
    wire.refuse()
    wire.reset()
    await until(1_500, () => false)
  } else
    await withRedis(redis, async (client) => {
      for (const key of await client.keys('*')) if (random.chance(0.5)) await client.unlink(key)
    })
}
