/** The calls that the stand-in answers, by the specification's own templates. */
import { written } from './days.ts'
import type { Deeds } from './deeds.ts'
import { type Hook, type Hooks, hookJson } from './hooks.ts'
import type { Listing } from './listing.ts'
import { bad, notAuthorised, notFound } from './refusal.ts'
import { runsOf } from './runs.ts'
import * as show from './serialise.ts'
import { timeInStatus } from './times.ts'
import { type Comment, type List, OWN_ID, type Status, type Task, type User, type World } from './world.ts'

export interface Call {
  /** What the template's braces stand for, in order. */
  ids: string[]
  query: URLSearchParams
  // biome-ignore lint/suspicious/noExplicitAny: bodies come from clients, and each route checks what it needs.
  body: any
  user: User
}

export type Routes = Record<string, (call: Call) => unknown>

export function createRoutes(world: World, deeds: Deeds, hooks: Hooks, listing: Listing): Routes {
  const team = ({ ids, user }: Call) => {
    const found = world.teams.get(ids[0]!)
    if (!found?.members.includes(user)) throw notAuthorised()
    return found
  }
  const space = (id: string) => world.spaces.get(id) ?? refuse(notFound('Space'))
  const sees = (list: List, user: User) =>
    !(list.denied && user.id === OWN_ID) && (user.role !== 4 || list.members.has(user.id))
  const list = (id: string, user: User): List => {
    const found = world.lists.get(id) ?? refuse(notFound('List'))
    return sees(found, user) ? found : refuse(notAuthorised())
  }
  const task = (id: string, user: User): Task => {
    const found = world.tasks.get(id)
    if (!found || found.deleted) throw notFound('Task')
    return sees(found.list, user) ? found : refuse(notAuthorised())
  }
  const comment = (id: string, user: User): Comment => {
    const found = world.comments.get(id) ?? refuse(notFound('Comment'))
    task(found.task.id, user)
    return found
  }
  const hook = (id: string, user: User): Hook => {
    const found = hooks.all.get(id)
    return found && found.user === user ? found : refuse(notFound('Webhook'))
  }
  const count = (one: List) => listing.count(one)
  const listsIn = (within: (one: List) => boolean, user: User, archived: boolean) =>
    [...world.lists.values()].filter((one) => within(one) && sees(one, user) && one.archived === archived)
  const isTrue = (query: URLSearchParams, name: string) => query.get(name) === 'true'
  const timeIn = (one: Task) => timeInStatus(one, world.clock.now())
  const mayTellTimes = () => (world.timeInStatus ? null : refuse(bad('Time in status is not enabled')))
  const person = (id: unknown) => world.users.get(Number(id)) ?? refuse(bad('User not found'))
  const status = (of: List, name: unknown): Status =>
    of.statuses.find((one) => one.status.toLowerCase() === String(name).toLowerCase()) ??
    refuse(bad('Status does not exist'))

  return {
    'GET /v2/user': ({ user }) => show.meJson(user),
    'GET /v2/team': ({ user }) => ({
      teams: [...world.teams.values()].filter((one) => one.members.includes(user)).map(show.teamJson)
    }),

    'GET /v2/team/{team_id}/space': (call) => {
      const of = team(call)
      const spaces = [...world.spaces.values()].filter((one) => one.team === of)
      const statuses = (id: string) => [...world.lists.values()].find((one) => one.space.id === id)?.statuses ?? []
      return {
        spaces: isTrue(call.query, 'archived') ? [] : spaces.map((one) => show.spaceJson(one, statuses(one.id)))
      }
    },
    'GET /v2/space/{space_id}/folder': ({ ids, query, user }) => {
      const of = space(ids[0]!)
      if (isTrue(query, 'archived')) return { folders: [] }
      const lists = listsIn((one) => one.space === of && one.folder !== null, user, false)
      return {
        folders: [...Map.groupBy(lists, (one) => one.folder!)].map(([folder, own]) => ({
          ...folder,
          orderindex: 0,
          override_statuses: false,
          hidden: false,
          space: { id: of.id, name: of.name, access: true },
          task_count: String(own.reduce((sum, one) => sum + count(one), 0)),
          archived: false,
          lists: own.map((one) => show.listJson(one, count(one)))
        }))
      }
    },
    'GET /v2/space/{space_id}/list': ({ ids, query, user }) => {
      const of = space(ids[0]!)
      const lists = listsIn((one) => one.space === of && one.folder === null, user, isTrue(query, 'archived'))
      return { lists: lists.map((one) => show.listJson(one, count(one))) }
    },
    'GET /v2/folder/{folder_id}/list': ({ ids, query, user }) => ({
      lists: listsIn((one) => one.folder?.id === ids[0], user, isTrue(query, 'archived')).map((one) =>
        show.listJson(one, count(one))
      )
    }),
    'GET /v2/team/{team_id}/shared': (call) => {
      team(call)
      return { shared: { tasks: [], lists: [], folders: [] } }
    },
    'GET /v2/list/{list_id}': ({ ids, user }) => {
      const found = list(ids[0]!, user)
      return show.wholeListJson(found, count(found))
    },
    'GET /v2/list/{list_id}/member': ({ ids, user }) => ({
      members: [...list(ids[0]!, user).members].map((id) => show.memberJson(world.users.get(id)!))
    }),

    'GET /v2/team/{team_Id}/task': (call) => {
      const of = team(call)
      const within = (one: List) => one.space.team === of && !one.archived && sees(one, call.user)
      const { tasks, last } = listing.page(`${of.id} ${call.user.id}`, within, false, call.query)
      const markdown = isTrue(call.query, 'include_markdown_description')
      return { tasks: tasks.map((one) => show.taskJson(one, markdown)), last_page: last }
    },
    'GET /v2/list/{list_id}/task': ({ ids, query, user }) => {
      const of = list(ids[0]!, user)
      const { tasks, last } = listing.page(of.id, (one) => one === of, isTrue(query, 'archived'), query)
      const markdown = isTrue(query, 'include_markdown_description')
      return { tasks: tasks.map((one) => show.taskJson(one, markdown)), last_page: last }
    },
    'GET /v2/task/{task_id}': ({ ids, query, user }) =>
      show.taskJson(task(ids[0]!, user), isTrue(query, 'include_markdown_description')),
    'GET /v2/task/{task_id}/time_in_status': ({ ids, user }) => mayTellTimes() ?? timeIn(task(ids[0]!, user)),
    'GET /v2/task/bulk_time_in_status/task_ids': ({ query, user }) => {
      mayTellTimes()
      const asked = query.getAll('task_ids')
      if (asked.length > 100) throw bad('Too many task ids')
      return Object.fromEntries(asked.map((id) => [id, timeIn(task(id, user))]))
    },
    'POST /v2/list/{list_id}/task': ({ ids, body, user }) => {
      const of = list(ids[0]!, user)
      if (typeof body.name !== 'string' || body.name === '') throw bad('Task name invalid')
      const made = deeds.make({
        list: of,
        status: body.status === undefined ? of.statuses[0]! : status(of, body.status),
        name: body.name,
        by: user,
        description: body.markdown_content ?? body.description ?? '',
        assignees: (body.assignees ?? []).map(person),
        tags: body.tags ?? [],
        priority: body.priority ?? null,
        due: written(body.due_date, body.due_date_time, user.timezone),
        start: written(body.start_date, body.start_date_time, user.timezone),
        points: body.points ?? null,
        estimate: body.time_estimate ?? null,
        parent: body.parent ? task(body.parent, user) : null
      })
      return show.taskJson(made, false)
    },
    'PUT /v2/task/{task_id}': ({ ids, body, user }) => {
      const found = task(ids[0]!, user)
      // All of it is looked at before any of it is done.
      const next = body.status === undefined ? null : status(found.list, body.status)
      const { add = [], rem = [] } = (body.assignees ?? {}) as { add?: unknown[]; rem?: unknown[] }
      const [added, removed] = [add.map(person), rem.map(person)]
      if (typeof body.due_date === 'string') throw bad('due_date should be a number')
      if (body.name !== undefined) deeds.rename(found, body.name, user)
      const description = body.markdown_content ?? body.description
      if (description !== undefined) deeds.describe(found, description.trim() === '' ? '' : description, user)
      if (body.assignees) {
        const kept = found.assignees.filter((one) => !removed.includes(one) && !added.includes(one))
        deeds.setAssignees(found, [...kept, ...added], user)
      }
      if (next) deeds.setStatus(found, next, user)
      if (body.priority !== undefined) deeds.setPriority(found, body.priority, user)
      if (body.due_date !== undefined)
        deeds.setDue(found, written(body.due_date, body.due_date_time, user.timezone), user)
      if (body.start_date !== undefined) {
        deeds.setStart(found, written(body.start_date, body.start_date_time, user.timezone), user)
      }
      if (body.archived !== undefined) deeds.setArchived(found, body.archived, user)
      return show.taskJson(found, false)
    },
    'DELETE /v2/task/{task_id}': ({ ids, user }) => {
      deeds.remove(task(ids[0]!, user))
      return undefined
    },

    'GET /v2/task/{task_id}/comment': ({ ids, query, user }) => {
      const all = task(ids[0]!, user).comments.toReversed()
      const last = query.get('start_id')
      // Both or none, as the vendor says.
      const from = last !== null && query.get('start') !== null ? all.findIndex((one) => one.id === last) + 1 : 0
      return { comments: all.slice(from, from + 25).map(show.commentJson) }
    },
    'POST /v2/task/{task_id}/comment': ({ ids, body, user }) => {
      const made = deeds.comment(task(ids[0]!, user), runsOf(body, world), user)
      return { id: made.id, hist_id: made.history, date: made.date }
    },
    'PUT /v2/comment/{comment_id}': ({ ids, body, user }) => {
      const found = comment(ids[0]!, user)
      if (body.comment !== undefined || body.comment_text !== undefined)
        deeds.editComment(found, runsOf(body, world), user)
      if (typeof body.resolved === 'boolean') found.resolved = body.resolved
      return {}
    },
    'DELETE /v2/comment/{comment_id}': ({ ids, user }) => {
      deeds.removeComment(comment(ids[0]!, user))
      return {}
    },

    'GET /v2/team/{team_id}/webhook': (call) => {
      const of = team(call)
      return {
        webhooks: [...hooks.all.values()].filter((one) => one.team === of && one.user === call.user).map(hookJson)
      }
    },
    'POST /v2/team/{team_id}/webhook': (call) => {
      const { body, user } = call
      if (!URL.canParse(body.endpoint ?? '')) throw bad('Endpoint not valid')
      const place = (key: string) => (body[key] == null ? null : String(body[key]))
      const made = hooks.add({
        team: team(call),
        user,
        endpoint: body.endpoint,
        events: eventsOf(body.events),
        place: {
          task_id: place('task_id'),
          list_id: place('list_id'),
          folder_id: place('folder_id'),
          space_id: place('space_id')
        }
      })
      return { id: made.id, webhook: hookJson(made) }
    },
    'PUT /v2/webhook/{webhook_id}': ({ ids, body, user }) => {
      const found = hook(ids[0]!, user)
      found.endpoint = body.endpoint ?? found.endpoint
      found.events = body.events === undefined ? ['*'] : eventsOf(body.events)
      if (body.status === 'active') found.health = { status: 'active', fail_count: 0 }
      return { id: found.id, webhook: hookJson(found) }
    },
    'DELETE /v2/webhook/{webhook_id}': ({ ids, user }) => {
      hooks.all.delete(hook(ids[0]!, user).id)
      return {}
    }
  }
}

function refuse(refusal: Error): never {
  throw refusal
}

const eventsOf = (events: unknown): string[] => (Array.isArray(events) ? events.map(String) : [String(events ?? '*')])
