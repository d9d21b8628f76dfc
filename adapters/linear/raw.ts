/**
 * The raw JSON of Linear, loosely: unknown keys pass, only what the hub reads is required.
 * Field by field: https://studio.apollographql.com/public/Linear-API/variant/current/schema/reference
 */
import { z } from 'zod'

const id = z.string().min(1)
const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, 'should be a day')
  .refine(isMoment, 'should be a day')
/** A moment outside the years 1 to 9999 has no ISO form that a database takes. */
const moment = z.string().refine(isMoment, 'should be a moment')
const Ref = z.looseObject({ id })

export const PageInfo = z.looseObject({ hasNextPage: z.boolean(), endCursor: z.string().nullish() })
export type PageInfo = z.infer<typeof PageInfo>
const page = <T extends z.ZodType>(node: T) => z.looseObject({ nodes: z.array(node), pageInfo: PageInfo })
const nodes = <T extends z.ZodType>(node: T) => z.looseObject({ nodes: z.array(node) })

export const User = z.looseObject({
  id,
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  email: z.string().nullish(),
  avatarUrl: z.string().nullish(),
  url: z.string().nullish(),
  guest: z.boolean().nullish()
})
export type User = z.infer<typeof User>

export const Organization = z.looseObject({ id, name: z.string(), urlKey: z.string() })
export type Organization = z.infer<typeof Organization>

export const Team = z.looseObject({
  id,
  key: z.string(),
  name: z.string(),
  visibility: z.string().nullish(),
  archivedAt: moment.nullish(),
  retiredAt: moment.nullish(),
  issueCount: z.number().nullish(),
  members: z
    .looseObject({
      nodes: z.array(z.looseObject({ id, guest: z.boolean().nullish() })),
      pageInfo: z.looseObject({ hasNextPage: z.boolean() })
    })
    .nullish()
})
export type Team = z.infer<typeof Team>

export const WorkflowState = z.looseObject({
  id,
  name: z.string(),
  type: z.string(),
  position: z.number(),
  archivedAt: moment.nullish(),
  team: Ref
})
export type WorkflowState = z.infer<typeof WorkflowState>

export const Label = z.looseObject({ id, name: z.string(), color: z.string().nullish() })
export type Label = z.infer<typeof Label>

export const StateSpan = z.looseObject({ id, stateId: id, startedAt: moment, endedAt: moment.nullish() })
export type StateSpan = z.infer<typeof StateSpan>

export const HistoryEntry = z.looseObject({
  id,
  createdAt: moment,
  actorId: z.string().nullish(),
  fromStateId: z.string().nullish(),
  toStateId: z.string().nullish(),
  fromAssigneeId: z.string().nullish(),
  toAssigneeId: z.string().nullish(),
  fromDueDate: z.string().nullish(),
  toDueDate: z.string().nullish(),
  fromTitle: z.string().nullish(),
  toTitle: z.string().nullish(),
  archived: z.boolean().nullish()
})
export type HistoryEntry = z.infer<typeof HistoryEntry>

export const History = z.looseObject({
  id,
  earliest: nodes(StateSpan),
  latest: nodes(StateSpan),
  history: nodes(HistoryEntry)
})
export type History = z.infer<typeof History>

export const Issue = z.looseObject({
  id,
  title: z.string(),
  description: z.string().nullish(),
  priority: z.number().nullish(),
  priorityLabel: z.string().nullish(),
  estimate: z.number().nullish(),
  dueDate: day.nullish(),
  url: z.string(),
  createdAt: moment,
  updatedAt: moment,
  completedAt: moment.nullish(),
  canceledAt: moment.nullish(),
  archivedAt: moment.nullish(),
  trashed: z.boolean().nullish(),
  labelIds: z.array(id).nullish(),
  labels: nodes(Label).nullish(),
  state: z.looseObject({
    id,
    name: z.string().nullish(),
    type: z.string().nullish(),
    position: z.number().nullish(),
    archivedAt: moment.nullish(),
    team: Ref.nullish()
  }),
  team: Ref,
  assignee: User.nullish(),
  creator: Ref.nullish(),
  parent: Ref.nullish(),
  project: z.looseObject({ id, name: z.string().nullish() }).nullish(),
  cycle: z.looseObject({ id, name: z.string().nullish(), number: z.number().nullish() }).nullish()
})
export type Issue = z.infer<typeof Issue>

