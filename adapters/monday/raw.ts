/**
 * The raw JSON of monday, loosely: unknown keys pass, only what the hub reads is required.
 * https://developer.monday.com/api-reference/reference/items · /boards · /updates
 */
import { z } from 'zod'

/** Ids are text in answers and numbers in webhooks. */
const id = z.union([z.string().min(1), z.number()]).transform(String)
/** A moment outside the years 1 to 9999 has no ISO form that a database takes. */
const moment = z.string().refine(isMoment, 'should be a date')
const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d/, 'should be a day')
  .refine(isMoment, 'should be a day')
const reference = z.looseObject({ id })

export const Person = z.looseObject({
  id,
  name: z.string().nullish(),
  email: z.string().nullish(),
  photo_url: z.looseObject({ thumb: z.string().nullish() }).nullish()
})
export type Person = z.infer<typeof Person>

export const Column = z.looseObject({
  id,
  title: z.string(),
  type: z.string(),
  archived: z.boolean().nullish(),
  /** An object, or the text of one; until 2025-10 as `settings_str`. */
  settings: z.unknown().optional(),
  settings_str: z.string().nullish()
})
export type Column = z.infer<typeof Column>

export const Group = z.looseObject({
  id,
  title: z.string(),
  position: z.string().nullish(),
  archived: z.boolean().nullish(),
  deleted: z.boolean().nullish()
})

export const Board = z.looseObject({
  id,
  name: z.string(),
  state: z.string().nullish(),
  type: z.string().nullish(),
  board_kind: z.string().nullish(),
  url: z.string().nullish(),
  hierarchy_type: z.string().nullish(),
  items_count: z.number().nullish(),
  owners: z.array(Person.nullable()).nullish(),
  subscribers: z.array(Person.nullable()).nullish()
})
export type Board = z.infer<typeof Board>

/** A board whose items can be understood. Without its columns it must not pass for one that has none. */
export const LaidOut = Board.extend({ columns: z.array(Column), groups: z.array(Group) })
export type LaidOut = z.infer<typeof LaidOut>

export const Tag = z.looseObject({ id, name: z.string().nullish(), color: z.string().nullish() })
export type Tag = z.infer<typeof Tag>

export const ColumnValue = z.looseObject({
  id,
  type: z.string().nullish(),
  text: z.string().nullish(),
  index: z.number().int().nonnegative().nullish(),
  label: z.string().nullish(),
  is_done: z.boolean().nullish(),
  updated_at: moment.nullish(),
  persons_and_teams: z.array(z.looseObject({ id, kind: z.string().nullish() })).nullish(),
  date: z.union([z.literal(''), day]).nullish(),
  time: z.string().nullish(),
  from: z.union([z.literal(''), day]).nullish(),
  to: z.union([z.literal(''), day]).nullish(),
  number: z.number().nullish(),
  checked: z.boolean().nullish(),
  tags: z.array(Tag).nullish()
})
export type ColumnValue = z.infer<typeof ColumnValue>

export const Item = z.looseObject({
  id,
  name: z.string(),
  state: z.string().nullish(),
  url: z.string().nullish(),
  created_at: moment,
  updated_at: moment.nullish(),
  creator_id: id.nullish(),
  board: z.looseObject({ id, state: z.string().nullish() }).nullish(),
  group: reference.nullish(),
  parent_item: z.looseObject({ id, board: reference.nullish() }).nullish(),
  column_values: z.array(ColumnValue)
})
export type Item = z.infer<typeof Item>

export const ItemsPage = z.looseObject({ cursor: z.string().nullish(), items: z.array(z.unknown()) })

export const Reply = z.looseObject({
  id,
  body: z.string().nullish(),
  creator_id: id.nullish(),
  created_at: moment,
  edited_at: moment.nullish()
})
export type Reply = z.infer<typeof Reply>

export const Update = Reply.extend({ item_id: id.nullish(), replies: z.array(Reply).nullish() })
export type Update = z.infer<typeof Update>

export const ActivityLog = z.looseObject({
  event: z.string(),
  data: z.string().nullish(),
  created_at: z.union([z.string(), z.number()]).nullish()
})
export type ActivityLog = z.infer<typeof ActivityLog>

export const Me = z.looseObject({ id, name: z.string().nullish(), email: z.string().nullish() })

export const Webhook = z.looseObject({ id, board_id: id.nullish(), event: z.string().nullish() })
export type Webhook = z.infer<typeof Webhook>

/** https://developer.monday.com/api-reference/reference/webhooks – `type` is not the name that was subscribed to. */
export const Event = z.looseObject({
  type: z.string(),
  triggerUuid: z.string().nullish(),
  triggerTime: moment.nullish().catch(null),
  userId: id.nullish(),
  boardId: id.nullish(),
  parentItemBoardId: id.nullish(),
  parentBoardId: id.nullish(),
  pulseId: id.nullish(),
  itemId: id.nullish(),
  /** `move_subitem` names its item so. */
  subitem: id.nullish()
})
export type Event = z.infer<typeof Event>

function isMoment(value: string): boolean {
  const at = Date.parse(value)
  return at >= Date.parse('0001-01-01T00:00:00Z') && at <= Date.parse('9999-12-31T23:59:59.999Z')
}
