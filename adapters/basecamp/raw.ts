/**
 * The raw JSON of Basecamp, loosely: unknown keys pass, only what the hub reads is required.
 * https://github.com/basecamp/bc-api
 */
import { z } from 'zod'

/** Numbers; beyond 2^53 they arrive as texts. */
export const id = z.union([z.string().min(1), z.number().transform(String)])

/** Instants come in UTC and with an offset; to ISO in UTC. */
export const instant = z
  .string()
  .refine((text) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)), {
    message: 'should be an instant'
  })
  .transform((text) => new Date(text).toISOString())

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'should be a date')
const count = z.number().int().nonnegative()

export const Person = z.looseObject({
  id,
  name: z.string(),
  email_address: z.string().nullish(),
  attachable_sgid: z.string().nullish(),
  avatar_url: z.string().nullish()
})
export type Person = z.infer<typeof Person>

export const Authorization = z.looseObject({
  expires_at: instant.nullish().catch(null),
  accounts: z.array(z.looseObject({ id, product: z.string().nullish() }))
})

export const Dock = z.looseObject({
  id,
  name: z.string(),
  title: z.string(),
  enabled: z.boolean(),
  app_url: z.string()
})
export type Dock = z.infer<typeof Dock>

export const Project = z.looseObject({
  id,
  name: z.string(),
  status: z.string(),
  app_url: z.string(),
  clients_enabled: z.boolean().nullish(),
  all_access: z.boolean().nullish(),
  dock: z.array(Dock).nullish()
})
export type Project = z.infer<typeof Project>

const Parent = z.looseObject({ id, type: z.string(), title: z.string().nullish() })
const Bucket = z.looseObject({ id })

export const Column = z.looseObject({
  id,
  title: z.string(),
  type: z.string(),
  on_hold: z.looseObject({ id, title: z.string().nullish(), cards_url: z.string().nullish() }).nullish(),
  cards_url: z.string().nullish()
})
export type Column = z.infer<typeof Column>

export const CardTable = z.looseObject({
  id,
  title: z.string(),
  status: z.string(),
  app_url: z.string(),
  visible_to_clients: z.boolean().nullish(),
  bucket: Bucket,
  lists: z.array(Column).nullish()
})
export type CardTable = z.infer<typeof CardTable>

export const Todolist = z.looseObject({
  id,
  title: z.string(),
  status: z.string(),
  app_url: z.string(),
  visible_to_clients: z.boolean().nullish(),
  bucket: Bucket,
  parent: Parent.nullish(),
  todos_url: z.string().nullish()
})
export type Todolist = z.infer<typeof Todolist>

/** A card or a to-do, with all that a single one shows. */
export const Task = z.looseObject({
  id,
  type: z.enum(['Kanban::Card', 'Todo']),
  status: z.string(),
  title: z.string(),
  content: z.string().nullish(),
  description: z.string().nullish(),
  starts_on: day.nullish(),
  due_on: day.nullish(),
  completed: z.boolean().nullish(),
  completed_at: instant.nullish(),
  completion: z.looseObject({ created_at: instant }).nullish(),
  parent: Parent,
  bucket: Bucket,
  creator: Person.nullish(),
  assignees: z.array(Person).nullish(),
  completion_subscribers: z.array(Person).nullish().catch(null),
  comments_count: count.nullish(),
  steps: z.array(z.looseObject({ completed: z.boolean().nullish() })).nullish(),
  created_at: instant,
  updated_at: instant,
  app_url: z.string()
})
export type Task = z.infer<typeof Task>

/** One card that does not fit must not cost the page: each is read by itself. */
export const Rows = z.array(z.unknown())

export const Comment = z.looseObject({
  id,
  status: z.string().nullish(),
  content: z.string(),
  creator: Person.nullish().catch(null),
  created_at: instant,
  updated_at: instant
})
export type Comment = z.infer<typeof Comment>

/** What happened to one recording. */
export const Event = z.looseObject({
  id,
  action: z.string(),
  created_at: instant,
  creator: z.looseObject({ id }).nullish().catch(null),
  details: z
    .looseObject({ parent_id_was: id.nullish().catch(null), new_parent_id: id.nullish().catch(null) })
    .nullish()
    .catch(null)
})
export type Event = z.infer<typeof Event>

/** What happened in the account. */
export const Feed = z.looseObject({
  events: z.array(
    z.looseObject({
      event_type: z.string(),
      recording_id: id,
      creator_id: id.nullish().catch(null),
      created_at: instant,
      details: z
        .looseObject({ column_id: id.nullish().catch(null), previous_column_id: id.nullish().catch(null) })
        .nullish()
        .catch(null)
    })
  ),
  position: z.string(),
  next: z.string().nullish()
})

export const Webhook = z.looseObject({
  id,
  active: z.boolean().nullish(),
  payload_url: z.string(),
  types: z.array(z.string()).nullish()
})
export type Webhook = z.infer<typeof Webhook>

/** What a webhook brings: the recording without most of what it holds. */
export const Told = z.looseObject({
  id,
  kind: z.string(),
  created_at: instant.nullish().catch(null),
  recording: z.looseObject({ id, type: z.string(), parent: Parent.nullish().catch(null) }),
  creator: z.looseObject({ id }).nullish().catch(null),
  copy: z.looseObject({ id }).nullish().catch(null)
})
export type Told = z.infer<typeof Told>
