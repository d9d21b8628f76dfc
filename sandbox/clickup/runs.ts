/** The words of a comment, as they come in (https://developer.clickup.com/docs/comment-formatting). */
import { bad } from './refusal.ts'
import { userJson } from './serialise.ts'
import type { Run, World } from './world.ts'

/** Text is plain: Markdown in it shows literally. Both at once show twice. */
export function runsOf(body: { comment?: Run[]; comment_text?: string }, world: World): Run[] {
  const runs: Run[] = [...(body.comment ?? [])]
  if (body.comment_text) runs.push({ text: body.comment_text, attributes: {} }, { text: '\n', attributes: {} })
  if (runs.length === 0) throw bad('Comment text is required')
  return runs.map((run) => {
    const user =
      run.type === 'tag' ? world.users.get(Number((run.user as { id?: unknown } | undefined)?.id)) : undefined
    return user ? { ...run, text: `@${user.username}`, user: userJson(user) } : { attributes: {}, ...run }
  })
}
