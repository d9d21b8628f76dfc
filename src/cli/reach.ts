/**
 * How a verb reaches the hub: it opens the database itself, or – when a running hub holds the data folder – asks that
 * hub over HTTP. The verb cannot tell the difference.
 */
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import { COMMAND_LINE } from '../access/who.ts'
import { readConfig } from '../config.ts'
import { FolderHeld, readLock } from '../db/lock.ts'
import { type Hub, openHub } from '../hub.ts'
import { type Operation, Refusal } from '../operations/operation.ts'
import { perform } from '../operations/perform.ts'
import { releaseDeadLeases } from '../outbox/outbox.ts'

export interface Reach {
  /** Does it, here or there. Throws `Refusal` and the errors `explain` knows. */
  call<In extends z.ZodObject, Out extends z.ZodType>(
    operation: Operation<In, Out>,
    input: z.input<In>
  ): Promise<z.output<Out>>
  close(): Promise<void>
}

/** Opens the way to the hub; waits a little for another verb that is just finishing. */
export async function reach(): Promise<Reach> {
  const config = readConfig()
  for (let attempt = 0; ; attempt++) {
    try {
      const hub = await openHub(config)
      await releaseDeadLeases(hub)
      return local(hub)
    } catch (error) {
      if (!(error instanceof FolderHeld)) throw error
      const address = readLock(config.DATA_DIR)?.address
      if (address) return remote(address, error.holder.word)
      if (attempt >= 20) throw error
      await sleep(250)
    }
  }
}

export const local = (hub: Hub): Reach => ({
  call: async (operation, input) =>
    operation.output.parse(await perform(operation, { hub, jobs: null, who: COMMAND_LINE }, input)) as never,
  close: hub.close
})

const remote = (address: string, word: string): Reach => ({
  async call(operation, input) {
    const values = { ...(input as Record<string, unknown>) }
    const path = operation.path.replace(/:(\w+)/g, (_, name: string) => {
      const value = values[name]
      delete values[name]
      return encodeURIComponent(String(value))
    })
    const inBody = operation.method === 'POST' || operation.method === 'PUT'
    const query = inBody ? '' : `?${new URLSearchParams(entries(values))}`
    const answer = await ask(`${address}/api${path}${query}`, operation.method, word, inBody ? values : undefined)
    if (answer.status < 300) return answer.body as never
    const { error } = answer.body as { error?: { code?: string; message?: string } }
    throw new Refusal(422, error?.code ?? 'failed', error?.message ?? `The hub answered ${answer.status}.`)
  },
  close: async () => {}
})

/** A request that may take as long as a long sync takes: `fetch` would give up after five minutes. */
function ask(url: string, method: string, word: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const sent = body === undefined ? undefined : JSON.stringify(body)
    const headers = { authorization: `Bearer ${word}`, ...(sent ? { 'content-type': 'application/json' } : {}) }
    const asking = request(url, { method, headers }, (response) => {
      text(response).then((answer) => resolve({ status: response.statusCode ?? 0, body: JSON.parse(answer) }), reject)
    })
    asking.once('error', reject).end(sent)
  })
}

/** Lists are repeated: `project=a&project=b`. */
const entries = (values: Record<string, unknown>): [string, string][] =>
  Object.entries(values).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [value].flat().map((one) => [name, String(one)])
  )
