/** A Redis database of the rig's own – number 12, whatever number the address names. It is emptied. */
import { Redis } from 'ioredis'

export interface OwnRedis extends AsyncDisposable {
  url: string
}

const NUMBER = 12

export async function openRedis(address: string): Promise<OwnRedis> {
  const url = new URL(address)
  url.pathname = `/${NUMBER}`
  await withRedis(url.href, (client) => client.flushdb())
  return {
    url: url.href,
    [Symbol.asyncDispose]: () => withRedis(url.href, async (client) => void (await client.flushdb()))
  }
}

export async function withRedis<T>(url: string, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url)
  try {
    return await work(client)
  } finally {
    await client.quit()
  }
}
