/** Changes of a card, each with the action it makes. @see https://developer.atlassian.com/cloud/trello/rest/api-group-cards/#api-cards-id-put */
import { Board } from '../board.ts'
import type { CardEntry, CustomFieldFacts, Row } from '../facts.ts'
import { badge, personOf, tellOfCard, tellOfChange, touch } from '../history.ts'
import { isId } from '../ids.ts'
import { boardHere, cardHere, idOf, json, list, type Question, type Reply, text } from '../question.ts'
import { invalidId, invalidValue, notFound, Refusal } from '../refusal.ts'
import type { Route } from '../routing.ts'
import { cardText } from '../serialise.ts'
import { moveToBoard } from './cardMoves.ts'
import { cardView } from './cardPages.ts'
import { checkbox, instant, place, words } from './values.ts'

export const cardChangeRoutes: Route[] = [
  { method: 'PUT', template: '/cards/{id}', answer: putCard },
  { method: 'POST', template: '/cards/{id}/idMembers', answer: postMember },
  { method: 'DELETE', template: '/cards/{id}/idMembers/{idMember}', answer: deleteMember },
  { method: 'PUT', template: '/cards/{idCard}/customField/{idCustomField}/item', answer: putCustomFieldItem }
]

/** How each plain field of a card is read from the request. */
const PLAIN: Record<string, (question: Question, name: string) => unknown> = {
  name: (question, name) => words(question, name, 1),
  desc: (question, name) => words(question, name, 0),
  closed: checkbox,
  due: instant,
  start: instant,
  dueComplete: checkbox,
  subscribed: checkbox
}

/** All values are checked before the first one is set: a refused request changes nothing. */
function putCard(question: Question): Reply {
  const { card, board } = cardHere(question)
  const plain = Object.entries(PLAIN)
    .filter(([name]) => question.input.has(name))
    .map(([name, read]) => [name, read(question, name)] as const)
  const target = question.input.has('idBoard') ? boardHere(question, idOf(question, 'idBoard')) : board
  const idMembers = question.input.has('idMembers') ? list(question.input.get('idMembers'), 'idMembers') : null
  const idLabels = question.input.has('idLabels') ? list(question.input.get('idLabels'), 'idLabels') : null
  if (idMembers?.some((member) => !target.memberships.has(member))) throw invalidValue('idMembers')
  if (idLabels?.some((label) => !target.labels.has(label))) throw new Refusal(400, 'label not found')
  if (idLabels && new Set(idLabels).size < idLabels.length) throw new Refusal(400, 'label not found')
  const into = question.input.has('idList')
    ? target.lists.get(idOf(question, 'idList'))
    : target === board
      ? null
      : target.listsInOrder().find((one) => !one.closed)
  if (into === undefined) throw invalidValue('idList')

  for (const [name, value] of plain) change(question, board, card, name, value)
  if (target !== board && into) moveToBoard(question, card, board, target, into)
  else if (into) change(question, board, card, 'idList', into.id)
  if (question.input.has('pos')) {
    const beside = target.cards.filter((other) => other !== card && other.facts.idList === card.facts.idList)
    const taken = beside.map(({ facts }) => facts.pos)
    change(question, target, card, 'pos', Board.place(place(question, 'pos', 'bottom'), taken))
  }
  if (idLabels) setLabels(question, target, card, idLabels)
  if (idMembers) {
    for (const member of card.facts.idMembers.filter((one) => !idMembers.includes(one))) {
      removeMember(question, target, card, member)
    }
    for (const member of idMembers)
      if (!card.facts.idMembers.includes(member)) addMember(question, target, card, member)
  }
  return json(cardText(card, cardView(question), question.world.members))
}

function change(question: Question, board: Board, card: CardEntry, field: string, value: unknown): void {
  const old = card.facts[field]
  if (old === value || (old === undefined && value === null)) return
  card.facts[field] = value
  const now = question.world.nowIso()
  if (field === 'closed') card.facts.dateClosed = value ? now : null
  if (field === 'dueComplete') card.facts.dateCompleted = value ? now : null
  if (field === 'due' || field === 'start' || field === 'dueComplete') badge(card, { [field]: value })
  if (field === 'desc') badge(card, { description: value !== '' })
  if (field === 'subscribed') touch(question, card)
  else tellOfChange(question, board, card, field, old ?? null)
}

