/**
 * JSON of cards and actions, made once per question and kept until the thing changes: a page of a thousand cards is a
 * join of texts, so that a measurement measures the hub and not its stand-in.
 */
import type { ActionEntry, CardEntry, MemberFacts, Row } from './facts.ts'
import { type Fields, project } from './question.ts'

/** What is asked of a card; the signature is the same for the same question. */
export interface CardView {
  signature: string
  fields: Fields
  checklists: boolean
  checklistFields: Fields
  attachments: boolean
  attachmentFields: Fields
  customFieldItems: boolean
  members: boolean
  memberFields: Fields
}

export function cardText(entry: CardEntry, view: CardView, members: ReadonlyMap<string, MemberFacts>): string {
  let text = entry.texts.get(view.signature)
  if (text === undefined) {
    const shown: Row = { ...project(entry.facts, view.fields) }
    if (view.checklists) shown.checklists = entry.checklists.map((one) => project(one, view.checklistFields))
    if (view.attachments) shown.attachments = entry.attachments.map((one) => project(one, view.attachmentFields))
    if (view.customFieldItems) shown.customFieldItems = entry.customFieldItems
    if (view.members) {
      shown.members = entry.facts.idMembers.flatMap((id) => {
        const member = members.get(id)
        return member ? [project(member, view.memberFields)] : []
      })
    }
    text = JSON.stringify(shown)
    entry.texts.set(view.signature, text)
  }
  return text
}

/** What is asked of an action. */
export interface ActionView {
  signature: string
  fields: Fields
  memberCreator: boolean
  memberCreatorFields: Fields
  member: boolean
  memberFields: Fields
  /** `display` and `entities`, as a single action is shown with. */
  display: boolean
}

export function actionText(entry: ActionEntry, view: ActionView): string {
  let text = entry.texts.get(view.signature)
  if (text === undefined) {
    const { memberCreator, member, ...rest } = entry.facts
    const shown: Row = { ...project(rest, view.fields) }
    if (view.display && entry.facts.type === 'commentCard') Object.assign(shown, display(entry))
    if (view.member && member) shown.member = project(member as Row, view.memberFields)
    if (view.memberCreator && memberCreator) {
      shown.memberCreator = project(memberCreator as Row, view.memberCreatorFields)
    }
    text = JSON.stringify(shown)
    entry.texts.set(view.signature, text)
  }
  return text
}

/** Adds ready-made JSON to an object that is a text already. */
export function withParts(object: string, parts: Record<string, string>): string {
  const added = Object.entries(parts).map(([key, value]) => `"${key}":${value}`)
  if (added.length === 0) return object
  return `${object.slice(0, -1)}${object === '{}' ? '' : ','}${added.join(',')}}`
}

export const arrayText = (texts: readonly string[]): string => `[${texts.join(',')}]`

function display({ facts }: ActionEntry): Row {
  const card = facts.data.card as Row
  const creator = facts.memberCreator as Row | undefined
  const author = { type: 'member', id: facts.idMemberCreator, username: creator?.username, text: creator?.fullName }
  const shown = { type: 'card', hideIfContext: true, id: card.id, shortLink: card.shortLink, text: card.name }
  const comment = { type: 'comment', text: facts.data.text }
  return {
    display: {
      translationKey: 'action_comment_on_card',
      entities: {
        contextOn: { type: 'translatable', translationKey: 'action_on', hideIfContext: true, idContext: card.id },
        card: shown,
        comment,
        memberCreator: author
      }
    },
    entities: [author, { type: 'text', text: 'on' }, shown, comment]
  }
}
