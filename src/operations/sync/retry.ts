/** What was given up or set aside, tried again because somebody says so. */
import { z } from 'zod'
import { sql } from '../../db/database.ts'
import { followUp } from '../../jobs/line.ts'
import { retryDead } from '../../outbox/outbox.ts'
import { retrySetAside } from '../../sync/refetch.ts'
import { retryDeliveries } from '../../webhooks/inbox.ts'
import { operation, Refusal } from '../operation.ts'
import { findProject } from '../projects/projects.ts'

export const retryOutbox = operation({
  id: 'retryOutbox',
  right: 'tend',
  method: 'POST',
  path: '/outbox/:id/retry',
  tag: 'Health',
  summary: 'Try a dead or unclear delivery again',
  input: z.object({ id: z.coerce.number().int() }),
  output: z.object({ retried: z.boolean() }),
  changes: { subject: ({ id }) => `delivery ${id}` },
  async run({ hub, jobs }, { id }) {
    if (!(await retryDead(hub.db, id)))
      throw new Refusal(404, 'no_delivery', `There is no dead or unclear delivery ${id}.`)
    await jobs?.wake({ kind: 'deliver', id: 'all' })
    return { retried: true }
  }
})

export const retryInbox = operation({
  id: 'retryInbox',
  right: 'tend',
  method: 'POST',
  path: '/inbox/retry',
  tag: 'Health',
  summary: 'Work again on what tools told us and was given up',
  input: z.object({
    id: z.coerce.number().int().optional().describe('One delivery; all that were given up when absent')
  }),
  output: z.object({ retried: z.number() }),
  changes: { subject: ({ id }) => (id === undefined ? null : `delivery ${id}`) },
  async run({ hub, jobs }, { id }) {
    const retried = await retryDeliveries(hub.db, id ?? null)
    if (id !== undefined && retried === 0)
      throw new Refusal(404, 'no_delivery', `There is no delivery ${id} that was given up.`)
    await jobs?.wake({ kind: 'inbox', id: 'all' })
    return { retried }
  }
})

const SetAside = z
  .object({
    task: z.string(),
    project: z.string(),
    projectName: z.string().nullable(),
    title: z.string().nullable(),
    path: z.string().describe('Where in the card’s JSON it is wrong'),
    reason: z.string(),
    since: z.string()
  })
  .meta({ id: 'SetAside' })

export const setAside = operation({
  id: 'setAside',
  right: 'tend',
  method: 'GET',
  path: '/quarantine',
  tag: 'Health',
  summary: 'Cards that could not be understood, with the place that is wrong; the newest first',
  input: z.object({
    project: z.string().optional().describe('Id or name; all when absent'),
    limit: z.coerce.number().int().min(1).max(500).default(100)
  }),
  output: z.object({ cards: z.array(SetAside) }),
  async run({ hub, who }, { project: word, limit }) {
    const only = word === undefined ? null : (await findProject(hub.db, word, who)).id
    return {
      cards: await hub.db.rows<z.infer<typeof SetAside>>(sql`
        select q.task_id as task, q.project_id as project, p.name as "projectName", q.title, q.path, q.reason, q.since
        from quarantine q left join projects p on p.id = q.project_id
        where ${only}::text is null or q.project_id = ${only} order by q.since desc, q.task_id limit ${limit}`)
    }
  }
})

export const retryCards = operation({
  id: 'retryCards',
  right: 'tend',
  method: 'POST',
  path: '/quarantine/retry',
  tag: 'Health',
  summary: 'Read cards again that were set aside',
  input: z.object({ project: z.string().optional().describe('Id or name; all when absent') }),
  output: z.object({
    read: z.number().describe('Understood now'),
    setAside: z.number().describe('Still not understood')
  }),
  changes: { subject: ({ project }) => (project === undefined ? null : `project ${project}`) },
  async run({ hub, jobs, who }, { project: word }) {
    const only = word === undefined ? null : (await findProject(hub.db, word, who)).id
    const { read, setAside, projects } = await retrySetAside(hub, only)
    if (read > 0) await followUp(hub, { projects }, jobs)
    return { read, setAside }
  }
})
