/** People, their boards, and the token itself. @see https://developer.atlassian.com/cloud/trello/rest/api-group-members/ */
import type { Board } from '../board.ts'
import type { MemberFacts, Row } from '../facts.ts'
import { fields, flag, json, project, type Question, type Reply, text } from '../question.ts'
import { invalidValue, notFound } from '../refusal.ts'
import type { Route } from '../routing.ts'
import { arrayText, withParts } from '../serialise.ts'

export const memberRoutes: Route[] = [
  { method: 'GET', template: '/members/{id}', answer: getMember },
  { method: 'GET', template: '/members/{id}/boards', answer: getBoards },
  { method: 'GET', template: '/tokens/{token}', answer: getToken }
]

function memberHere(question: Question): MemberFacts {
  const id = question.path.id!
  const member = id === 'me' ? question.account.member : question.world.findMember(id)
  if (!member) throw notFound()
  return member
}

/** Boards of a member that the asker may see too. */
function boardsOf(question: Question, member: MemberFacts, filter: string): Board[] {
  const wanted = filter.split(',').map((word) => BOARD_FILTERS[word.trim()])
  const keep = wanted.map((one) => {
    if (!one) throw invalidValue('filter')
    return one
  })
  return question.world
    .boardsOf(member.id)
    .filter((board) => question.world.canSee(board, question.account.member.id) && keep.some((one) => one(board)))
}

const BOARD_FILTERS: Record<string, (board: Board) => boolean> = {
  all: () => true,
  true: () => true,
  open: ({ facts }) => !facts.closed,
  closed: ({ facts }) => facts.closed,
  none: () => false,
  members: ({ facts }) => !facts.idOrganization,
  organization: ({ facts }) => Boolean(facts.idOrganization),
  public: ({ facts }) => (facts.prefs as Row | undefined)?.permissionLevel === 'public',
  starred: ({ facts }) => facts.starred === true
}

function getMember(question: Question): Reply {
  const member = memberHere(question)
  const { world } = question
  const own = world.boardsOf(member.id)
  const organizations: Row[] = [...new Set(own.map((board) => String(board.facts.idOrganization)))]
    .map((id) => world.organizations.get(id))
    .filter((one) => one !== undefined)
  const whole = {
    ...member,
    idBoards: own.map((board) => board.id),
    idOrganizations: organizations.map(({ id }) => id)
  }
  const parts: Record<string, string> = {}
  const boards = text(question, 'boards') ?? 'none'
  if (boards !== 'none') {
    const shown = fields(question, 'board_fields', ['name', 'closed', 'idOrganization', 'pinned'])
    parts.boards = JSON.stringify(boardsOf(question, member, boards).map(({ facts }) => project(facts, shown)))
  }
  if ((text(question, 'organizations') ?? 'none') !== 'none') {
    const shown = fields(question, 'organization_fields')
    parts.organizations = JSON.stringify(organizations.map((one) => project(one, shown)))
  }
  return json(withParts(JSON.stringify(project(whole, fields(question, 'fields'))), parts))
}

function getBoards(question: Question): Reply {
  const { world } = question
  const shown = fields(question, 'fields')
  const lists = text(question, 'lists') ?? 'none'
  const boards = boardsOf(question, memberHere(question), text(question, 'filter') ?? 'all')
  return json(
    arrayText(
      boards.map((board) => {
        const parts: Record<string, string> = {}
        if (lists !== 'none') {
          const kept = board.listsInOrder().filter((list) => lists === 'all' || list.closed === (lists === 'closed'))
          parts.lists = JSON.stringify(kept)
        }
        const organization = world.organizations.get(String(board.facts.idOrganization))
        if (flag(question, 'organization') && organization) {
          const wanted = fields(question, 'organization_fields', ['name', 'displayName'])
          parts.organization = JSON.stringify(project(organization, wanted))
        }
        return withParts(JSON.stringify(project(board.facts, shown)), parts)
      })
    )
  )
}

/** @see https://developer.atlassian.com/cloud/trello/rest/api-group-tokens/#api-tokens-token-get */
function getToken(question: Question): Reply {
  const account = question.world.accounts.get(question.path.token!)
  if (!account || account.key !== question.account.key) throw notFound()
  const can = { read: account.scopes.includes('read'), write: account.scopes.includes('write') }
  const whole: Row = {
    id: account.id,
    identifier: account.identifier,
    idMember: account.member.id,
    dateCreated: account.dateCreated,
    dateExpires: account.dateExpires,
    permissions: [
      { idModel: account.member.id, modelType: 'Member', read: can.read, write: account.scopes.includes('account') },
      { idModel: '*', modelType: 'Board', ...can },
      { idModel: '*', modelType: 'Organization', ...can }
    ]
  }
  const shown = project(whole, fields(question, 'fields'))
  return json(
    JSON.stringify(flag(question, 'webhooks') ? { ...shown, webhooks: question.hooks.of(account.token) } : shown)
  )
}
