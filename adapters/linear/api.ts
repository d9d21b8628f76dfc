/** The calls the hub makes to Linear: governed fetch in, checked `data` out. https://linear.app/developers/graphql */
import type { z } from 'zod'
import { AdapterError, type Host, type HostResponse, type Json } from '../../src/adapter.ts'
import * as documents from './documents.ts'
import * as raw from './raw.ts'

/** Rows in one answer: Linear's clients take no more than 250. */
export const PAGE = 250
/** Teams with their members in one answer. */
export const TEAM_PAGE = 15
/** Histories in one answer, and whole issues: as many as 10,000 points leave room for. */
export const HISTORY_BATCH = 80
export const READ_BATCH = 50
export const MADE_BATCH = 250

/** An answer's data with the tool's clock. */
export interface Told<T> {
  data: T
  at: string
}

export type Api = ReturnType<typeof createApi>

export function createApi(host: Host) {
  /**
   * Reading and setting a value may be done again. So may making something under an id of ours, but then the second
   * answer is a refusal that has to be looked into: that is left to who asked.
   */
  async function ask<T>(
    document: documents.Document,
    schema: z.ZodType<T>,
    variables: { [key: string]: Json },
    { rows = 0, idempotent = true }: { rows?: number; idempotent?: boolean } = {}
  ): Promise<Told<T>> {
    const response = await host.fetch({
      method: 'POST',
      path: '/graphql',
      idempotent,
      units: { requests: 1, complexity: document.points(rows) },
      body: { query: document.query, variables }
    })
    return { data: read(schema, response), at: response.at }
  }

  const sure = async (document: documents.Document, variables: { [key: string]: Json }): Promise<void> =>
    void (await ask(document, raw.Done, variables))

  return {
    // https://linear.app/developers/oauth-2-0-authentication
    viewer: () => ask(documents.VIEWER, raw.ViewerData, {}),

    teams: (after: string | null, teams: string[] | null) =>
      ask(
        documents.TEAMS,
        raw.TeamsData,
        { first: TEAM_PAGE, after, filter: teams === null ? {} : { id: { in: teams } } },
        { rows: TEAM_PAGE }
      ),

    directory: (teams: string[]) => ask(documents.DIRECTORY, raw.DirectoryData, { states: ofTeams(teams) }),
    states: (teams: string[], after: string) =>
      ask(documents.STATES, raw.StatesData, { after, states: ofTeams(teams) }),
    labels: (after: string) => ask(documents.LABELS, raw.LabelsData, { after }),
    users: (after: string) => ask(documents.USERS, raw.UsersData, { after }),

    // https://linear.app/developers/pagination and https://linear.app/developers/filtering
    issues: (teams: string[], after: string | null) =>
      ask(documents.ISSUES, raw.IssuesData, { first: PAGE, after, filter: ofTeams(teams) }, { rows: PAGE }),
    histories: (ids: string[]) =>
      ask(
        documents.HISTORIES,
        raw.HistoriesData,
        { first: ids.length, filter: { id: { in: ids } } },
        { rows: ids.length }
      ),
    read: (ids: string[]) =>
      ask(documents.READ, raw.ReadData, { first: ids.length, filter: { id: { in: ids } } }, { rows: ids.length }),
    made: (ids: string[]) =>
      ask(documents.MADE, raw.ReadData, { first: ids.length, filter: { id: { in: ids } } }, { rows: ids.length }),
    changes: (teams: string[], since: string, after: string | null) =>
      ask(
        documents.CHANGES,
        raw.ChangesData,
        {
          first: PAGE,
          after,
          teams: { id: { in: teams } },
          teamCount: Math.min(PAGE, teams.length),
          filter: { ...ofTeams(teams), updatedAt: { gte: since } },
          comments: { issue: ofTeams(teams), updatedAt: { gte: since } }
        },
        { rows: PAGE }
      ),

    comments: (teams: string[], since: string, after: string | null) =>
      ask(
        documents.COMMENTS,
        raw.CommentsData,
        { first: PAGE, after, filter: { issue: ofTeams(teams), updatedAt: { gte: since } } },
        { rows: PAGE }
      ),
    /** The issue, if we see it, and its newest comments. */
    thread: (issue: string, limit: number) =>
      ask(
        documents.THREAD,
        raw.ThreadData,
        { issue: { id: { in: [issue] } }, first: limit, filter: { issue: { id: { eq: issue } } } },
        { rows: limit }
      ),
    /** One comment, on whatever issue, if it is there. */
    comment: (issue: string, comment: string) =>
      ask(
        documents.THREAD,
        raw.ThreadData,
        { issue: { id: { in: [issue] } }, first: 1, filter: { id: { eq: comment } } },
        { rows: 1 }
      ),
    postComment: (input: { id: string; issueId: string; body: string }) =>
      ask(documents.COMMENT_CREATE, raw.CommentCreated, { input }, { idempotent: false }),
    editComment: (id: string, body: string) => sure(documents.COMMENT_UPDATE, { id, input: { body } }),
    removeComment: (id: string) => sure(documents.COMMENT_DELETE, { id }),

    updateIssue: (id: string, input: { [key: string]: Json }) => sure(documents.ISSUE_UPDATE, { id, input }),
    createIssue: (input: { [key: string]: Json }) =>
      ask(documents.ISSUE_CREATE, raw.IssueCreated, { input }, { idempotent: false }),

    // https://linear.app/developers/webhooks
    webhooks: (after: string | null) => ask(documents.WEBHOOKS, raw.WebhooksData, { after }),
    createWebhook: (input: { [key: string]: Json }) =>
      ask(documents.WEBHOOK_CREATE, raw.WebhookCreated, { input }, { idempotent: false }),
    updateWebhook: (id: string, input: { [key: string]: Json }) =>
      ask(documents.WEBHOOK_UPDATE, raw.WebhookUpdated, { id, input }),
    removeWebhook: (id: string) => sure(documents.WEBHOOK_DELETE, { id })
  }
}

const ofTeams = (teams: string[]): { [key: string]: Json } => ({ team: { id: { in: teams } } })

/** Parses an answer; what does not fit is the answer's fault, named by its path. */
function read<T>(schema: z.ZodType<T>, response: HostResponse): T {
  const parsed = schema.safeParse((response.json() as { data?: unknown } | null)?.data)
  if (parsed.success) return parsed.data
  const path = ['data', ...(parsed.error.issues[0]?.path ?? [])].map(String).join('.')
  throw new AdapterError('bad_response', { status: response.status, code: 'unexpected_shape', path })
}
