/** The monday stand-in: one GraphQL endpoint under `/v2`, and the token endpoints of `auth.monday.com`. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { BadOrder } from '../kit/admin.ts'
import { type Clock, createClock } from '../kit/clock.ts'
import { createGraphql, type Question } from '../kit/graphql.ts'
import { type Asked, type Reply, type Served, type StandIn, serveStandIn } from '../kit/server.ts'
import { createActs } from './acts.ts'
import { createHooks } from './hooks.ts'
import { createKeys } from './keys.ts'
import { createLimits } from './limits.ts'
import { createNodes } from './nodes.ts'
import { createOauth } from './oauth.ts'
import { createPaging } from './paging.ts'
import { createPlanting } from './planting.ts'
import { type Context, createResolvers } from './resolvers.ts'
import { type Token, World } from './world.ts'

export interface MondayOptions {
  /** 0 takes any free one. */
  port?: number
  limits?: 'real' | 'off'
  clock?: Clock
  /** The schema's file; the part of it that this stand-in plays by default. */
  schema?: string
}

const OWN_SCHEMA = new URL('./schema.graphql', import.meta.url)
const VERSION = '2026-10'

export async function serveMonday(options: MondayOptions = {}): Promise<Served & { standIn: StandIn }> {
  const clock = options.clock ?? createClock()
  const sdl = readFileSync(options.schema ?? OWN_SCHEMA, 'utf8')
  return serveStandIn(options.port ?? 0, clock, ({ post }) => {
    const world = new World(clock)
    const hooks = createHooks(world, post)
    const acts = createActs(world, hooks)
    const paging = createPaging(world)
    const nodes = createNodes(world, paging)
    const graphql = createGraphql<Context>(sdl, createResolvers({ world, acts, hooks, nodes, paging }))
    const limits = createLimits(clock, options.limits ?? 'real')
    const oauth = createOauth(world)
    const keys = createKeys(clock)

    return {
      clock,
      limits,
      prefix: '',
      template({ method, path, body }) {
        if (path !== '/v2') return path.startsWith('/auth.monday.com') ? `${method} ${path}` : null
        const question = questionIn(body)
        return question && graphql.nameOf(question)
      },
      answer: (asked) => oauth.answer(asked) ?? (asked.path === '/v2' ? asking(asked) : notFound()),
      planting: createPlanting(world, acts),
      switches: {
        /** How the rule "changed since" is taken: `works`, `empty` or `refused`. */
        'POST rule': ({ body }) => {
          paging.rule.mode = body.mode
        },
        'POST oauth': ({ body }) => Object.assign(oauth.flow, body),
        'POST daily': ({ body }) => limits.setDaily(Number(body.calls)),
        /** Sends webhooks that were not taken once more. */
        'POST retries': async () => {
          const sent = hooks.retry()
          await post.idle()
          return { sent }
        },
        /** A token of the app, as its consent screen gives one. */
        'POST tokens': () => {
          const token = randomBytes(24).toString('hex')
          world.tokens.set(token, { user: world.me.id, kind: 'app', ends: null })
          return { token }
        },
        /** Revokes a token. */
        'DELETE tokens': ({ rest }) => ({ revoked: world.tokens.delete(rest ?? '') }),
        /** Past planting: columns, groups, state as a test wants them; `subscribers: null` leaves none but the account. */
        'PUT boards': ({ rest, body: { subscribers, ...facts } }) => {
          const board = boardOf(rest)
          Object.assign(board, facts)
          if (subscribers === null) board.subscribers = new Set([world.me.id])
        },
        /** An entry of a board's activity log as nothing here writes it. */
        'POST logs': ({ rest, body }) => world.log(boardOf(rest), body.event, world.me.id, body.data)
      }
    } satisfies StandIn

    function boardOf(id: string | undefined) {
      const board = world.boards.get(id ?? '')
      if (!board) throw new BadOrder(`no such board: ${id}`)
      return board
    }

    async function asking(asked: Asked): Promise<Reply> {
      const given = String(asked.headers.authorization ?? '').replace(/^Bearer /, '')
      const token = world.tokens.get(given)
      if (!token || (token.ends !== null && token.ends <= clock.now())) return unauthenticated()
      const headers = () => ({ 'api-version': VERSION, ...limits.headers(given, token.kind) })
      const refused = limits.take()
      if (refused) return { ...refused, type: 'json', headers: { ...headers(), ...refused.headers } }
      const question = questionIn(asked.body)
      if (!question) return { status: 400, type: 'json', body: JSON.stringify({ errors: [{ message: 'no query' }] }) }
      const key = asked.headers['idempotency-key']
      const reply = await keys.once(`${given} ${asked.body}`, typeof key === 'string' ? key : null, () =>
        execute(question, given, token)
      )
      return { ...reply, headers: { ...headers(), ...reply.headers } }
    }

    async function execute(question: Question, given: string, token: Token): Promise<Reply> {
      const { document, errors } = graphql.prepare(question)
      if (!document) return json(200, { errors: errors.map((error) => error.toJSON()) })
      const context: Context = { token, cost: { points: 10 } }
      const result = await graphql.execute(question, document, context)
      const refused = limits.charge(given, token.kind, context.cost.points)
      if (refused) return { ...refused, type: 'json' }
      return json(200, { ...result, account_id: 18_888_528 })
    }
  })
}

const json = (status: number, body: unknown): Reply => ({ status, type: 'json', body: JSON.stringify(body) })

const notFound = (): Reply => ({ status: 404, type: 'text', body: 'Not Found' })

const unauthenticated = (): Reply =>
  json(401, { errors: [{ message: 'Not Authenticated', extensions: { code: 'NOT_AUTHENTICATED', status_code: 401 } }] })

function questionIn(body: string): Question | null {
  try {
    const question = JSON.parse(body) as Question
    return typeof question?.query === 'string' ? question : null
  } catch {
    return null
  }
}
