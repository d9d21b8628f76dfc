import { AdapterError, type Host, type HostResponse, type Json } from '../../src/adapter.ts'

/** At most so many cards or actions in one answer (providers' documented ceiling). */
export const PAGE = 1000
/** Our code for a read that is refused to an account that is otherwise good. */
export const NO_ACCESS = 'no_access'
/** At most so many routes in one batch. */
export const BATCH = 10

const BOARD_FIELDS = 'id,name,closed,url,shortUrl,dateLastActivity,idOrganization,prefs'
const CARD_FIELDS = [
  'id,idBoard,idList,name,desc,closed,due,start,dueComplete,dateCompleted,dateLastActivity,idMembers,idMemberCreator',
  'labels,shortUrl,shortLink,isTemplate,cardRole,badges'
].join(',')
const MEMBER_FIELDS = 'fullName,username,avatarUrl'

/** A key with a token of its own, or an app's access token; `secret` is the app's, which signs its webhooks. */
export type Credentials =
  | { key: string; token: string; secret?: string | undefined }
  | { accessToken: string; refreshToken: string | null; expiresAt: string | null; secret: string; key: string }

export type Api = ReturnType<typeof createApi>

export function createApi(host: Host) {
  // Echoed on the webhooks our own writes cause: https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/
  const headers = { 'x-trello-client-identifier': host.instance }

  // https://developer.atlassian.com/cloud/trello/rest/api-group-members/#api-members-id-get
  const me = () => host.fetch({ method: 'GET', path: '/members/me?fields=id,fullName,username' })

  /** A board that the token may not see can be answered with 401, like a revoked token: who still has a name is not revoked. */
  async function get(
    path: string,
    query: Record<string, string | number | undefined> = {},
    units = 1
  ): Promise<HostResponse> {
    try {
      return await host.fetch({ method: 'GET', path: withQuery(path, query), units })
    } catch (error) {
      if (!(error instanceof AdapterError) || error.kind !== 'auth_revoked') throw error
      await me()
      throw new AdapterError('forbidden', { status: error.status, code: NO_ACCESS, cause: error })
    }
  }

  return {
    me,

    // https://developer.atlassian.com/cloud/trello/rest/api-group-members/#api-members-id-boards-get
    boards: () => get('/members/me/boards', { filter: 'all', fields: BOARD_FIELDS }),

    // https://developer.atlassian.com/cloud/trello/rest/api-group-boards/#api-boards-id-get
    board: (board: string) =>
      get(`/boards/${board}`, {
        fields: BOARD_FIELDS,
        lists: 'all',
        members: 'all',
        member_fields: MEMBER_FIELDS,
        customFields: 'true',
        cards: 'none',
        actions: 'none',
        checklists: 'none',
        labels: 'none'
      }),

    // https://developer.atlassian.com/cloud/trello/rest/api-group-boards/#api-boards-id-customfields-get
    customFields: (board: string) => get(`/boards/${board}/customFields`),

    // https://developer.atlassian.com/cloud/trello/rest/api-group-boards/#api-boards-id-cards-filter-get
    cards: (board: string, before: string | undefined) =>
      get(`/boards/${board}/cards/all`, { limit: PAGE, before, fields: CARD_FIELDS, customFieldItems: 'true' }),

    // https://developer.atlassian.com/cloud/trello/rest/api-group-boards/#api-boards-boardid-actions-get
    actions: (board: string, range: { before?: string | undefined; since?: string | undefined }) =>
      get(`/boards/${board}/actions`, { limit: PAGE, ...range, member: 'false', memberCreator_fields: MEMBER_FIELDS }),

    // https://developer.atlassian.com/cloud/trello/rest/api-group-cards/#api-cards-id-get
    card: (card: string) => get(`/cards/${card}`, { fields: CARD_FIELDS, customFieldItems: 'true' }),

    // https://developer.atlassian.com/cloud/trello/rest/api-group-batch/#api-batch-get – inner calls count as calls
    batch: (cards: string[]) =>
      get(
        '/batch',
        {
          urls: cards
            .map((card) => `/cards/${card}?fields=${encodeURIComponent(CARD_FIELDS)}&customFieldItems=true`)
            .map(encodeURIComponent)
            .join(',')
        },
        cards.length + 1
      ),

    // https://developer.atlassian.com/cloud/trello/rest/api-group-cards/#api-cards-id-actions-get
    comments: (card: string, limit: number) => get(`/cards/${card}/actions`, { filter: 'commentCard', limit }),

    // https://developer.atlassian.com/cloud/trello/rest/api-group-cards/#api-cards-id-actions-comments-post
    postComment: (card: string, text: string) =>
      host.fetch({ method: 'POST', path: `/cards/${card}/actions/comments`, headers, body: { text } }),

    // https://developer.atlassian.com/cloud/trello/rest/api-group-actions/#api-actions-id-put
    editComment: (action: string, text: string) =>
      host.fetch({ method: 'PUT', path: `/actions/${action}`, headers, body: { text } }),

    // https://developer.atlassian.com/cloud/trello/rest/api-group-actions/#api-actions-id-delete
    removeComment: (action: string) => host.fetch({ method: 'DELETE', path: `/actions/${action}`, headers }),

    // https://developer.atlassian.com/cloud/trello/rest/api-group-cards/#api-cards-id-put
    changeCard: (card: string, change: Record<string, Json>) =>
      host.fetch({ method: 'PUT', path: `/cards/${card}`, headers, body: change }),

    // https://developer.atlassian.com/cloud/trello/rest/api-group-cards/#api-cards-id-idmembers-post
    addMember: (card: string, member: string) =>
      host.fetch({ method: 'POST', path: `/cards/${card}/idMembers`, headers, body: { value: member } }),

    // https://developer.atlassian.com/cloud/trello/rest/api-group-cards/#api-cards-id-idmembers-idmember-delete
    removeMember: (card: string, member: string) =>
      host.fetch({ method: 'DELETE', path: `/cards/${card}/idMembers/${member}`, headers }),

    // https://developer.atlassian.com/cloud/trello/rest/api-group-cards/#api-cards-post
    createCard: (card: Record<string, Json>) => host.fetch({ method: 'POST', path: '/cards', headers, body: card }),

    // https://developer.atlassian.com/cloud/trello/rest/api-group-webhooks/#api-webhooks-post
    createWebhook: (idModel: string, callbackURL: string) =>
      host.fetch({
        method: 'POST',
        path: '/webhooks/',
        headers,
        body: { idModel, callbackURL, description: 'Throughline', active: true }
      }),

    // https://developer.atlassian.com/cloud/trello/rest/api-group-webhooks/#api-webhooks-id-get
    webhook: (webhook: string) => host.fetch({ method: 'GET', path: `/webhooks/${webhook}` }),

    // https://developer.atlassian.com/cloud/trello/rest/api-group-webhooks/#api-webhooks-id-put
    activateWebhook: (webhook: string) =>
      host.fetch({ method: 'PUT', path: `/webhooks/${webhook}`, headers, body: { active: true } }),

    // https://developer.atlassian.com/cloud/trello/rest/api-group-webhooks/#api-webhooks-id-delete
    removeWebhook: (webhook: string) => host.fetch({ method: 'DELETE', path: `/webhooks/${webhook}`, headers })
  }
}

function withQuery(path: string, query: Record<string, string | number | undefined>): string {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) => `${name}=${name === 'urls' ? value : encodeURIComponent(String(value)).replaceAll('%2C', ',')}`
    )
  return parts.length > 0 ? `${path}?${parts.join('&')}` : path
}
