/** What the API shows of things: shapes of real answers of 2025 and 2026, numbers as texts where those have them. */
import type { Comment, Field, List, Space, Status, Task, Team, User } from './world.ts'

const initials = (user: User): string =>
  (user.username ?? user.email ?? '?')
    .split(' ')
    .map((word) => word[0]!.toUpperCase())
    .slice(0, 2)
    .join('')

export const userJson = (user: User) => ({
  id: user.id,
  username: user.username,
  color: user.color,
  initials: initials(user),
  email: user.email,
  profilePicture: null
})

const PROFILE = {
  display_profile: null,
  verified_ambassador: null,
  verified_consultant: null,
  top_tier_user: null,
  viewed_verified_ambassador: null,
  viewed_verified_consultant: null,
  viewed_top_tier_user: null
}

export const memberJson = (user: User) => ({ ...userJson(user), profileInfo: PROFILE })

export const meJson = (user: User) => ({
  user: { ...userJson(user), week_start_day: 1, global_font_support: false, timezone: user.timezone }
})

const ROLES: Record<number, string> = { 1: 'owner', 2: 'admin', 3: 'member', 4: 'guest' }

export const teamJson = (team: Team) => ({
  id: team.id,
  name: team.name,
  color: '#40BC86',
  avatar: null,
  members: team.members.map((user) => ({
    user: { ...userJson(user), role: user.role, role_subtype: 0, role_key: ROLES[user.role], custom_role: null }
  }))
})

const statusJson = ({ id, status, color, type, orderindex }: Status) => ({ status, id, color, type, orderindex })

const ON = { enabled: true }
const FEATURES = {
  due_dates: { enabled: true, start_date: true, remap_due_dates: false, remap_closed_due_date: false },
  time_tracking: ON,
  tags: ON,
  time_estimates: ON,
  checklists: ON,
  custom_fields: ON
}

export const spaceJson = (space: Space, statuses: readonly Status[]) => ({
  id: space.id,
  name: space.name,
  color: null,
  private: space.private,
  avatar: null,
  admin_can_manage: null,
  statuses: statuses.map(statusJson),
  multiple_assignees: true,
  features: FEATURES,
  archived: false
})

/** A list right below a space stands in a hidden folder. */
const folderOf = ({ folder, id }: List) =>
  folder
    ? { id: folder.id, name: folder.name, hidden: false, access: true }
    : { id: `${id.slice(0, -1)}9`, name: 'hidden', hidden: true, access: true }

/** As it stands in answers about its folder or space: without statuses. */
export const listJson = (list: List, tasks: number) => ({
  id: list.id,
  name: list.name,
  deleted: false,
  orderindex: 0,
  content: '',
  status: null,
  priority: null,
  assignee: null,
  task_count: tasks,
  due_date: null,
  start_date: null,
  folder: folderOf(list),
  space: { id: list.space.id, name: list.space.name, access: true },
  archived: list.archived,
  override_statuses: true,
  permission_level: 'create'
})

export const wholeListJson = (list: List, tasks: number) => ({
  ...listJson(list, tasks),
  inbound_address: `a.t.${list.id}@tasks.example`,
  statuses: list.statuses.map((status) => ({ ...statusJson(status), status_group: `subcat_${list.id}` }))
})

export const PRIORITIES = [
  { color: '#f50000', id: '1', orderindex: '1', priority: 'urgent' },
  { color: '#f8ae00', id: '2', orderindex: '2', priority: 'high' },
  { color: '#6fddff', id: '3', orderindex: '3', priority: 'normal' },
  { color: '#d8d8d8', id: '4', orderindex: '4', priority: 'low' }
] as const

const text = (ms: number | null): string | null => (ms === null ? null : String(ms))

export function taskJson(task: Task, markdown: boolean): Record<string, unknown> {
  const { list } = task
  const folder = folderOf(list)
  const json: Record<string, unknown> = {
    id: task.id,
    custom_id: null,
    custom_item_id: 0,
    name: task.name,
    text_content: task.description,
    description: task.description,
    ...(markdown ? { markdown_description: task.description } : {}),
    status: statusJson(task.status),
    orderindex: `${task.order}.00000000000000000000000000000000`,
    date_created: String(task.created),
    date_updated: String(task.updated),
    date_closed: text(task.closed),
    date_done: text(task.done),
    archived: task.archived,
    creator: userJson(task.creator),
    assignees: task.assignees.map(userJson),
    group_assignees: [],
    watchers: [userJson(task.creator)],
    checklists: task.checklists.map((one, index) => checklistJson(task, one, index)),
    tags: task.tags.map((name) => ({ name, tag_fg: '#ffa727', tag_bg: '#ffa727', creator: task.creator.id })),
    parent: task.parent?.id ?? null,
    top_level_parent: task.parent?.id ?? null,
    priority: task.priority === null ? null : PRIORITIES[task.priority - 1],
    due_date: text(task.due?.ms ?? null),
    start_date: text(task.start?.ms ?? null),
    points: task.points,
    time_estimate: task.estimate,
    custom_fields: list.fields.map((field) => fieldJson(field, task)),
    dependencies: [],
    linked_tasks: [],
    locations: [],
    team_id: list.space.team.id,
    url: `https://app.clickup.com/t/${task.id}`,
    sharing: {
      public: false,
      public_share_expires_on: null,
      public_fields: ['assignees', 'priority', 'due_date', 'content'],
      token: null,
      seo_optimized: false
    },
    permission_level: 'create',
    list: { id: list.id, name: list.name, access: true },
    project: folder,
    folder,
    space: { id: list.space.id }
  }
  if (task.spoilt) {
    Object.assign(json, task.spoilt.set)
    for (const key of task.spoilt.drop) delete json[key]
  }
  return json
}

function checklistJson(task: Task, { id, name, items }: Task['checklists'][number], orderindex: number) {
  const resolved = items.filter((item) => item.resolved).length
  return {
    id,
    task_id: task.id,
    name,
    date_created: String(task.created),
    orderindex,
    creator: task.creator.id,
    resolved,
    unresolved: items.length - resolved,
    items: items.map((item, index) => ({
      ...item,
      orderindex: index,
      assignee: null,
      group_assignee: null,
      parent: null,
      date_created: String(task.created),
      children: []
    }))
  }
}

/** Without `value` where nothing is set. */
function fieldJson(field: Field, task: Task) {
  const { id, name, type, options } = field
  const value = task.values.get(field)
  return {
    id,
    name,
    type,
    type_config: options.length > 0 ? { sorting: 'manual', new_drop_down: true, options } : {},
    date_created: '1611729648993',
    hide_from_guests: false,
    required: false,
    ...(value === undefined ? {} : { value })
  }
}

export const commentJson = ({ id, runs, user, date, resolved }: Comment) => ({
  id,
  comment: runs,
  comment_text: plainText(runs),
  user: userJson(user),
  resolved,
  assignee: null,
  assigned_by: null,
  reactions: [],
  date: String(date),
  reply_count: '0'
})

export const plainText = (runs: Comment['runs']): string => runs.map((run) => run.text ?? '').join('')
