/**
 * Histories in pages, newest first.
 * @see https://developer.atlassian.com/cloud/trello/rest/api-group-boards/#api-boards-boardid-actions-get
 */
import type { ActionEntry, Row } from '../facts.ts'
import { amount, type Bound, bound, choice, fields, flag, json, type Question, type Reply, text } from '../question.ts'
import { type ActionView, actionText, arrayText } from '../serialise.ts'
import { lowerBound } from '../sorted.ts'
import type { World } from '../world.ts'

const PERSON = [
  'activityBlocked',
  'avatarHash',
  'avatarUrl',
  'fullName',
  'idMemberReferrer',
  'initials',
  'nonPublic',
  'nonPublicAvailable',
  'username'
]

export function actionView(question: Question, given: { prefix?: string; display?: boolean } = {}): ActionView {
  const { prefix = '', display = false } = given
  const view = {
    fields: fields(question, `${prefix}fields`),
    memberCreator: flag(question, `${prefix}memberCreator`, true),
    memberCreatorFields: fields(question, `${prefix}memberCreator_fields`, PERSON),
    member: flag(question, `${prefix}member`, true),
    memberFields: fields(question, `${prefix}member_fields`, PERSON),
    display: flag(question, `${prefix}display`, display)
  }
  return { ...view, signature: JSON.stringify(view) }
}

/** `commentCard,updateCard:idList`: types, and updates of one field only. */
export function actionFilter(words: string): (action: ActionEntry) => boolean {
  const wanted = new Set(words.split(',').map((word) => word.trim()))
  if (wanted.has('all')) return () => true
  return ({ facts }) => {
    if (wanted.has(facts.type)) return true
    const old = facts.data.old as Row | undefined
    return old !== undefined && Object.keys(old).some((field) => wanted.has(`${facts.type}:${field}`))
  }
}

/** A board's history: 50 by default, 1,000 at most. */
export function boardActions(question: Question, history: readonly ActionEntry[], prefix = ''): Reply {
  const limit = amount(question, prefix ? 'actions_limit' : 'limit', 50, 1000)
  const models = text(question, 'idModels')?.split(',')
  const filter = actionFilter(text(question, prefix ? 'actions' : 'filter') ?? 'all')
  const about = ({ facts }: ActionEntry) => models?.includes(String((facts.data.card as Row | undefined)?.id)) ?? true
  const wanted = (action: ActionEntry) => filter(action) && about(action)
  const before = prefix ? null : bound(question, 'before')
  const since = bound(question, prefix ? 'actions_since' : 'since')
  const skip = prefix ? 0 : amount(question, 'page', 0, 1000) * limit
  const page = newest(question.world, history, { wanted, limit, skip, before, since })
  if (!prefix && choice(question, 'format', ['list', 'count'], 'list') === 'count') {
    return json(JSON.stringify({ _value: page.length }))
  }
  const view = actionView(question, { prefix: prefix && 'action_' })
  return json(arrayText(page.map((action) => actionText(action, view))))
}

/** A card's history: pages of 50, the 19th is the last; comments and moves where nothing else is asked for. */
export function cardActions(question: Question): ActionEntry[] {
  const limit = amount(question, 'limit', 50, 1000)
  const wanted = actionFilter(text(question, 'filter') ?? 'commentCard,updateCard:idList')
  const card = question.world.findCard(question.path.id!)!
  const history = question.world.actionsOfCard.get(card.facts.id) ?? []
  const before = bound(question, 'before')
  const since = bound(question, 'since')
  const skip = amount(question, 'page', 0, 19) * limit
  return newest(question.world, history, { wanted, limit, skip, before, since })
}

function newest(
  world: World,
  history: readonly ActionEntry[],
  asked: {
    wanted: (action: ActionEntry) => boolean
    limit: number
    skip: number
    before: Bound | null
    since: Bound | null
  }
): ActionEntry[] {
  const page: ActionEntry[] = []
  let toSkip = asked.skip
  const stop = asked.since ? position(world, history, asked.since, 'after') : 0
  const start = asked.before ? position(world, history, asked.before, 'before') : history.length
  for (let index = start - 1; index >= stop && page.length < asked.limit; index -= 1) {
    const action = history[index]!
    if (!asked.wanted(action)) continue
    if (toSkip > 0) toSkip -= 1
    else page.push(action)
  }
  return page
}

/** Where a bound stands in the history; neither side includes the bound itself. */
function position(world: World, history: readonly ActionEntry[], { at, id }: Bound, side: 'before' | 'after'): number {
  const known = id ? world.actions.get(id) : undefined
  const moment = known?.at ?? at
  const mark = known?.facts.id ?? (side === 'before' ? '' : '~')
  return lowerBound(history, null, (action) => {
    if (action.at !== moment) return action.at - moment
    const own = action.facts.id
    if (own === mark) return side === 'before' ? 0 : -1
    return own < mark ? -1 : 1
  })
}
