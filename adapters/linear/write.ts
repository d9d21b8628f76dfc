/** What the hub changes on issues. Every write sets a value or makes something under an id of ours: twice is once. */
import { AdapterError, type Session } from '../../src/adapter.ts'
import type { Api } from './api.ts'
import { refusedInput } from './comments.ts'
import { uuidOf } from './uuid.ts'

type Due = { date: string } | { at: string } | null

export function createWrites(api: Api): NonNullable<Session['write']> {
  async function update(task: string, input: Parameters<Api['updateIssue']>[1]): Promise<void> {
    try {
      await api.updateIssue(task, input)
    } catch (error) {
      if (!refusedInput(error) || (await seen(task))) throw error
      throw new AdapterError('not_found', { status: error.status, code: error.code, cause: error })
    }
  }

  const seen = async (issue: string) => (await api.thread(issue, 1)).data.issues.nodes[0]

  return {
    move: (task, column) => update(task, { stateId: column }),
    due: (task, due) => update(task, { dueDate: day(due) }),
    /** An issue has one assignee: the last of those added takes the place of whoever was there. */
    async assign(task, { add, remove }) {
      const next = add.at(-1)
      if (next !== undefined) return update(task, { assigneeId: next })
      const issue = await seen(task)
      if (!issue) throw new AdapterError('not_found', { status: 200, code: 'no_issue' })
      if (issue.assignee && remove.includes(issue.assignee.id)) await update(task, { assigneeId: null })
    },
    async create(project, draft, key) {
      const id = uuidOf('issue', project, key)
      try {
        const { issueCreate } = (
          await api.createIssue({
            id,
            teamId: project,
            title: draft.title,
            description: draft.description,
            stateId: draft.column,
            assigneeId: draft.assignees[0] ?? null,
            dueDate: day(draft.due)
          })
        ).data
        return issueCreate.issue.id
      } catch (error) {
        if (refusedInput(error) && (await seen(id))) return id
        throw error
      }
    }
  }
}

/** Linear knows days only; a moment is due on its day in UTC. */
const day = (due: Due): string | null => (due === null ? null : 'date' in due ? due.date : due.at.slice(0, 10))
