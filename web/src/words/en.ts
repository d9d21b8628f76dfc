/** What the shell and the shared parts say. Each screen has a file of its own beside this one. */
import { count, list, span } from './say.ts'

export const words = {
  app: 'Throughline',
  title: (page: string) => `${page} · Throughline`,
  skip: 'Skip to the page',
  nav: {
    main: 'Main',
    overview: 'Overview',
    tasks: 'Tasks',
    findings: 'Findings',
    objectives: 'Objectives',
    reports: 'Reports',
    projects: 'Projects',
    rules: 'Rules',
    connections: 'Connections',
    people: 'People',
    settings: 'Settings',
    welcome: 'Welcome',
    more: 'More',
    find: 'Find or jump to',
    open: (n: number) => count(n, 'open finding', 'open findings')
  },
  roles: { owner: 'Owner', ops: 'Ops', manager: 'Manager', member: 'Member' },
  account: {
    label: (name: string) => `${name}, your account`,
    scheme: 'Light or dark',
    schemes: { auto: 'As the system', light: 'Light', dark: 'Dark' },
    mine: 'Your settings',
    keys: 'Keys',
    signOut: 'Sign out',
    here: (role: string, place: string) => `${role} · ${place}`
  },
  freshness: {
    fresh: 'All tools are up to date.',
    none: 'No card has been read yet.',
    nothing: 'No board was given to you yet.',
    behind: (tools: { name: string; minutes: number }[]) =>
      `${list(tools.map(({ name, minutes }) => `${name} is ${span(minutes)} behind`))}. All else is up to date.`
  },
  line: {
    down: 'Reconnecting, your text is kept',
    unreachable: 'The hub isn’t answering. What you wrote is kept; try again as soon as it is back.',
    signedOut: 'You are no longer signed in. Sign in again in another tab, then try again; what you wrote is kept.',
    unexpected: 'The hub could not do this. Try again; if it stays so, its log says more.'
  },
  finder: {
    placeholder: 'Find or jump to',
    screens: 'Go to',
    cards: 'Cards',
    boards: 'Boards',
    keyResults: 'Key results',
    people: 'People',
    help: 'Help',
    empty: 'Nothing of that name.',
    looking: 'Looking',
    failed: 'The hub could not look for it. Type on to try again.',
    keys: 'Show the keys'
  },
  keys: {
    title: 'Keys',
    everywhere: 'Everywhere',
    here: 'On this page',
    find: 'Find or jump to',
    list: 'List the keys',
    close: 'Close what is open',
    down: 'Next row',
    up: 'Row before',
    open: 'Open the row',
    check: 'Choose the row'
  },
  missing: {
    title: 'There is no page at this address',
    why: 'It may have moved, or the link was cut short.',
    back: 'Go to the start'
  },
  notYours: {
    title: 'This page is for those who tend the hub',
    why: (role: string) => `You are here as ${role.toLowerCase()}. An owner can change that in Settings.`,
    back: 'Go to the start'
  },
  broken: {
    title: 'This page stopped working',
    why: 'Something on it could not be shown. The rest of Throughline is fine.',
    failed: 'What it could not do',
    again: 'Load it again'
  },
  failed: {
    again: 'Try again',
    details: 'Details',
    code: (code: string, status: number) => (status ? `${code}, HTTP ${status}` : code),
    copy: 'Copy',
    copied: 'Copied'
  },
  who: 'We could not find out who is signed in',
  waiting: 'Reading',
  close: 'Close',
  undo: 'Undo',
  cancel: 'Keep it as it is',
  form: { save: 'Save', cancel: 'Cancel' },
  /** For managers and members who see no board. */
  noBoards: {
    title: 'No board was given to you yet',
    why: 'You see boards that you or your team were given, and those your own account in a tool is a member of. Ask someone who looks after Throughline.'
  },
  confirm: {
    kept: 'Kept',
    deleted: 'Deleted',
    type: (name: string) => `Type “${name}” to go on. This can’t be undone.`
  },
  table: {
    check: (name: string) => `Choose ${name}`,
    checkAll: 'Choose all rows'
  },
  age: (days: number) => count(days, 'working day', 'working days'),
  ageShort: (days: number) => `${days} d`,
  progress: (now: string, expected: string) => `${now} of the way, ${expected} expected by today`,
  progressOnly: (now: string) => `${now} of the way`,
  spark: (of: string, values: string) => `${of}: ${values}`,
  categories: {
    backlog: 'Backlog',
    todo: 'To do',
    doing: 'Doing',
    blocked: 'Blocked',
    done: 'Done',
    dropped: 'Dropped',
    reference: 'Reference',
    unmapped: 'Not chosen yet'
  },
  statuses: {
    fine: 'On track',
    risk: 'At risk',
    off: 'Off track',
    waiting: 'Waiting',
    broken: 'Broken',
    overdue: 'Overdue',
    stale: 'Stale in Doing',
    blocked: 'Blocked too long',
    noDeadline: 'No deadline',
    noAssignee: 'No assignee',
    postponed: 'Postponed',
    thread: 'Long thread',
    unknown: 'Not read yet',
    paused: 'Paused'
  },
  tools: { trello: 'Trello', basecamp: 'Basecamp', clickup: 'ClickUp', monday: 'monday', linear: 'Linear' }
}

/** A tool's own spelling; an unknown one keeps its id. */
export const toolName = (tool: string): string => (words.tools as Record<string, string>)[tool] ?? tool
