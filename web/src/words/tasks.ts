/** What Tasks says: the list, its views and filters, the board, one card. */
import { toolName, words } from './en.ts'
import { count, list, number } from './say.ts'

export const tasksWords = {
  title: 'Tasks',
  counted: (shown: number, all: number) => `${number(shown)} of ${count(all, 'card', 'cards')}, in all tools.`,
  table: 'Table',
  board: 'Board',
  layout: 'Layout',
  views: 'Views',
  viewNames: {
    findings: 'With findings',
    mine: 'Mine',
    due: 'Due this week',
    stuck: 'Stuck',
    all: 'All'
  } as Record<string, string>,
  save: {
    open: 'Save this view',
    name: 'Name',
    shared: 'Everybody has it among theirs',
    sharedWhy: 'Each sees in it what they may see.',
    make: 'Save as a new view',
    change: (name: string) => `Save “${name}” as it is now`,
    remove: (name: string) => `Remove “${name}”`,
    saved: (name: string) => `View “${name}” saved`,
    removed: (name: string) => `View “${name}” removed`,
    failed: 'The view was not saved'
  },
  search: 'Search cards',
  filter: 'Filter',
  filters: 'Filters',
  apply: 'Use this filter',
  without: (name: string) => `Without the filter ${name}`,
  sort: 'Sort',
  sorts: {
    age: 'Oldest in column',
    '-age': 'Newest in column',
    due: 'Due first',
    '-due': 'Due last',
    updated: 'Changed last',
    '-updated': 'Changed first',
    title: 'Title, A to Z',
    '-title': 'Title, Z to A',
    priority: 'Most urgent',
    '-priority': 'Least urgent',
    project: 'Project, A to Z',
    '-project': 'Project, Z to A'
  },
  group: 'Groups',
  groupsBy: {
    none: 'No groups',
    project: 'By project',
    assignee: 'By assignee',
    category: 'By category',
    due: 'By due date',
    priority: 'By priority',
    label: 'By label',
    tool: 'By tool',
    rule: 'By finding'
  },
  foldAll: 'Fold all groups',
  unfoldAll: 'Unfold all groups',
  only: 'Only these',
  onlyOf: (group: string) => `Only these: ${group}`,
  /** The group of those that have none of it. */
  ungrouped: {
    assignee: 'Nobody yet',
    label: 'No label',
    rule: 'No finding open',
    due: 'No date'
  } as Partial<Record<string, string>>,
  dueGroups: {
    before: 'Before today',
    today: 'Today',
    week: 'Later this week',
    next: 'Next week',
    later: 'After that'
  } as Record<string, string>,
  columns: {
    title: 'Card',
    column: 'Column',
    assignee: 'Assignee',
    due: 'Due',
    age: 'Age',
    findings: 'Findings'
  },
  nobody: 'Nobody yet',
  noDate: 'no date',
  more: (n: number) => `+${n}`,
  foot: 'Age is working days in the column.',
  keys: ['J', 'K'],
  footKeys: { move: 'move,', enter: 'Enter', opens: 'opens,', slash: '/', searches: 'searches.' },
  failed: 'The cards could not be read',
  viewsFailed: 'The views could not be read',
  empty: {
    title: 'No card matches',
    why: (all: number) => `${count(all, 'card is', 'cards are')} there without this view’s filters.`,
    without: (n: number) => `${number(n)} would without`,
    condition: (name: string, value: string) => `${name}: ${value}`,
    searched: (search: string) => `searching for ${search}`,
    quoted: (what: string) => `“${what}”`,
    action: 'Show all cards',
    none: 'No card has been read yet',
    noneWhy: 'Cards appear here as soon as a tool is connected and its boards are read.'
  },
  boardEmpty: 'No card here',
  boardMore: (n: number) => `Show ${number(n)} more`,
  boardOnly: (n: number) => `${number(n)} more; narrow the filter to see them`,
  fields: {
    tool: 'Tool',
    project: 'Project',
    column: 'Column',
    category: 'Category',
    labels: 'Labels',
    assignees: 'Assignee',
    creator: 'Made by',
    priority: 'Priority',
    title: 'Title',
    description: 'Description',
    due: 'Due',
    start: 'Start',
    created: 'Made',
    updated: 'Changed',
    completed: 'Done',
    entered_column: 'In column since',
    presence: 'Presence',
    estimate: 'Estimate',
    comment_count: 'Comments',
    checklist: 'Checklist, % done'
  } as Record<string, string>,
  operators: {
    is: 'is',
    is_not: 'is not',
    in: 'is one of',
    not_in: 'is none of',
    has: 'has',
    has_any: 'has one of',
    has_none: 'has none of',
    contains: 'contains',
    starts_with: 'starts with',
    is_empty: 'is empty',
    is_not_empty: 'is not empty',
    before: 'before',
    after: 'after',
    on_or_before: 'on or before',
    on_or_after: 'on or after',
    in_last_days: 'in the last days',
    in_next_days: 'in the next days',
    between: 'between',
    '=': '=',
    '!=': 'is not',
    '<': '<',
    '<=': '≤',
    '>': '>',
    '>=': '≥'
  } as Record<string, string>,
  /** Those that go without saying before their values. */
  silent: new Set(['is', 'in', 'has', 'has_any', '=']),
  days: (is: string, n: string) => (is === 'in_last_days' ? `in the last ${n} days` : `in the next ${n} days`),
  between: (from: string, to: string) => `${from} to ${to}`,
  not: (value: string) => `not: ${value}`,
  either: 'or',
  both: 'and',
  several: 'Several',
  everything: 'every card',
  findings: 'Findings',
  anyFinding: 'any open',
  noFinding: 'none open',
  whichFinding: 'Open findings',
  values: {
    ...words.categories,
    ...words.tools,
    urgent: 'Urgent',
    high: 'High',
    normal: 'Normal',
    low: 'Low',
    none: 'None',
    present: 'Present',
    archived: 'Archived',
    deleted: 'Deleted',
    hidden: 'Out of sight',
    me: 'me'
  } as Record<string, string>,
  builder: {
    all: 'All of these',
    any: 'One of these',
    rule: 'Add a condition',
    group: 'Add a group',
    remove: 'Remove',
    field: 'Field',
    operator: 'How',
    value: 'Value',
    combinator: 'How the conditions are joined'
  }
}

