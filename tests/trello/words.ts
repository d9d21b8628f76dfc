/** What the adapter reads in one answer of Trello, in a few words. */
import * as normalize from '../../adapters/trello/normalize.ts'
import * as raw from '../../adapters/trello/raw.ts'

type Reader = (value: unknown) => string

function card(value: unknown): string {
  const reading = normalize.card(value, new Map(), null)
  if (reading.kind === 'other') return 'no task'
  if (reading.kind === 'unreadable') return `a card set aside for its ${reading.path}`
  const { title, presence, dueAt, completed, assignees, labels, checklist, commentCount } = reading.facts
  const facts = [
    presence === 'present' ? null : presence,
    dueAt && `due ${dueAt}`,
    completed ? 'done' : null,
    assignees.length > 0 ? `assigned to ${assignees.length}` : null,
    labels.length > 0 ? `labels ${labels.length}` : null,
    checklist.total > 0 ? `checked ${checklist.done}/${checklist.total}` : null,
    commentCount ? `comments ${commentCount}` : null
  ]
  return [`card ${title}`, ...facts.filter((fact) => fact !== null)].join(', ')
}

const board: Reader = (value) => {
  const { name, audience, archived } = normalize.project(raw.Board.parse(value))
  return `board ${name} for its ${audience}${archived ? ', archived' : ''}`
}

const list: Reader = (value) => {
  const { name, closed, pos } = raw.List.parse(value)
  return `list ${name} at ${pos ?? 'no place'}${closed ? ', archived' : ''}`
}

export const events = (value: unknown): string[] =>
  normalize
    .events(raw.Action.parse(value))
    .map(({ type, from, to }) => [type, from && `from ${from}`, to && `to ${to}`].filter(Boolean).join(' '))

const action: Reader = (value) => {
  const parsed = raw.Action.parse(value)
  const comment = normalize.comment(parsed)
  if (comment) return `comment “${comment.text}”`
  return [parsed.type, ...normalize.events(parsed).map(({ type }) => type)].join(': ')
}

const person: Reader = (value) => {
  const { name, username } = normalize.person(raw.Member.parse(value))
  return `${name} @${username}`
}

const field: Reader = (value) => {
  const { name, type, options } = raw.CustomField.parse(value)
  return [`field ${name} of type ${type}`, ...(options ?? []).map((one) => one.value?.text)].join(', ')
}

const option: Reader = (value) => `option ${raw.CustomField.shape.options.parse([value])?.[0]?.value?.text}`

const value: Reader = (item) => {
  const { value, idValue } = raw.CustomFieldItem.parse(item)
  return `value ${value ? Object.values(value).join() : `of option ${idValue}`}`
}

const label: Reader = (value) => {
  const { name, color } = raw.Label.parse(value)
  return `label ${color} “${name}”`
}

const checklist: Reader = (value) => {
  const { checkItems } = raw.Checklist.parse(value)
  return `checklist ${checkItems.filter(({ state }) => state === 'complete').length}/${checkItems.length}`
}

const webhook: Reader = (value) => {
  const { idModel, callbackURL, active } = raw.Webhook.parse(value)
  return `${active ? 'active' : 'switched off'} webhook of ${idModel} to ${new URL(callbackURL).pathname}`
}

export const READERS = { action, board, card, checklist, field, label, list, option, person, value, webhook }
export type Kind = keyof typeof READERS

/** Which calls bring what, wherever in the tool they ask for it. `within` takes it out of what is around it. */
export const CALLS: { call: RegExp; kind: Kind; within?: string }[] = [
  { call: /^GET \/actions\/\w+$|\/actions$|\/actions\/comments$/, kind: 'action' },
  { call: /^(GET|PUT) \/cards\/\w+(\/id(Board|List))?$|^POST \/cards$|^GET \/\w+\/\w+\/cards?(\/\w+)?$/, kind: 'card' },
  { call: /^(GET|PUT) \/boards\/\w+$|^POST \/boards$|^GET \/\w+\/\w+\/boards?$/, kind: 'board' },
  { call: /^(GET|PUT) \/lists\/\w+$|^POST \/lists$|^GET \/\w+\/\w+\/lists?$/, kind: 'list' },
  { call: /^PUT \/boards\/\w+\/members\/\w+$|^DELETE \/boards\/\w+\/members\/\w+$/, kind: 'person', within: 'members' },
  { call: /^GET \/members\/\w+$|^GET \S+\/members(Voted|\/all)?$|^POST \S+\/idMembers$/, kind: 'person' },
  { call: /^(GET|PUT) \/customFields\/\w+$|^POST \/customFields$|^GET \S+\/customFields$/, kind: 'field' },
  { call: /^POST \/customFields\/\w+\/options$|^GET \/customFields\/\w+\/options\/\w+$/, kind: 'option' },
  { call: /^GET \S+\/customFieldItems$|^PUT \S+\/customField\/\w+\/item$/, kind: 'value' },
  { call: /^(GET|PUT) \/labels\/\w+$|^POST \/labels$|^GET \S+\/labels$/, kind: 'label' },
  { call: /^(GET|PUT) \/checklists\/\w+$|^POST \S*\/checklists$|^GET \S+\/checklists$/, kind: 'checklist' },
  { call: /^(GET|PUT) \/webhooks\/\w+$|^POST \/webhooks$/, kind: 'webhook' },
  { call: /^GET \/tokens\/\w+$/, kind: 'webhook', within: 'webhooks' }
]

/** Calls whose answers hold nothing that the adapter reads. */
export const NOT_READ: RegExp[] = [
  /^DELETE /,
  /\/attachments(\/\w+)?$/,
  /\/organizations(\/\w+)?$/,
  /^POST \S+\/(idLabels|membersVoted|archiveAllCards|moveAllCards|checkItems)$/,
  /^PUT \S+\/checkItem\/\w+$/,
  /^GET \S+\/(labelnames|pluginData|checkItemStates)$/,
  // As part of their field they have an `id`, here an `_id`.
  /^GET \/customfields\/\w+\/options$/,
  /^GET \/notifications\/\w+$/
]

export interface Exchange {
  request: { method: string; uri: string }
  response: { status: { code: number }; body: unknown }
}

/** What an exchange says, in words; equal ones once, with their number. Throws at a call that is in neither list. */
export function words(exchanges: Exchange[]): string[] {
  const all = exchanges.flatMap(({ request, response }) => {
    const call = `${request.method.toUpperCase()} ${new URL(request.uri).pathname.replace('/1/', '/')}`
    if (response.status.code !== 200) return [`refused with ${response.status.code}`]
    const known = CALLS.find((one) => one.call.test(call))
    if (known) return told(known.kind, response.body, known.within)
    if (NOT_READ.some((pattern) => pattern.test(call))) return []
    throw new Error(`nobody says what ${call} brings`)
  })
  return counted(all)
}

export function told(kind: Kind, body: unknown, within?: string): string[] {
  const value = within ? (body as Record<string, unknown>)[within] : body
  return [value].flat().map(READERS[kind])
}

export const counted = (all: string[]): string[] =>
  [...Map.groupBy(all, (one) => one)].map(([one, { length }]) => (length > 1 ? `${one} ×${length}` : one))
