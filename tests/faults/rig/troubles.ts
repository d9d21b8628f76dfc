/** What goes wrong in a soak, one at a time: begun, left to do its harm for a while, ended. */
import { openWire, type Wire } from './proxy.ts'
import type { Random } from './random.ts'
import { withRedis } from './redis.ts'
import type { Stage } from './stage.ts'
import type { WorkerProcess } from './worker.ts'

export interface Scene {
  stage: Stage
  /** To PostgreSQL; null on the embedded database. */
  wire: Wire | null
  redis: string | null
  /** The worker that may be killed; null on the embedded database. */
  victim: WorkerProcess | null
}

export interface Trouble {
  name: string
  /** `services`: needs a worker or a wire. */
  needs: 'nothing' | 'services'
  begin(scene: Scene, random: Random): Promise<void> | void
  end(scene: Scene): Promise<void> | void
}

const TEN_MINUTES = 600_000

const ofTheTool = (name: string, effect: (random: Random) => object): Trouble => ({
  name,
  needs: 'nothing',
  begin: async ({ stage }, random) =>
    void (await stage.standIn.fault({ path: '.', probability: 0.5, effect: effect(random) })),
  end: ({ stage }) => stage.standIn.clearFaults()
})

const ofTheWire = (name: string, harm: (wire: Wire) => void): Trouble => ({
  name,
  needs: 'services',
  begin: ({ wire }) => void (wire && harm(wire)),
  end({ wire }) {
    wire?.reset()
    wire?.mend()
  }
})

const ofDeliveries = (name: string, mode: 'hold' | 'lose'): Trouble => ({
  name,
  needs: 'nothing',
  begin: async ({ stage }) => void (await stage.standIn.deliveries({ mode })),
  end: async ({ stage }) => void (await stage.standIn.deliveries({ mode: 'send', release: true }))
})

export const TROUBLES: readonly Trouble[] = [
  ofTheTool('the tool answers 5xx', (random) => ({ status: random.pick([500, 502, 503]), body: 'no' })),
  ofTheTool('the tool answers with a login page', () => ({
    status: 200,
    body: '<html>Sign in</html>',
    headers: { 'content-type': 'text/html' }
  })),
  ofTheTool('the tool hangs up with the answer', () => ({ drop: 'after' })),
  ofTheTool('the tool cuts its answers', (random) => ({ truncate: random.between(1, 200) })),
  ofTheTool('the tool is slow', (random) => ({ latencyMs: random.between(200, 1500) })),
  ofDeliveries('webhooks are held back', 'hold'),
  ofDeliveries('webhooks are lost', 'lose'),
  {
    name: 'our clock is off',
    needs: 'nothing',
    begin: ({ stage }, random) => stage.skew({ ours: random.pick([-TEN_MINUTES, TEN_MINUTES]) }),
    end: ({ stage }) => stage.skew({ ours: 0 })
  },
  {
    name: 'a worker is killed',
    needs: 'services',
    begin: async ({ victim }) => {
      victim?.kill()
      await victim?.gone(5_000)
    },
    end: () => {}
  },
  {
    name: 'a worker is held up',
    needs: 'services',
    begin: ({ victim }) => victim?.kill('SIGSTOP'),
    end: ({ victim }) => victim?.kill('SIGCONT')
  },
  ofTheWire('PostgreSQL restarts', (wire) => {
    wire.refuse()
    wire.reset()
  }),
  ofTheWire('PostgreSQL goes silent', (wire) => wire.silence()),
  ofTheWire('PostgreSQL is far away', (wire) => wire.delay(30)),
  {
    name: 'Redis is emptied',
    needs: 'services',
    begin: async ({ redis }) => void (redis && (await withRedis(redis, (client) => client.flushdb()))),
    end: () => {}
  }
]

export const wireTo = (url: string): Promise<Wire> => {
  const { hostname, port } = new URL(url)
  return openWire({ host: hostname, port: Number(port || 5432) })
}
