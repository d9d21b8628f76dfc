/** Holds exchanges with ClickUp against its specification and the overlay. */
import { overlay } from '../../sandbox/clickup/overlay.ts'
import { type Check, checker } from '../helpers/spec.ts'

const PAGES = ['GET /v2/team/{team_Id}/task', 'GET /v2/list/{list_id}/task']
const TASKS = [...PAGES.map((page) => `${page} > tasks.*`), 'GET /v2/task/{task_id}', 'PUT /v2/task/{task_id}']

export const checkClickup: Check = checker({
  file: 'specs/clickup.openapi.json',
  overlay,
  closed: [
    ...PAGES,
    ...TASKS,
    'POST /v2/list/{list_id}/task',
    'GET /v2/user > user',
    'GET /v2/team > teams.*',
    'GET /v2/list/{list_id}',
    'GET /v2/team/{team_id}/space > spaces.*',
    'GET /v2/space/{space_id}/list > lists.*',
    'GET /v2/task/{task_id}/comment > comments.*',
    'POST /v2/task/{task_id}/comment',
    'PUT /v2/webhook/{webhook_id} > webhook'
  ],
  base: '/api'
})
