/**
 * Reading an account: all its chosen teams at once. A sweep is teams → directory → issues (with the histories of those
 * that need one) → comments; an incremental pull is one question for what changed since the mark, then those issues.
 *
 * The mark is the tool's clock at the first answer minus an overlap, for changes that show late; what the overlap brings
 * again unchanged is recognised by its `updatedAt`. Pages run newest first by creation, so edits meanwhile move nothing:
 * an edit on an issue already read is newer than the mark and is seen next time.
 */
import { z } from 'zod'
import { AdapterError, type Page, type PullFrom, page, type Scope } from '../../src/adapter.ts'
import { type Api, HISTORY_BATCH } from './api.ts'
import { type Directory, next, readDirectory, readTeams } from './directory.ts'
import { facts, readIssues } from './issues.ts'
import * as normalize from './normalize.ts'
import * as raw from './raw.ts'

const OVERLAP_MS = 120_000
/** Comments: a first sweep goes back this far, later ones go over the last day again. */
const FIRST_COMMENTS_MS = 30 * 86_400_000
const SWEEP_COMMENTS_MS = 26 * 3_600_000
/** How long columns, labels and people count as known. */
const DIRECTORY_MS = 4 * 3_600_000
/** Of more issues than these that changed within the overlap, the rest is read again rather than remembered. */
const REMEMBERED = 500

/** What a complete run leaves behind. */
const Mark = z.object({
  since: z.string(),
  /** Issues read whose `updatedAt`, which is given, is not before `since`. */
  read: z.record(z.string(), z.string()),
  /** Chosen teams, and those of them in sight. */
  chosen: z.array(z.string()),
  visible: z.array(z.string()),
  directoryAt: z.string()
})
type Mark = z.infer<typeof Mark>

const Cursor = z.object({
  stage: z.enum(['issues', 'changes', 'comments']),
  after: z.string().nullable(),
  /** Comments that are still to be read, if any. */
  comments: z.object({ since: z.string(), after: z.string().nullable() }).nullable(),
  mark: Mark
})
type Cursor = z.infer<typeof Cursor>

/** A page and where to go on; without that, what the run leaves behind. */
interface Step {
  page: Page
  cursor: Cursor | null
  mark: Mark
}

export async function* pull(api: Api, scope: Scope, from: PullFrom): AsyncIterable<Page> {
  const former = Mark.safeParse(from.mark).data ?? null
  let cursor = Cursor.safeParse(from.cursor).data ?? null
  let directory: Directory | null = null
  // A team that was chosen since the last run has to be read from its beginning.
  const whole = from.sweep || former === null || !scope.projects.every((team) => former.chosen.includes(team))
  for (;;) {
    let step: Step
    if (cursor?.stage === 'comments') step = await commentsPage(api, cursor)
    else if (cursor?.stage === 'issues') {
      directory ??= await readDirectory(api, cursor.mark.visible)
      step = await issuesPage(api, cursor, directory)
    } else if (cursor !== null || !whole) step = await changesPage(api, scope, former!, cursor)
    else {
      const first = await beginning(api, scope, former)
      directory = first.directory
      step = first
    }
    cursor = step.cursor
    if (cursor === null) yield { ...step.page, mark: step.mark, history: former === null ? reach(step.mark) : [] }
    else yield { ...step.page, cursor }
    if (cursor === null) return
  }
}

async function beginning(api: Api, scope: Scope, former: Mark | null): Promise<Step & { directory: Directory }> {
  const teams = await readTeams(api, scope.projects)
  const visible = teams.projects.map(({ externalId }) => externalId)
  inSight(visible)
  const directory = await readDirectory(api, visible)
  const { at } = teams
  const mark: Mark = { since: before(at, OVERLAP_MS), read: {}, chosen: scope.projects, visible, directoryAt: at }
  const since = former ? before(former.since, SWEEP_COMMENTS_MS) : before(at, FIRST_COMMENTS_MS)
  return {
    directory,
    mark,
    cursor: { stage: 'issues', after: null, comments: { since, after: null }, mark },
    page: page(at, {
      projects: teams.projects,
      columns: directory.columns,
      people: directory.people,
      expect: teams.issues
    })
  }
}

