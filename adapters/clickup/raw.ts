/**
 * The raw JSON of ClickUp, loosely: unknown keys pass, only what the hub reads is required. The specification and real
 * answers disagree on what may be null, a number or a text, so both are read.
 * https://developer.clickup.com/openapi/clickup-api-v2-reference.json
 */
import { z } from 'zod'

/** Ids are numbers for people and texts elsewhere; beyond 2^53 they arrive as texts. */
export const id = z.union([z.string().min(1), z.number().transform(String)])

/** Unix milliseconds in UTC, mostly as text (https://developer.clickup.com/docs/general-time); to ISO. */
export const moment = z
  .union([z.string().regex(/^-?\d{1,16}$/, 'should be Unix milliseconds'), z.number()])
  .transform(Number)
  // A year beyond 9999 has no ISO form that a database takes.
  .refine((ms) => ms >= Date.parse('0001-01-01T00:00:00Z') && ms <= Date.parse('9999-12-31T23:59:59.999Z'), {
    message: 'should be a date'
  })
  .transform((ms) => new Date(ms).toISOString())

const count = z.coerce.number().int().nonnegative().catch(0)
const amount = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)]).transform(Number)

export const User = z.looseObject({
  id,
  username: z.string().nullish(),
  email: z.string().nullish(),
  profilePicture: z.string().nullish(),
  /** An IANA name. The specification spells it `timezeone`, real answers `timezone`. */
  timezone: z.string().nullish(),
  timezeone: z.string().nullish()
})
export type User = z.infer<typeof User>

export const Me = z.looseObject({ user: User })

const Member = z.looseObject({
  user: User.extend({ role: z.number().nullish(), role_key: z.string().nullish() })
})
export const Team = z.looseObject({ id, name: z.string(), members: z.array(Member).nullish() })
export type Team = z.infer<typeof Team>
export const Teams = z.looseObject({ teams: z.array(Team) })

/** Lists written in other years, or seen on a task, have no id for a status. */
export const Status = z.looseObject({
  id: z.string().nullish(),
  status: z.string(),
  type: z.string().nullish(),
  orderindex: z.coerce.number().nullish().catch(null)
})
export type Status = z.infer<typeof Status>

export const Space = z.looseObject({
  id,
  name: z.string(),
  private: z.boolean().nullish(),
  members: z.array(Member).nullish().catch(null)
})
export type Space = z.infer<typeof Space>
export const Spaces = z.looseObject({ spaces: z.array(Space) })

export const List = z.looseObject({
  id,
  name: z.string(),
  archived: z.boolean().nullish(),
  task_count: z.coerce.number().nullish().catch(null),
  folder: z.looseObject({ id, hidden: z.boolean().nullish() }).nullish().catch(null),
  space: z.looseObject({ id, access: z.boolean().nullish() }).nullish().catch(null),
  statuses: z.array(Status).nullish()
})
export type List = z.infer<typeof List>
export const Lists = z.looseObject({ lists: z.array(List) })
export const Folders = z.looseObject({
  folders: z.array(z.looseObject({ id, lists: z.array(List).nullish(), archived: z.boolean().nullish() }))
})
export const Shared = z.looseObject({
  shared: z.looseObject({
    lists: z.array(List).nullish(),
    folders: z.array(z.looseObject({ id })).nullish()
  })
})
export const ListMembers = z.looseObject({ members: z.array(User) })

const Checklist = z.looseObject({
  resolved: count.optional(),
  unresolved: count.optional(),
  items: z.array(z.looseObject({ resolved: z.boolean().nullish() })).nullish()
})

/** A value in a shape nobody foresaw costs this field, never the card. */
const CustomField = z.looseObject({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  type_config: z
    .looseObject({
      options: z
        .array(
          z.looseObject({
            id: z.string().nullish(),
            name: z.string().nullish(),
            label: z.string().nullish(),
            orderindex: z.coerce.number().nullish().catch(null)
          })
        )
        .nullish()
        .catch(null)
    })
    .nullish()
    .catch(null),
  value: z.unknown().optional()
})
export type CustomField = z.infer<typeof CustomField>

