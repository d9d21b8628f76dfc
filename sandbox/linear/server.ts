/** The Linear stand-in: GraphQL at `/graphql`, OAuth beside it. */
import { readFileSync } from 'node:fs'
import type { GraphQLError } from 'graphql'
import type { Clock } from '../kit/clock.ts'
import { createGraphql, type Question } from '../kit/graphql.ts'
import { type Asked, type Reply, type Served, type StandIn, serveStandIn } from '../kit/server.ts'
import { complexity } from './complexity.ts'
import type { Account } from './facts.ts'
import { createHooks } from './hooks.ts'
import { DEAREST, Limits } from './limits.ts'
import { createMutations } from './mutations.ts'
import { createOauth } from './oauth.ts'
import { createPlanting } from './planting.ts'
import { type Asker, createQueries } from './queries.ts'
import { refusal } from './refusal.ts'
import { createRelations } from './relations.ts'
import { createSwitches } from './switches.ts'
import { createWork } from './work.ts'
import { World } from './world.ts'

const OWN_SCHEMA = new URL('schema.graphql', import.meta.url)

export interface LinearOptions {
  port: number
  clock: Clock
  limits: 'real' | 'off'
  /** Files of the vendor's whole schema and of what is newer than it; none: the part the stand-in plays. */
  schema?: string[] | undefined
}

export async function serveLinear({
  port,
  clock,
  limits: mode,
  schema
}: LinearOptions): Promise<Served & { standIn: StandIn }> {
  const sdl = (schema?.length ? schema : [OWN_SCHEMA]).map((file) => readFileSync(file, 'utf8')).join('\n')
  return serveStandIn(port, clock, ({ post }): StandIn => {
    const world = new World(clock)
    const limits = new Limits(clock)
    limits.mode = mode
    const hooks = createHooks(world, post)
    const work = createWork(world, hooks.tell)
    const graphql = createGraphql<Asker>(sdl, {
      ...createQueries(world, createRelations(world)),
      ...createMutations(world, work)
    })
    const oauth = createOauth(world, hooks.revoked)

    /** An API key travels bare, an OAuth token as Bearer; the other way round neither is known. */
    function accountOf({ headers }: Asked): Account | null {
      const given = headers.authorization ?? ''
      const account = world.accounts.get(given.replace(/^Bearer /, ''))
      if (!account || given.startsWith('Bearer ') !== (account.by === 'oauth')) return null
      return account.until !== null && account.until <= world.clock.now() ? null : account
    }

    async function answer(asked: Asked): Promise<Reply> {
      const consent = oauth(asked)
      if (consent) return consent
      if (asked.path !== '/graphql' || asked.method !== 'POST')
        return { status: 404, type: 'text', body: `Cannot ${asked.method} ${asked.path}` }
      const account = accountOf(asked)
      const user = account && world.users.get(account.userId)
      if (!user) return errors(401, [refusal('authentication error', 'Authentication required, not authenticated')])
      const question = questionOf(asked.body)
      if (!question) return errors(400, [refusal('graphql error', 'POST body missing')])
      const prepared = graphql.prepare(question)
      if (prepared.errors)
        return errors(
          400,
          prepared.errors.map(({ message }) => refusal('graphql error', message))
        )
      const points = complexity(graphql.schema, prepared.document, question.variables ?? {})
      if (points > DEAREST)
        return errors(400, [refusal('invalid input', `Query too complex: ${points} of at most ${DEAREST}`)])
      const free = limits.take(account, points)
      const headers = limits.headers(account, points)
      if (!free) return errors(400, [refusal('ratelimited', 'Rate limit exceeded')], headers)
      const result = await graphql.execute(question, prepared.document, { user })
      return { status: 200, type: 'json', body: JSON.stringify(result), headers }
    }

    return {
      clock,
      prefix: '',
      template(asked) {
        if (asked.path !== '/graphql') return `${asked.method} ${asked.path}`
        const question = questionOf(asked.body)
        return question && graphql.nameOf(question)
      },
      answer,
      limits,
      planting: createPlanting(world, work),
      switches: createSwitches(world, hooks)
    }
  })
}

function questionOf(body: string): Question | null {
  try {
    const question = JSON.parse(body) as Question | null
    return typeof question?.query === 'string' ? question : null
  } catch {
    return null
  }
}

const errors = (status: number, told: readonly GraphQLError[], headers: Record<string, string> = {}): Reply => ({
  status,
  type: 'json',
  body: JSON.stringify({ errors: told.map((error) => error.toJSON()) }),
  headers
})