export const cardWords = {
  label: (title: string) => title,
  failed: 'This card could not be read',
  column: 'Column',
  means: (category: string) => `means ${category}`,
  assignee: 'Assignee',
  due: 'Due',
  noDate: 'no date yet',
  inColumn: 'In column',
  since: 'since',
  atLeast: 'at least',
  labels: 'Labels',
  priority: 'Priority',
  doneAt: 'Done',
  checklist: 'Checklist',
  checked: (done: number, total: number) => `${number(done)} of ${number(total)}`,
  estimate: 'Estimate',
  presence: 'Presence',
  read: 'Read',
  old: 'Too old to speak from',
  open: (tool: string) => `Open in ${toolName(tool)}`,
  copy: 'Copy link',
  copied: 'Copied',
  findings: 'Findings',
  noFindings: 'Nothing open.',
  closed: 'Closed before',
  openSince: 'Open since',
  closedAt: (reason: string) => `Closed, ${reason}`,
  towards: 'Counts towards',
  noTowards: 'No key result counts this card.',
  counted: (amount: number, unit: string) => `${amount > 0 ? '+' : ''}${number(amount)} ${unit}, counted`,
  willCount: 'once it is done',
  description: 'Description',
  cut: 'The rest is in the tool.',
  history: 'History',
  noHistory: 'No history has been read yet.',
  comments: 'Comments',
  noComments: 'No comments yet.',
  ours: 'Throughline',
  someone: 'Someone',
  told: (tool: string) => `told by ${toolName(tool)}`,
  seen: 'seen by us',
  between: 'between',
  and: 'and',
  events: {
    created: ['Made in', 'Made'],
    moved: ['Moved from', 'to'],
    movedTo: 'Moved to',
    assigned: 'Assigned to',
    unassigned: 'No longer assigned to',
    dueSet: 'Due date set to',
    dueMoved: 'Due date moved from',
    dueRemoved: 'Due date removed, was',
    completed: 'Done',
    reopened: 'Opened again',
    archived: 'Archived',
    restored: 'Brought back',
    deleted: 'Deleted',
    commented: 'Wrote a comment',
    renamed: 'Renamed',
    labelled: 'Labels changed',
    left_project: 'Left the board',
    start_changed: 'Start changed',
    changed: 'Changed'
  }
}

export const findingWords = {
  rules: {
    ...Object.fromEntries(
      (
        [
          ['missing-deadline', words.statuses.noDeadline],
          ['no-assignee', words.statuses.noAssignee],
          ['stale-doing', words.statuses.stale],
          ['overdue', words.statuses.overdue],
          ['blocked-too-long', words.statuses.blocked],
          ['long-thread', words.statuses.thread],
          ['postponed', words.statuses.postponed]
        ] as const
      ).map(([rule, name]) => [rule, name])
    )
  } as Record<string, string>,
  reasons: {
    fixed: 'fixed',
    gone: 'the card is gone',
    hidden: 'the card is out of sight',
    out_of_scope: 'no longer looked at',
    rule_changed: 'the rule changed',
    dismissed: 'dismissed'
  } as Record<string, string>,
  says: {
    'stale-doing': (e: Record<string, unknown>) =>
      `for ${words.age(Number(e.workingDays ?? 0))}; this board’s mark is ${Number(e.limit ?? 0)}.`,
    overdue: (e: Record<string, unknown>) => `by ${words.age(Number(e.workingDays ?? 0))}.`
  } as Record<string, (evidence: Record<string, unknown>) => string>
}

/** A rule's finding in a word or two; a custom rule by its own id. */
export const ruleName = (rule: string): string => findingWords.rules[rule] ?? rule

export const rulesNamed = (rules: readonly string[]): string => list(rules.map(ruleName))