export const Priority = z.union([
  z.looseObject({ id: id.nullish(), priority: z.string().nullish() }),
  z.int(),
  z.string()
])

export const Task = z.looseObject({
  id: z.string().min(1),
  name: z.string(),
  text_content: z.string().nullish(),
  description: z.string().nullish(),
  markdown_description: z.string().nullish(),
  status: Status,
  date_created: moment,
  date_updated: moment.nullish(),
  date_closed: moment.nullish(),
  date_done: moment.nullish(),
  archived: z.boolean().nullish(),
  creator: User.nullish(),
  assignees: z.array(User).nullish(),
  checklists: z.array(Checklist).nullish(),
  tags: z.array(z.looseObject({ name: z.string(), tag_bg: z.string().nullish() })).nullish(),
  parent: z.string().nullish(),
  priority: Priority.nullish(),
  due_date: moment.nullish(),
  start_date: moment.nullish(),
  points: amount.nullish(),
  time_estimate: amount.nullish(),
  custom_fields: z.array(CustomField).nullish(),
  url: z.string().nullish(),
  list: z.looseObject({ id }),
  space: z.looseObject({ id }).nullish()
})
export type Task = z.infer<typeof Task>

/** One card that does not fit must not cost the page: each is read by itself. */
export const TaskPage = z.looseObject({ tasks: z.array(z.unknown()), last_page: z.boolean().nullish() })

export const Made = z.looseObject({ id: z.string().min(1) })

/** https://developer.clickup.com/reference/gettaskstimeinstatus */
export const TimeInStatus = z.looseObject({
  current_status: z
    .looseObject({ status: z.string(), total_time: z.looseObject({ since: moment.nullish() }) })
    .nullish()
    .catch(null)
})
export type TimeInStatus = z.infer<typeof TimeInStatus>
export const TimesInStatus = z.record(z.string(), TimeInStatus.catch({}))

export const Run = z.looseObject({
  text: z.string().nullish(),
  type: z.string().nullish(),
  user: z.looseObject({ id: id.nullish(), username: z.string().nullish() }).nullish().catch(null),
  attributes: z.record(z.string(), z.unknown()).nullish().catch(null)
})
export type Run = z.infer<typeof Run>

export const Comment = z.looseObject({
  id,
  comment: z.array(Run.catch({})).nullish().catch(null),
  comment_text: z.string().nullish(),
  user: User.nullish().catch(null),
  date: moment
})
export type Comment = z.infer<typeof Comment>
export const Comments = z.looseObject({ comments: z.array(Comment) })
export const Posted = z.looseObject({ id, date: moment.nullish().catch(null) })

export const Webhook = z.looseObject({
  id,
  endpoint: z.string(),
  events: z.union([z.array(z.string()), z.string()]).nullish(),
  list_id: id.nullish(),
  folder_id: id.nullish(),
  space_id: id.nullish(),
  task_id: id.nullish(),
  health: z.looseObject({ status: z.string().nullish() }).nullish(),
  secret: z.string().nullish()
})
export type Webhook = z.infer<typeof Webhook>
export const Webhooks = z.looseObject({ webhooks: z.array(Webhook) })
export const MadeWebhook = z.looseObject({ webhook: Webhook })

/** What a webhook brings (https://developer.clickup.com/docs/webhooktaskpayloads). */
export const Event = z.looseObject({
  event: z.string(),
  webhook_id: id,
  task_id: id.nullish(),
  list_id: id.nullish(),
  history_items: z
    .array(
      z.looseObject({
        id,
        date: moment.nullish().catch(null),
        field: z.string().nullish(),
        user: z.looseObject({ id: id.nullish() }).nullish().catch(null),
        comment: z.unknown().optional()
      })
    )
    .nullish()
})
export type Event = z.infer<typeof Event>