async function issuesPage(api: Api, cursor: Cursor, directory: Directory): Promise<Step> {
  const { data, at } = await api.issues(cursor.mark.visible, cursor.after)
  const parsed = data.issues.nodes.map((node) => raw.Issue.safeParse(node).data).filter((issue) => issue !== undefined)
  const histories = new Map<string, raw.History>()
  let ids = parsed.filter(normalize.needsHistory).map(({ id }) => id)
  for (; ids.length > 0; ids = ids.slice(HISTORY_BATCH)) {
    const told = await api.histories(ids.slice(0, HISTORY_BATCH))
    for (const history of told.data.issues.nodes) histories.set(history.id, history)
  }
  const mark = remembering(cursor.mark, parsed)
  const after = next(data.issues.pageInfo, cursor.after)
  const stage = after === null ? 'comments' : 'issues'
  return {
    page: page(at, facts(data.issues.nodes, directory.labels, histories)),
    cursor: { ...cursor, stage, after, mark },
    mark
  }
}

async function changesPage(api: Api, scope: Scope, former: Mark, cursor: Cursor | null): Promise<Step> {
  const { data, at } = await api.changes(scope.projects, former.since, cursor?.after ?? null)
  const visible = data.teams.nodes.map(({ id }) => id)
  inSight(visible)
  // What happened in a team while it was out of sight is older than the mark.
  if (visible.some((team) => !former.visible.includes(team))) return beginning(api, scope, former)
  let mark: Mark = cursor?.mark ?? {
    ...former,
    since: before(at, OVERLAP_MS),
    read: {},
    chosen: scope.projects,
    visible
  }
  const listed = data.issues.nodes
  const changed = listed.filter(({ id, updatedAt }) => former.read[id] !== updatedAt)
  const read = await readIssues(api, changed)
  mark = remembering(mark, [...listed, ...read.issues])

  let around: Partial<Page> = {}
  if (cursor === null && Date.parse(at) - Date.parse(former.directoryAt) > DIRECTORY_MS) {
    const { projects } = await readTeams(api, scope.projects)
    const { columns, people } = await readDirectory(api, visible)
    around = { projects, columns, people }
    mark = { ...mark, directoryAt: at }
  }
  const first = cursor === null ? comments(data.comments.nodes) : { comments: [], events: [] }
  const after = next(data.issues.pageInfo, cursor?.after ?? null)
  const afterComments = cursor === null ? next(data.comments.pageInfo, null) : (cursor.comments?.after ?? null)
  const rest = afterComments === null ? null : { since: former.since, after: afterComments }
  const stage = after === null ? 'comments' : 'changes'
  return {
    page: page(at, {
      ...read.page,
      ...around,
      columns: [...(around.columns ?? []), ...(read.page.columns ?? [])],
      people: [...(around.people ?? []), ...(read.page.people ?? [])],
      comments: first.comments,
      events: [...(read.page.events ?? []), ...first.events]
    }),
    cursor: after === null && rest === null ? null : { stage, after, comments: rest, mark },
    mark
  }
}

async function commentsPage(api: Api, cursor: Cursor): Promise<Step> {
  const { since, after: from } = cursor.comments!
  const { data, at } = await api.comments(cursor.mark.visible, since, from)
  const after = next(data.comments.pageInfo, from)
  return {
    page: page(at, comments(data.comments.nodes)),
    cursor: after === null ? null : { ...cursor, comments: { since, after } },
    mark: cursor.mark
  }
}

function comments(nodes: unknown[]): Pick<Page, 'comments' | 'events'> {
  const read = nodes.map((node) => normalize.comment(node)).filter((comment) => comment !== null)
  return { comments: read, events: read.map(normalize.commented) }
}

/** Never empty where we only do not see anything. */
function inSight(teams: string[]): void {
  if (teams.length === 0)
    throw new AdapterError('not_found', { status: 200, code: 'no_team', path: 'data.teams.nodes' })
}

/** Adds what was read of issues that changed within the overlap; of two readings the later one counts. */
function remembering(mark: Mark, issues: readonly { id: string; updatedAt: string }[]): Mark {
  const read = { ...mark.read }
  let count = Object.keys(read).length
  for (const { id, updatedAt } of issues) {
    if (Date.parse(updatedAt) < Date.parse(mark.since)) continue
    if (!(id in read) && ++count > REMEMBERED) continue
    read[id] = updatedAt
  }
  return { ...mark, read }
}

/** From here on nothing happens unseen; what histories say of the time before is only about single issues. */
const reach = ({ visible, since }: Mark): Page['history'] => visible.map((project) => ({ project, from: since }))

const before = (at: string, ms: number): string => new Date(Date.parse(at) - ms).toISOString()
