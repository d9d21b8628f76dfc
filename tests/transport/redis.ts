/** A Redis database for these tests alone, and a way to it that can be cut or go silent. */
import { createServer, connect as dial, type Socket } from 'node:net'
import { Redis } from 'ioredis'

export const onRedis = Boolean(process.env.REDIS_URL)

/** Database 13 of whatever REDIS_URL names. */
export const REDIS = (() => {
  const url = new URL(process.env.REDIS_URL || 'redis://127.0.0.1:6379')
  url.pathname = '/13'
  return url.href
})()

async function redis<T>(ask: (client: Redis) => Promise<T>, url = REDIS): Promise<T> {
  const client = new Redis(url)
  try {
    return await ask(client)
  } finally {
    client.disconnect()
  }
}

/** As if Redis had been flushed, for one namespace alone: other tests run beside this one. */
export const emptied = (namespace: string, url = REDIS): Promise<unknown> =>
  redis(
    (client) =>
      client.eval(
        "for _, key in ipairs(redis.call('KEYS', '*' .. ARGV[1] .. '*')) do redis.call('DEL', key) end",
        0,
        namespace
      ),
    url
  )

export interface Way extends AsyncDisposable {
  url: string
  /** `cut`: connections break and none is taken; `silent`: nothing comes through any more. */
  be(state: 'open' | 'cut' | 'silent'): void
  /** How many are connected. */
  connections(): number
}

export async function wayToRedis(): Promise<Way> {
  const real = new URL(REDIS)
  let state: 'open' | 'cut' | 'silent' = 'open'
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    if (state === 'cut') return void near.destroy()
    const far = dial(Number(real.port || 6379), real.hostname)
    for (const [from, to] of [
      [near, far],
      [far, near]
    ] as const) {
      sockets.add(from)
      from.on('data', (bytes) => state === 'open' && to.write(bytes))
      from.on('error', () => {})
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
    }
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as { port: number }
  const breakAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `redis://127.0.0.1:${port}/13`,
    be(next) {
      // What was swallowed would leave half a command behind.
      if (next === 'cut' || state === 'silent') breakAll()
      state = next
    },
    // Each has two ends here.
    connections: () => sockets.size / 2,
    async [Symbol.asyncDispose]() {
      breakAll()
      await new Promise((closed) => server.close(closed))
    }
  }
}