/** As much as has to be understood of an issue in the trash. */
export const Trashed = z.looseObject({
  id,
  trashed: z.literal(true),
  archivedAt: moment.nullish(),
  updatedAt: moment,
  state: z.looseObject({ id }).nullish().catch(null)
})

export const Comment = z.looseObject({
  id,
  body: z.string(),
  createdAt: moment,
  editedAt: moment.nullish(),
  archivedAt: moment.nullish(),
  issueId: z.string().nullish(),
  issue: Ref.nullish(),
  user: Ref.nullish()
})
export type Comment = z.infer<typeof Comment>

export const Webhook = z.looseObject({ id, url: z.string().nullish(), enabled: z.boolean(), team: Ref.nullish() })
export type Webhook = z.infer<typeof Webhook>

// Answers of the documents, under `data`.
export const ViewerData = z.looseObject({ viewer: User.extend({ organization: Organization }) })
export const TeamsData = z.looseObject({ organization: Organization, teams: page(Team) })
export const StatesData = z.looseObject({ workflowStates: page(WorkflowState) })
export const LabelsData = z.looseObject({ issueLabels: page(Label) })
export const UsersData = z.looseObject({ users: page(User) })
export const DirectoryData = StatesData.extend(LabelsData.shape).extend(UsersData.shape)
export type DirectoryData = z.infer<typeof DirectoryData>
/** Issues and comments are read one by one: a single one that does not fit must not cost the others. */
export const IssuesData = z.looseObject({ issues: page(z.unknown()) })
export const HistoriesData = z.looseObject({ issues: nodes(History) })
export const ReadData = z.looseObject({ issues: nodes(z.unknown()) })
export const CommentsData = z.looseObject({ comments: page(z.unknown()) })
export const ChangesData = z.looseObject({
  teams: nodes(Ref),
  issues: page(z.looseObject({ id, createdAt: z.string(), updatedAt: z.string() })),
  comments: page(z.unknown())
})
export const ThreadData = z.looseObject({
  issues: nodes(z.looseObject({ id, assignee: Ref.nullish() })),
  comments: nodes(Comment)
})
export const CommentCreated = z.looseObject({ commentCreate: z.looseObject({ comment: Comment }) })
export const IssueCreated = z.looseObject({ issueCreate: z.looseObject({ issue: Ref }) })
export const WebhooksData = z.looseObject({ webhooks: page(Webhook) })
export const WebhookCreated = z.looseObject({ webhookCreate: z.looseObject({ webhook: Webhook }) })
export const WebhookUpdated = z.looseObject({ webhookUpdate: z.looseObject({ webhook: Webhook }) })
/** Any mutation that only says whether it was done. */
export const Done = z.record(z.string(), z.looseObject({ success: z.literal(true) }))

/** What a webhook carries, as far as it says what to read again. https://linear.app/developers/webhooks#the-webhook-payload */
export const Payload = z.looseObject({
  action: z.string(),
  type: z.string(),
  createdAt: z.string().nullish(),
  webhookId: z.string().nullish(),
  webhookTimestamp: z.number().nullish(),
  actor: z.looseObject({ id: z.string().nullish() }).nullish(),
  data: z
    .looseObject({
      id: z.string().nullish(),
      issueId: z.string().nullish(),
      issue: z.looseObject({ id: z.string().nullish() }).nullish(),
      userId: z.string().nullish(),
      teamId: z.string().nullish(),
      team: z.looseObject({ id: z.string().nullish() }).nullish(),
      updatedAt: z.string().nullish(),
      archivedAt: z.string().nullish(),
      trashed: z.boolean().nullish()
    })
    .nullish()
})
export type Payload = z.infer<typeof Payload>

function isMoment(text: string): boolean {
  const year = new Date(Date.parse(text)).getUTCFullYear()
  return year >= 1 && year <= 9999
}
