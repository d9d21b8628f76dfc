/**
 * Switches for tests and demos under `/_sandbox`. No credentials: the server listens on this machine only. Nothing done
 * here leaves a trace in a history, but for what `projects`, `tasks` and `comments` play as people do it.
 */
import type { ServerResponse } from 'node:http'
import type { FaultOrder } from './faults.ts'
import type { PersonDraft, ProjectDraft, TaskChange, TaskDraft } from './plant.ts'
import type { Rig } from './server.ts'

export interface Order {
  /** What follows the switch's name in the path. */
  rest: string | undefined
  query: URLSearchParams
  // biome-ignore lint/suspicious/noExplicitAny: orders come from our own tests, and a wrong one shows at once.
  body: any
}

/** By method and name: `POST boards`. What they return is the answer; nothing is `{"ok":true}`. */
export type Switches = Record<string, (order: Order) => unknown>

/** A switch that cannot be thrown: what is wrong with the order. */
export class BadOrder extends Error {
  override readonly name = 'BadOrder'
}

export type Admin = (
  method: string,
  path: string,
  query: URLSearchParams,
  body: string,
  response: ServerResponse
) => Promise<void>

export function createAdmin(rig: Rig): Admin {
  const switches: Switches = { ...common(rig), ...rig.standIn.switches }
  return async (method, path, query, body, response) => {
    const [, name, ...rest] = path.split('/')
    let status = 200
    let answer: unknown
    try {
      const order = switches[`${method} ${name}`]
      if (!order) throw new BadOrder(`no such switch: ${method} ${path}`)
      const asked = rest.length > 0 ? decodeURIComponent(rest.join('/')) : undefined
      answer = (await order({ rest: asked, query, body: body === '' ? {} : JSON.parse(body) })) ?? { ok: true }
    } catch (error) {
      status = 400
      answer = { error: error instanceof Error ? error.message : String(error) }
    }
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    response.end(JSON.stringify(answer))
  }
}

function common({ standIn, faults, recorder, post }: Rig): Switches {
  const { clock, limits, planting } = standIn
  const now = () => ({ now: new Date(clock.now()).toISOString() })
  return {
    'POST faults': ({ body }) => {
      if (typeof body.effect !== 'object') throw new BadOrder('a fault needs an effect')
      return faults.add(body as FaultOrder)
    },
    'GET faults': () => faults.list(),
    'DELETE faults': () => faults.clear(),

    'GET requests': ({ query }) => recorder.summary(Number(query.get('last') ?? 100)),
    'DELETE requests': () => recorder.clear(),
    'POST exchanges': ({ body }) => {
      recorder.keep = Number(body.keep ?? 500)
    },
    'GET exchanges': () => recorder.exchanges(),

    'POST clock': ({ body }) => {
      if (typeof body.now === 'string') clock.set(instant(body.now))
      if (typeof body.advanceMs === 'number') clock.set(clock.now() + body.advanceMs)
      return now()
    },
    'GET clock': now,
    'POST limits': ({ body }) => {
      if (body.mode !== 'real' && body.mode !== 'off') throw new BadOrder('mode is real or off')
      limits.mode = body.mode
      limits.reset()
    },

    // `again`: sends a parcel once more; `release`: sends what was held, in the order of these indices.
    'POST deliveries': async ({ body }) => {
      if (body.mode) post.mode = body.mode
      if (body.release) post.release(Array.isArray(body.release) ? body.release : undefined)
      if (typeof body.again === 'number') post.again(body.again)
      await post.idle()
    },
    'GET deliveries': async () => {
      await post.idle()
      return post.sent
    },

    'POST people': ({ body }) => each(body as PersonDraft, (one) => planting.person(one)),
    'POST projects': ({ body }) => each(body as ProjectDraft, (one) => planting.project(one)),
    'POST tasks': ({ body }) => each(body as TaskDraft, (one) => planting.task(one)),
    'PUT tasks': ({ rest, body }) => planting.change(rest ?? '', body as TaskChange),
    'GET tasks': async ({ rest }) => ({ task: await planting.look(rest ?? '') }),
    'POST comments': ({ rest, body }) => planting.comment(rest ?? '', body),
    'POST spoil': ({ rest, body }) => planting.spoil(rest ?? '', body),
    'POST access': ({ body }) => planting.access(String(body.project), body.allowed === true)
  }
}

/** One after the other: the order of what people do is part of it. */
async function each<D, R>(body: D | D[], plant: (draft: D) => R | Promise<R>): Promise<R | R[]> {
  if (!Array.isArray(body)) return plant(body)
  const planted: R[] = []
  for (const one of body) planted.push(await plant(one))
  return planted
}

function instant(text: string): number {
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new BadOrder(`no moment: ${text}`)
  return at
}
