/** The Trello stand-in: its API is under `/1`, on the machine that all stand-ins share. */
import { type Clock, createClock } from '../kit/clock.ts'
import { type Asked, type Reply, type Served, type StandIn, serveStandIn } from '../kit/server.ts'
import { DEFAULT_ACCOUNT, keepAccount } from './accounts.ts'
import { createApi } from './api.ts'
import { createHooks } from './hooks.ts'
import { createLimits, NO_LIMITS } from './limits.ts'
import { createOauth } from './oauth.ts'
import { createPlanting } from './planting.ts'
import { createSwitches } from './switches.ts'
import { World } from './world.ts'

export interface TrelloOptions {
  /** 0 takes any free one. */
  port?: number
  limits?: 'real' | 'off'
  clock?: Clock
}

export async function serveTrello(options: TrelloOptions = {}): Promise<Served & { world: World }> {
  const clock = options.clock ?? createClock()
  const { url, close, standIn } = await serveStandIn(options.port ?? 0, clock, ({ post, recorder }) => {
    const world = new World(clock)
    const limits = createLimits(clock, options.limits ?? 'real')
    const hooks = createHooks(world, post)
    const api = createApi({ world, limits, hooks, inner: (template) => recorder.inner(template) })
    const people = createApi({ world, limits: NO_LIMITS, hooks, inner: () => {} })
    const oauth = createOauth(world)
    keepAccount(world, DEFAULT_ACCOUNT)

    return {
      world,
      clock,
      limits,
      prefix: '/1',
      template({ method, path }) {
        const match = api.match(method, path)
        return match && `${method} ${match.route.template}`
      },
      answer: (asked) => oauth(asked) ?? answered(asked),
      planting: createPlanting(world, people),
      switches: createSwitches(world)
    } satisfies StandIn & { world: World }

    async function answered({ method, path, query, headers, contentType, body }: Asked): Promise<Reply> {
      const client = String(headers['x-trello-client-identifier'] ?? '')
      const request = { method, path, query, authorization: headers.authorization, client, contentType, body }
      const outcome = await api.answer(request, api.match(method, path))
      return { ...outcome.reply, headers: outcome.headers }
    }
  })
  return { url, close, world: standIn.world }
}
