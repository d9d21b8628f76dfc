/** Comments of an issue, read and written. A comment of ours has an id of our own, so that posting twice makes one. */
import { AdapterError, type Session } from '../../src/adapter.ts'
import type { CommentFacts } from '../../src/model/task.ts'
import { type Api, PAGE } from './api.ts'
import { markdown } from './markdown.ts'
import * as normalize from './normalize.ts'
import type * as raw from './raw.ts'
import { uuidOf } from './uuid.ts'

export function createComments(api: Api): Session['comments'] {
  /** Linear says "invalid input" of an issue or comment we do not see as of everything else: looking settles which. */
  async function notFoundElse(error: unknown, task: string, comment: string): Promise<never> {
    if (!refusedInput(error)) throw error
    const { issues, comments } = (await api.comment(task, comment)).data
    const gone = issues.nodes.length === 0 || comments.nodes.length === 0
    throw gone ? new AdapterError('not_found', { status: error.status, code: error.code, cause: error }) : error
  }

  return {
    async list(task, limit = 50) {
      const { issues, comments } = (await api.thread(task, Math.min(limit, PAGE))).data
      if (issues.nodes.length === 0) throw new AdapterError('not_found', { status: 200, code: 'no_issue' })
      return comments.nodes
        .map((one) => normalize.comment(one, task))
        .filter((one) => one !== null)
        .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
    },
    async post(task, body, key) {
      const id = uuidOf('comment', task, key)
      try {
        const { commentCreate } = (await api.postComment({ id, issueId: task, body: markdown(body) })).data
        return read(commentCreate.comment, task)
      } catch (error) {
        if (!refusedInput(error)) throw error
        // The id may be taken because it is there already: then that is the one.
        const { issues, comments } = (await api.comment(task, id)).data
        const [there] = comments.nodes
        if (there) return read(there, task)
        if (issues.nodes.length > 0) throw error
        throw new AdapterError('not_found', { status: error.status, code: error.code, cause: error })
      }
    },
    async edit(task, comment, body) {
      try {
        await api.editComment(comment, markdown(body))
      } catch (error) {
        await notFoundElse(error, task, comment)
      }
    },
    async remove(task, comment) {
      try {
        await api.removeComment(comment)
      } catch (error) {
        await notFoundElse(error, task, comment)
      }
    }
  }
}

/** Refused for what was asked, not for who asked or when. */
export const refusedInput = (error: unknown): error is AdapterError =>
  error instanceof AdapterError && (error.kind === 'bad_response' || error.kind === 'not_found')

function read(comment: raw.Comment, task: string): CommentFacts {
  const facts = normalize.comment(comment, task)
  if (!facts)
    throw new AdapterError('bad_response', { status: 200, code: 'no_comment', path: 'archivedAt', unclear: true })
  return { ...facts, task }
}
