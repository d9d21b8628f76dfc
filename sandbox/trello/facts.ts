/** What the stand-in must know of Trello's objects. Everything else in an export passes through untouched. */

/** A JSON object with keys we do not care about. */
export type Row = { [key: string]: unknown }

export interface CardFacts extends Row {
  id: string
  name: string
  idBoard: string
  idList: string
  idShort: number
  shortLink: string
  closed: boolean
  pos: number
  idMembers: string[]
  idLabels: string[]
  labels: Row[]
}

export interface ListFacts extends Row {
  id: string
  name: string
  idBoard: string
  closed: boolean
  pos: number
}

export interface LabelFacts extends Row {
  id: string
  idBoard: string
  name: string
  color: string | null
}

export interface MemberFacts extends Row {
  id: string
  fullName: string
  username: string
}

export interface MembershipFacts extends Row {
  id: string
  idMember: string
  memberType: string
}

export interface CustomFieldFacts extends Row {
  id: string
  name: string
  type: string
}

export interface ActionFacts extends Row {
  id: string
  type: string
  date: string
  idMemberCreator: string
  data: Row
}

export interface BoardFacts extends Row {
  id: string
  name: string
  closed: boolean
  shortLink: string
}

/** A board as Trello's menu exports it, or a hand-made one with as little as id, name, lists and cards. */
export interface BoardExport extends Row {
  id: string
  name: string
  lists?: Row[]
  cards?: Row[]
  actions?: Row[]
  labels?: Row[]
  members?: Row[]
  memberships?: Row[]
  checklists?: Row[]
  customFields?: Row[]
  organization?: Row
}

/** A card with what belongs to it, and its JSON as it was last asked for, by the signature of the question. */
export interface CardEntry {
  facts: CardFacts
  checklists: Row[]
  attachments: Row[]
  customFieldItems: Row[]
  texts: Map<string, string>
}

export interface ActionEntry {
  facts: ActionFacts
  /** `facts.date` in milliseconds: the order of a board's history is (at, id). */
  at: number
  texts: Map<string, string>
}
