import type { Host, Json } from '../../src/adapter.ts'

export interface Credentials {
  token: string
}

/** Tasks in one answer; the size is fixed (https://developer.clickup.com/reference/getfilteredteamtasks). */
export const PAGE = 100
/** Ids in one question after times in status (https://developer.clickup.com/reference/getbulktaskstimeinstatus). */
export const BULK = 100

export type Query = Record<string, string | number | boolean | readonly string[] | undefined>

/** Subtasks and finished tasks are left out unless they are asked for. */
const EVERY_TASK = { subtasks: true, include_closed: true, include_markdown_description: true }

export type Api = ReturnType<typeof createApi>

export function createApi(host: Host) {
  const get = (path: string, query: Query = {}) => host.fetch({ method: 'GET', path: withQuery(`/v2${path}`, query) })
  const send = (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: Json) =>
    host.fetch({ method, path: `/v2${path}`, ...(body === undefined ? {} : { body }) })

  return {
    // https://developer.clickup.com/reference/getauthorizeduser
    me: () => get('/user'),

    // https://developer.clickup.com/reference/getauthorizedteams
    teams: () => get('/team'),

    // https://developer.clickup.com/reference/getspaces
    spaces: (team: string) => get(`/team/${team}/space`, { archived: false }),

    // https://developer.clickup.com/reference/getfolders
    folders: (space: string, archived: boolean) => get(`/space/${space}/folder`, { archived }),

    // https://developer.clickup.com/reference/getfolderlesslists
    folderless: (space: string, archived: boolean) => get(`/space/${space}/list`, { archived }),

    // https://developer.clickup.com/reference/getlists
    listsOfFolder: (folder: string) => get(`/folder/${folder}/list`, { archived: false }),

    // https://developer.clickup.com/reference/sharedhierarchy
    shared: (team: string) => get(`/team/${team}/shared`),

    // https://developer.clickup.com/reference/getlist
    list: (list: string) => get(`/list/${list}`),

    // https://developer.clickup.com/reference/getlistmembers
    listMembers: (list: string) => get(`/list/${list}/member`),

    // https://developer.clickup.com/reference/getfilteredteamtasks
    teamTasks: (team: string, query: Query) => get(`/team/${team}/task`, { ...EVERY_TASK, ...query }),

    // https://developer.clickup.com/reference/gettasks – `archived=true` gives archived tasks and no others
    listTasks: (list: string, query: Query) => get(`/list/${list}/task`, { ...EVERY_TASK, ...query }),

    // https://developer.clickup.com/reference/gettask
    task: (task: string) => get(`/task/${encodeURIComponent(task)}`, { include_markdown_description: true }),

    // https://developer.clickup.com/reference/gettaskstimeinstatus
    timeInStatus: (task: string) => get(`/task/${encodeURIComponent(task)}/time_in_status`),

    // https://developer.clickup.com/reference/getbulktaskstimeinstatus
    timesInStatus: (tasks: string[]) => get('/task/bulk_time_in_status/task_ids', { task_ids: tasks }),

    // https://developer.clickup.com/reference/gettaskcomments
    comments: (task: string, before: { start: number; start_id: string } | null) =>
      get(`/task/${encodeURIComponent(task)}/comment`, { ...before }),

    // https://developer.clickup.com/reference/createtaskcomment
    postComment: (task: string, comment: Json) =>
      send('POST', `/task/${encodeURIComponent(task)}/comment`, { comment, notify_all: false }),

    // https://developer.clickup.com/reference/updatecomment
    editComment: (comment: string, runs: Json) => send('PUT', `/comment/${comment}`, { comment: runs }),

    // https://developer.clickup.com/reference/deletecomment
    removeComment: (comment: string) => send('DELETE', `/comment/${comment}`),

    // https://developer.clickup.com/reference/updatetask
    updateTask: (task: string, change: Json) => send('PUT', `/task/${encodeURIComponent(task)}`, change),

    // https://developer.clickup.com/reference/createtask
    createTask: (list: string, draft: Json) => send('POST', `/list/${list}/task`, draft),

    // https://developer.clickup.com/reference/getwebhooks
    webhooks: (team: string) => get(`/team/${team}/webhook`),

    // https://developer.clickup.com/reference/createwebhook
    createWebhook: (team: string, hook: Json) => send('POST', `/team/${team}/webhook`, hook),

    // https://developer.clickup.com/reference/updatewebhook
    updateWebhook: (webhook: string, hook: Json) => send('PUT', `/webhook/${webhook}`, hook),

    // https://developer.clickup.com/reference/deletewebhook
    removeWebhook: (webhook: string) => send('DELETE', `/webhook/${webhook}`)
  }
}

function withQuery(path: string, query: Query): string {
  const asked = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const one of value) asked.append(name, one)
    else if (value !== undefined) asked.append(name, String(value))
  }
  return asked.size > 0 ? `${path}?${asked}` : path
}
