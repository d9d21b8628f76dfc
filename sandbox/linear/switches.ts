/** Switches of this tool alone, under `/_sandbox`. */
import { BadOrder, type Switches } from '../kit/admin.ts'
import type { createHooks } from './hooks.ts'
import type { World } from './world.ts'

export const createSwitches = (world: World, hooks: ReturnType<typeof createHooks>): Switches => ({
  // Changes so soon after an issue was made are not logged: `{"minutes": 3}`.
  'POST unlogged': ({ body }) => {
    world.unloggedMs = Number(body.minutes) * 60_000
  },
  // Sends again the webhooks that are due.
  'POST retries': () => ({ sent: hooks.retry() }),
  // Puts an issue into a project and a cycle of Linear's own: `{"project": "Launch", "cycle": {"number": 4}}`.
  'PUT placed': ({ rest, body }) => {
    const issue = world.issues.get(rest ?? '')
    if (!issue) throw new BadOrder(`no issue ${rest}`)
    if (body.project) issue.projectId = world.project(String(body.project)).id
    if (body.cycle) issue.cycleId = world.cycle(issue.teamId, Number(body.cycle.number), body.cycle.name ?? null).id
  },
  // The account may do what admins may: `{"admin": false}`.
  'POST rights': ({ body }) => {
    world.me.admin = body.admin === true
  },
  // For good, without a trace: `DELETE issues/{id}`.
  'DELETE issues': ({ rest }) => {
    const issue = world.issues.get(rest ?? '')
    if (!issue) throw new BadOrder(`no issue ${rest}`)
    world.drop(issue)
  }
})
