/**
 * The raw JSON of Trello, loosely: unknown keys pass, only what the hub reads is required. The same schemas read API
 * answers and board exports of any year (older ones lack whole keys).
 * https://developer.atlassian.com/cloud/trello/rest/api-group-cards/
 */
import { z } from 'zod'

const id = z.string().regex(/^[0-9a-f]{24}$/i, 'should be 24 hexadecimal digits')
/** People mistype years: a moment outside the years 1 to 9999 has no ISO form that a database takes. */
export const moment = z.string().refine(isMoment, 'should be a date')
const count = z.number().int().nonnegative().max(2_147_483_647)

export const Label = z.looseObject({ id, name: z.string().nullish(), color: z.string().nullish() })

const CheckItem = z.looseObject({ state: z.string() })
export const Checklist = z.looseObject({ idCard: id.optional(), checkItems: z.array(CheckItem).default([]) })

export const CustomFieldItem = z.looseObject({
  idCustomField: id,
  idValue: id.nullish(),
  value: z
    .looseObject({
      text: z.string().nullish(),
      number: z.union([z.string(), z.number()]).nullish(),
      date: moment.nullish(),
      checked: z.union([z.string(), z.boolean()]).nullish()
    })
    .nullish()
})

export const CustomField = z.looseObject({
  id,
  name: z.string(),
  type: z.string(),
  options: z.array(z.looseObject({ id, value: z.looseObject({ text: z.string().nullish() }).nullish() })).nullish()
})
export type CustomField = z.infer<typeof CustomField>

export const Card = z.looseObject({
  id,
  idBoard: id,
  idList: id,
  name: z.string(),
  desc: z.string().nullish(),
  closed: z.boolean().nullish(),
  due: moment.nullish(),
  start: moment.nullish(),
  dueComplete: z.boolean().nullish(),
  dateCompleted: moment.nullish(),
  dateLastActivity: moment.nullish(),
  idMembers: z.array(id).nullish(),
  idMemberCreator: id.nullish(),
  labels: z.array(Label).nullish(),
  shortUrl: z.string().nullish(),
  url: z.string().nullish(),
  shortLink: z.string().nullish(),
  isTemplate: z.boolean().nullish(),
  cardRole: z.string().nullish(),
  badges: z
    .looseObject({ comments: count.nullish(), checkItems: count.nullish(), checkItemsChecked: count.nullish() })
    .nullish(),
  checklists: z.array(Checklist).nullish(),
  customFieldItems: z.array(CustomFieldItem).nullish()
})
export type Card = z.infer<typeof Card>

export const List = z.looseObject({
  id,
  name: z.string(),
  closed: z.boolean().nullish(),
  pos: z.number().nullish()
})

export const Member = z.looseObject({
  id,
  fullName: z.string().nullish(),
  username: z.string().nullish(),
  avatarUrl: z.string().nullish()
})
export type Member = z.infer<typeof Member>

export const Board = z.looseObject({
  id,
  name: z.string(),
  closed: z.boolean().nullish(),
  url: z.string().nullish(),
  shortUrl: z.string().nullish(),
  dateLastActivity: moment.nullish(),
  prefs: z.looseObject({ permissionLevel: z.string().nullish() }).nullish(),
  lists: z.array(List).nullish(),
  members: z.array(Member).nullish(),
  memberships: z.array(z.looseObject({ idMember: id, memberType: z.string().nullish() })).nullish(),
  customFields: z.array(CustomField).nullish()
})
export type Board = z.infer<typeof Board>

const reference = z.looseObject({ id }).nullish().catch(null)
const person = id.nullish().catch(null)

/** History is evidence: a part nobody foresaw is left out, and the rest of the action still counts. */
export const Action = z.looseObject({
  id,
  type: z.string(),
  date: moment,
  idMemberCreator: person,
  memberCreator: Member.nullish().catch(null),
  idMember: person,
  data: z.looseObject({
    text: z.string().nullish().catch(null),
    dateLastEdited: moment.nullish().catch(null),
    idMember: person,
    idMemberAdded: person,
    card: z
      .looseObject({
        id,
        name: z.string().nullish().catch(null),
        due: moment.nullish().catch(null),
        start: moment.nullish().catch(null)
      })
      .nullish()
      .catch(null),
    board: reference,
    list: reference,
    listBefore: reference,
    listAfter: reference,
    old: z.record(z.string(), z.unknown()).nullish().catch(null)
  })
})
export type Action = z.infer<typeof Action>

/** The body of a webhook. What has to be read again is told by card and board: a kind or date that is missing costs nothing. */
export const Delivery = z.looseObject({
  action: Action.extend({ type: z.string().nullish(), date: moment.nullish().catch(null) })
})
export type Delivery = z.infer<typeof Delivery>

export const Webhook = z.looseObject({
  id,
  idModel: z.string(),
  callbackURL: z.string(),
  active: z.boolean().nullish()
})
export type Webhook = z.infer<typeof Webhook>

/** What a board export (menu → More → Print and export → JSON) holds beyond a board. */
export const BoardExport = Board.extend({
  lists: z.array(z.unknown()),
  cards: z.array(z.unknown()),
  members: z.array(z.unknown()).nullish(),
  actions: z.array(z.unknown()).nullish(),
  checklists: z.array(z.unknown()).nullish(),
  customFields: z.array(z.unknown()).nullish(),
  memberships: z.array(z.unknown()).nullish()
})

function isMoment(value: string): boolean {
  const at = Date.parse(value)
  return at >= FIRST && at <= LAST
}

const FIRST = Date.parse('0001-01-01T00:00:00Z')
const LAST = Date.parse('9999-12-31T23:59:59.999Z')
