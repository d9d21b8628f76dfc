/** A stand-in for Basecamp's HTTP API: routes, accounts, paging, conditional answers, limits on the shared machine. */
import { createHash } from 'node:crypto'
import type { Clock } from '../kit/clock.ts'
import { type Asked, type Reply, type Served, type StandIn, serveStandIn } from '../kit/server.ts'
import { Accounts, LAUNCHPAD } from './accounts.ts'
import { Deeds } from './deeds.ts'
import { Hooks } from './hooks.ts'
import { Limits } from './limits.ts'
import { isPaged, pageOf } from './paging.ts'
import { createPlanting } from './planting.ts'
import { notFound, Refused } from './refusal.ts'
import { Created, createRoutes, type Routes } from './routes.ts'
import { switches } from './switches.ts'
import { ACCOUNT, World } from './world.ts'

export const serveBasecamp = (options: {
  port: number
  clock: Clock
  limits: 'real' | 'off'
}): Promise<Served & { standIn: StandIn }> =>
  serveStandIn(options.port, options.clock, ({ clock, post, url }): StandIn => {
    const world = new World(clock)
    world.api = () => `${url()}/${ACCOUNT}`
    const hooks = new Hooks(world, post)
    const deeds = new Deeds(world, hooks)
    const accounts = new Accounts(world)
    const limits = new Limits(clock, options.limits)
    const find = router(createRoutes(world, deeds, hooks))

    function answer(asked: Asked): Reply {
      try {
        const ofLaunchpad = accounts.answer(asked)
        if (ofLaunchpad) return ofLaunchpad
        return found(asked, world.api())
      } catch (error) {
        if (error instanceof Refused) return refusal(error)
        if (error instanceof SyntaxError) return refusal(new Refused(400, 'The body is no JSON'))
        throw error
      }
    }

    function found(asked: Asked, base: string): Reply {
      const { method, query, headers, contentType } = asked
      if (!headers['user-agent'])
        throw new Refused(400, 'Please set a User-Agent header: https://github.com/basecamp/bc-api')
      const user = accounts.personOf(headers)
      limits.take()
      if (accounts.inactive) throw new Refused(404, { error: 'Not Found' }, { reason: 'Account Inactive' })
      const route = find(asked)
      if (!route) throw notFound()
      if (asked.body !== '' && method !== 'GET' && !contentType.includes('application/json')) {
        throw new Refused(415, 'Unsupported media type')
      }
      const body = asked.body === '' ? {} : JSON.parse(asked.body)
      const result = route.route({ ids: route.ids, query, body, user, base })
      if (result === undefined) return { status: 204, type: 'text', body: '' }
      if (result instanceof Created) return json(201, result.body)
      if (!isPaged(result)) return conditional(asked, json(200, result))
      const page = Math.max(1, Number(query.get('page') ?? 1) || 1)
      const { rows, last } = pageOf(result, page)
      const further = new URLSearchParams(query)
      further.set('page', String(page + 1))
      const link = `<${url()}${asked.path}?${further}>; rel="next"`
      const total = { 'x-total-count': String(result.rows.length), ...(last ? {} : { link }) }
      return conditional(
        asked,
        json(
          200,
          rows.map((row) => result.show(row)),
          total
        )
      )
    }

    return {
      clock,
      prefix: '',
      template: (asked) =>
        asked.path.startsWith(LAUNCHPAD) ? `${asked.method} ${asked.path.slice(1)}` : (find(asked)?.template ?? null),
      answer,
      limits,
      planting: createPlanting(world, deeds),
      switches: switches(world, accounts, hooks)
    }
  })

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  type: 'json',
  body: JSON.stringify(body),
  headers
})

const refusal = ({ status, body, headers }: Refused): Reply =>
  typeof body === 'string' ? { status, type: 'text', body, headers } : json(status, body, headers)

/** An answer that the caller has already is not sent again. */
function conditional({ headers }: Asked, reply: Reply): Reply {
  const etag = `W/"${createHash('sha256').update(reply.body).digest('hex').slice(0, 32)}"`
  const tagged = { ...reply.headers, etag }
  if (headers['if-none-match'] !== etag) return { ...reply, headers: tagged }
  return { status: 304, type: 'text', body: '', headers: tagged }
}

type Found = { template: string; ids: string[]; route: Routes[string] }

/** By method, the template with the fewest braces first; `.json` and a project in front may be left out. */
function router(routes: Routes): (asked: Asked) => Found | null {
  const open = (template: string) => template.split('{').length
  const known = Object.entries(routes)
    .map(([template, route]) => {
      const [method, path] = template.split(' ') as [string, string]
      return { template, route, method, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '(\\d+)')}$`) }
    })
    .sort((a, b) => open(a.template) - open(b.template))
  return ({ method, path }) => {
    if (!path.startsWith(`/${ACCOUNT}/`)) return null
    const asked = path.slice(ACCOUNT.length + 1).replace(/\.json$/, '')
    for (const form of [asked, asked.replace(/^\/buckets\/\d+/, '')]) {
      for (const one of known) {
        const match = one.method === method ? one.pattern.exec(form) : null
        if (match) return { template: one.template, route: one.route, ids: match.slice(1) }
      }
    }
    return null
  }
}
