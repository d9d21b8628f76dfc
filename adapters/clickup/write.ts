/** What the hub changes on tasks (https://developer.clickup.com/reference/updatetask). */
import { AdapterError, type Json, read, type Session, type TaskDraft } from '../../src/adapter.ts'
import type { Account } from './account.ts'
import type { Api } from './api.ts'
import { noonOf } from './days.ts'
import { columnId } from './normalize.ts'
import * as raw from './raw.ts'

export const createWrite = (api: Api, account: Account): NonNullable<Session['write']> => ({
  async move(task, column) {
    await api.updateTask(task, { status: await statusNamed(api, column) })
  },
  async due(task, due) {
    await api.updateTask(task, await dated(account, due))
  },
  async assign(task, { add, remove }) {
    await api.updateTask(task, { assignees: { add: add.map(personal), rem: remove.map(personal) } })
  },
  async create(list, draft) {
    const { title, description, column, assignees, due } = draft
    const made = await api.createTask(list, {
      name: title,
      ...(description === '' ? {} : { markdown_content: description }),
      status: await statusNamed(api, column),
      assignees: assignees.map(personal),
      ...(due === null ? {} : await dated(account, due))
    })
    return read(raw.Made, made).id
  }
})

/** ClickUp takes a status by its name, which may have changed since the column was read. */
async function statusNamed(api: Api, column: string): Promise<string> {
  const list = column.slice(0, column.indexOf(':'))
  const statuses = read(raw.List, await api.list(list)).statuses ?? []
  const status = statuses.find((one) => columnId(list, one) === column)
  if (status) return status.status
  throw new AdapterError('not_found', { code: 'no_such_column', path: 'column' })
}

/** Numbers, not texts; a date without a time goes as noon there, with the flag that says so. */
async function dated(account: Account, due: TaskDraft['due']): Promise<{ [key: string]: Json }> {
  if (due === null) return { due_date: null }
  if ('at' in due) return { due_date: Date.parse(due.at), due_date_time: true }
  const [zone = 'UTC'] = await account.zones()
  return { due_date: noonOf(due.date, zone), due_date_time: false }
}

function personal(id: string): number {
  if (/^-?\d{1,15}$/.test(id)) return Number(id)
  throw new AdapterError('not_found', { code: 'no_such_person', path: 'assignees' })
}
