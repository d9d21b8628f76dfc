/** A stand-in for ClickUp's HTTP API: routes, accounts, limits and switches on the shared machine. */
import type { Switches } from '../kit/admin.ts'
import { BadOrder } from '../kit/admin.ts'
import type { Clock } from '../kit/clock.ts'
import { type Asked, type Reply, type Served, type StandIn, serveStandIn } from '../kit/server.ts'
import { Accounts } from './accounts.ts'
import { Deeds } from './deeds.ts'
import { Hooks } from './hooks.ts'
import { Limits } from './limits.ts'
import { Listing } from './listing.ts'
import { createPlanting, statusesOf } from './planting.ts'
import { Refused } from './refusal.ts'
import { createRoutes, type Routes } from './routes.ts'
import { World } from './world.ts'

export interface ClickupStandIn extends StandIn {
  world: World
}

export const serveClickup = (options: {
  port: number
  clock: Clock
  limits: 'real' | 'off'
}): Promise<Served & { standIn: ClickupStandIn }> =>
  serveStandIn(options.port, options.clock, ({ clock, post }): ClickupStandIn => {
    const world = new World(clock)
    const hooks = new Hooks(world, post)
    const deeds = new Deeds(world, hooks)
    const accounts = new Accounts(world)
    const limits = new Limits(clock, options.limits)
    const routes = createRoutes(world, deeds, hooks, new Listing(world))
    const find = router(routes)

    function answer(asked: Asked): Reply {
      let headers: Record<string, string> = {}
      try {
        if (asked.path === AUTHORIZE) return accounts.authorize(asked)
        if (TOKEN.test(asked.path) && asked.method === 'POST') return json(200, accounts.token(asked))
        const { user, token } = accounts.userOf(asked.headers)
        const taken = limits.take(token)
        headers = taken.headers
        if (!taken.allowed) return json(429, { err: 'Rate limit reached' }, headers)
        const found = find(asked)
        if (!found) return json(404, { err: 'Route not found', ECODE: 'SANDBOX_404' }, headers)
        const body = asked.body === '' ? {} : JSON.parse(asked.body)
        const result = found.route({ ids: found.ids, query: asked.query, body, user })
        return result === undefined ? { ...json(204, ''), body: '', headers } : json(200, result, headers)
      } catch (error) {
        if (error instanceof Refused) return json(error.status, { err: error.message, ECODE: error.code }, headers)
        if (error instanceof SyntaxError) return json(400, { err: 'Body is no JSON', ECODE: 'SANDBOX_400' }, headers)
        throw error
      }
    }

    return {
      world,
      clock,
      // OAuth lives on other hosts of the tool, which a stand-in answers below its own address.
      prefix: '',
      template: (asked) =>
        asked.path === AUTHORIZE
          ? 'GET app.clickup.com/api'
          : TOKEN.test(asked.path)
            ? `${asked.method} /v2/oauth/token`
            : (find(asked)?.template ?? null),
      answer,
      limits,
      planting: createPlanting(world, deeds),
      switches: switches(world, accounts, hooks)
    }
  })

const AUTHORIZE = '/app.clickup.com/api'
const TOKEN = /^(\/api\.clickup\.com)?\/api\/v2\/oauth\/token$/
const BASE = '/api'

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  type: 'json',
  body: JSON.stringify(body),
  headers
})

type Found = { template: string; ids: string[]; route: Routes[string] }

/** By method and number of segments, the template with the fewest braces first. */
function router(routes: Routes): (asked: Asked) => Found | null {
  const open = (template: string) => template.split('{').length
  const known = Object.entries(routes)
    .map(([template, route]) => {
      const [method, path] = template.split(' ') as [string, string]
      return { template, route, method, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '([^/]+)')}$`) }
    })
    .sort((a, b) => open(a.template) - open(b.template))
  return ({ method, path }) => {
    if (!path.startsWith(`${BASE}/`)) return null
    for (const one of known) {
      const match = one.method === method ? one.pattern.exec(path.slice(BASE.length)) : null
      if (match) return { template: one.template, route: one.route, ids: match.slice(1).map(decodeURIComponent) }
    }
    return null
  }
}

/** Of this tool alone. */
function switches(world: World, accounts: Accounts, hooks: Hooks): Switches {
  const list = (id: string | undefined) => {
    const found = world.lists.get(id ?? '')
    if (!found) throw new BadOrder(`no such list: ${id}`)
    return found
  }
  return {
    /** `{"timeInStatus"?: false}`: the ClickApp is switched off. `{"newestFirst"?: true}`: `reverse` changes nothing. */
    'POST features': ({ body }) => {
      if (body.timeInStatus !== undefined) world.timeInStatus = body.timeInStatus === true
      if (body.newestFirst !== undefined) world.newestFirst = body.newestFirst === true
      world.version += 1
    },
    /** `{"name": "…", "workspace"?: "…", "private"?: true}`: a space, in a workspace of its own if one is named. */
    'POST spaces': ({ body }) => {
      const named = [...world.teams.values()].find(({ name }) => name === body.workspace)
      const team = body.workspace === undefined ? world.home.team : (named ?? world.addTeam(body.workspace))
      return { id: world.addSpace(team, body.name, body.private === true).id, team: team.id }
    },
    /** `{"space"?, "folder"?, "name"?, "archived"?, "columns"?}`: moves or changes a list behind everyone's back. */
    'PUT lists': ({ rest, body }) => {
      const one = list(rest)
      if (body.name !== undefined) one.name = body.name
      if (body.archived !== undefined) one.archived = body.archived
      if (body.space !== undefined) one.space = world.spaces.get(body.space) ?? one.space
      if (body.folder !== undefined) one.folder = { id: world.id('folder'), name: body.folder }
      if (body.columns !== undefined) one.statuses.push(...statusesOf(`${one.id}x`, body.columns))
      if (body.rename !== undefined) {
        for (const status of one.statuses) if (status.status === body.rename.from) status.status = body.rename.to
      }
      world.version += 1
      return { columns: Object.fromEntries(one.statuses.map(({ id, status }) => [status, `${one.id}:${id}`])) }
    },
    'POST revoke': ({ body }) => accounts.revoke(String(body.token)),
    'GET hooks': () =>
      [...hooks.all.values()].map(({ id, endpoint, events, place, health }) => ({
        id,
        endpoint,
        events,
        place,
        health
      }))
  }
}