function setLabels(question: Question, board: Board, card: CardEntry, idLabels: string[]): void {
  const old = card.facts.idLabels
  if (old.length === idLabels.length && old.every((label) => idLabels.includes(label))) return
  card.facts.idLabels = idLabels
  card.facts.labels = idLabels.map((label) => board.labels.get(label)!)
  tellOfChange(question, board, card, 'idLabels', old)
}

function addMember(question: Question, board: Board, card: CardEntry, idMember: string): void {
  card.facts.idMembers = [...card.facts.idMembers, idMember]
  tellOfMember(question, board, card, 'addMemberToCard', idMember)
}

function removeMember(question: Question, board: Board, card: CardEntry, idMember: string): void {
  card.facts.idMembers = card.facts.idMembers.filter((one) => one !== idMember)
  tellOfMember(question, board, card, 'removeMemberFromCard', idMember)
}

function tellOfMember(question: Question, board: Board, card: CardEntry, type: string, idMember: string): void {
  const member = question.world.members.get(idMember)
  const data: Row = { idMember, member: { id: idMember, name: member?.fullName } }
  if (type === 'removeMemberFromCard') data.deactivated = false
  tellOfCard(question, board, card, type, data, member ? { member: personOf(member) } : {})
}

function postMember(question: Question): Reply {
  const { card, board } = cardHere(question)
  const idMember = text(question, 'value') ?? ''
  if (!isId(idMember) || !board.memberships.has(idMember)) throw invalidValue('value')
  if (card.facts.idMembers.includes(idMember)) throw new Refusal(400, 'member is already on the card')
  addMember(question, board, card, idMember)
  return json(JSON.stringify(people(question, card)))
}

function deleteMember(question: Question): Reply {
  const { card, board } = cardHere(question)
  const idMember = question.path.idMember!
  if (!card.facts.idMembers.includes(idMember)) throw new Refusal(400, 'member is not on the card')
  removeMember(question, board, card, idMember)
  return json(JSON.stringify(people(question, card)))
}

const people = (question: Question, card: CardEntry): Row[] =>
  card.facts.idMembers.flatMap((id) => {
    const member = question.world.members.get(id)
    return member ? [personOf(member)] : []
  })

/**
 * `{value: {number: "5"}}`, `{idValue}` for a list field, or both empty to clear. Values are kept as strings.
 * @see https://developer.atlassian.com/cloud/trello/guides/rest-api/getting-started-with-custom-fields/
 */
function putCustomFieldItem(question: Question): Reply {
  const { card, board } = cardHere(question, question.path.idCard)
  const field = board.customFields.get(question.path.idCustomField!)
  if (!field) throw notFound()
  const old = card.customFieldItems.find((item) => item.idCustomField === field.id)
  const { value, idValue } = customValue(question, field)
  const cleared = value === null && idValue === null
  const item: Row = {
    id: old?.id ?? question.world.newId(),
    value,
    ...(idValue === null ? {} : { idValue }),
    idCustomField: field.id,
    idModel: card.facts.id,
    modelType: 'card'
  }
  card.customFieldItems = card.customFieldItems.filter((one) => one !== old)
  if (!cleared) card.customFieldItems.push(item)
  tellOfCard(question, board, card, 'updateCustomFieldItem', {
    old: { value: old?.value ?? null, idValue: old?.idValue ?? null },
    customField: { id: field.id, name: field.name, type: field.type },
    customFieldItem: cleared ? { ...item, value: null } : item
  })
  return json(JSON.stringify(item))
}

function customValue(question: Question, field: CustomFieldFacts): { value: Row | null; idValue: string | null } {
  const idValue = text(question, 'idValue') ?? ''
  const given = question.input.get('value')
  const form = [...question.input].find(([name]) => name.startsWith('value['))
  const value = form ? { [form[0].slice(6, -1)]: form[1] } : (given as Row | string | undefined)
  if (field.type === 'list') {
    if (idValue === '') return { value: null, idValue: null }
    if (!isId(idValue)) throw invalidId()
    if (!(field.options as Row[] | undefined)?.some((option) => option.id === idValue)) throw invalidValue('idValue')
    return { value: null, idValue }
  }
  if (value === undefined || value === '' || value === null) return { value: null, idValue: null }
  const key = { text: 'text', number: 'number', date: 'date', checkbox: 'checked' }[field.type] ?? 'text'
  const raw = typeof value === 'object' ? value[key] : undefined
  if (raw === undefined || (key === 'number' && Number.isNaN(Number(raw)))) throw invalidValue('value')
  return { value: { [key]: String(raw) }, idValue: null }
}
