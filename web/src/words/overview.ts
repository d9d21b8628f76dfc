/** What the home screen says. */
import { words } from './en.ts'
import { count, list, number, percent, signed, spoken } from './say.ts'

/** A built-in rule by its name; a custom rule is called what its people called it. */
export const ruleName = (rule: string): string => RULES[rule] ?? rule

const RULES: Record<string, string> = {
  'missing-deadline': words.statuses.noDeadline,
  'no-assignee': words.statuses.noAssignee,
  'stale-doing': words.statuses.stale,
  overdue: words.statuses.overdue,
  'blocked-too-long': words.statuses.blocked,
  'long-thread': words.statuses.thread,
  postponed: words.statuses.postponed
}

const written = (iso: string, zone: string, how: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(spoken(), { ...how, timeZone: zone }).format(new Date(iso))

const weekday = (iso: string, zone: string): string => written(iso, zone, { weekday: 'long' })

/** “Monday 16 to Sunday 22 November”: of an instant to just before another. */
function days(from: string, to: string, zone: string): string {
  const last = new Date(Date.parse(to) - 1).toISOString()
  const sameMonth = written(from, zone, { month: 'long' }) === written(last, zone, { month: 'long' })
  const first = written(from, zone, { weekday: 'long', day: 'numeric', ...(sameMonth ? {} : { month: 'long' }) })
  return `${first} to ${written(last, zone, { weekday: 'long', day: 'numeric', month: 'long' })}`.replaceAll(',', '')
}

const than = (difference: number, more: string, fewer: string): string =>
  `${number(Math.abs(difference))} ${difference > 0 ? more : fewer}`

export const overviewWords = {
  title: 'This week',
  failed: 'This week could not be read',
  week: (from: string, to: string, zone: string) => `${days(from, to, zone)}.`,
  asOf: (moment: string, place: string) => ` Figures as of ${moment}, ${place}`,
  older: (tools: { name: string; at: string }[]) =>
    tools.length === 0 ? '.' : `; ${list(tools.map(({ name, at }) => `${name}’s cards as of ${at}`))}.`,
  notRead: ' No board has been read yet.',
  allTeams: 'All teams',
  team: 'Team',
  preview: 'Preview the next rollup',
  figures: {
    label: 'This week at a glance',
    done: 'Done',
    carriedOver: 'Carried over',
    overdue: 'Overdue',
    stuck: 'Stuck',
    weeks: (of: string) => `${of}, the last eight weeks`,
    doneThan: (value: number, before: number, now: string, zone: string) =>
      value === before
        ? `as many as last week by ${weekday(now, zone)}`
        : `${than(value - before, 'more', 'fewer')} than last week by ${weekday(now, zone)}`,
    carriedThan: (value: number, before: number) =>
      `in Doing since before Monday; ${
        value === before ? 'as many as last week' : `${than(value - before, 'more', 'fewer')} than last week`
      }`,
    overdueOf: (opened: number, oldest: number | null) =>
      [
        `${opened === 0 ? 'none' : number(opened)} since Monday`,
        ...(oldest === null ? [] : [`the oldest for ${words.age(oldest)}`])
      ].join('; '),
    stuckOf: (stale: number, blocked: number) =>
      blocked === 0
        ? `${number(stale)} stale in Doing`
        : `${number(stale)} stale in Doing, ${number(blocked)} blocked too long`
  },
  objectives: {
    title: (period: string | null) => (period ? `Objectives, ${period}` : 'Objectives'),
    day: (day: number, of: number) => `day ${number(day)} of ${number(of)}`,
    all: 'All objectives',
    table: 'Objectives and their key results',
    what: 'Objective and key results',
    now: 'Now, and where the pace line is today',
    progress: 'Progress',
    pace: 'Pace',
    failed: 'The objectives could not be read',
    none: 'No objective runs now',
    noneWhy:
      'An objective has key results; finished cards move them by themselves. Set the first one up under Objectives.',
    set: 'Open objectives'
  },
  findings: {
    title: 'Open findings',
    on: (open: number, cards: number) => `${number(open)} on ${count(cards, 'card', 'cards')}`,
    all: 'All findings',
    rule: 'Rule',
    open: 'Open',
    share: 'Share',
    fresh: 'New',
    fixed: 'Fixed',
    since: 'Since Monday',
    median: (days: number) => `Half of what was fixed this week was fixed within ${wholeDays(days)}.`,
    none: 'Nothing was fixed since Monday.',
    clear: 'Nothing open',
    clearWhy: 'Rules look at every card after each reading. What they find shows up here, with the card and since when.'
  },
  finished: {
    title: (since: string, yesterday: boolean, zone: string) =>
      `Finished since ${yesterday ? 'yesterday' : weekday(since, zone)}`,
    all: (n: number) => `All ${number(n)}`,
    none: 'No card was finished since then.',
    unmapped: 'Not mapped yet',
    noKeyResult: 'no key result',
    more: (title: string, others: number) => (others > 0 ? `${title} and ${number(others)} more` : title),
    amount: (amount: number, unit: string) =>
      unit === '%' ? `${signed(amount)} points` : `${signed(amount)} ${inNumber(unit, amount)}`
  },
  waiting: {
    title: 'Waiting for someone',
    all: (n: number) => `All ${count(n, 'card', 'cards')}`,
    none: 'No card waits for anyone.',
    since: (day: string, days: number) => `since ${day}, ${words.age(days)}`
  },
  sync: {
    title: 'Sync health',
    of: (cards: number, tools: number) => `${count(cards, 'card', 'cards')} in ${count(tools, 'tool', 'tools')}`,
    connections: 'Connections',
    states: {
      fine: 'Up to date',
      behind: 'Behind',
      failing: 'Not answering',
      parked: 'Needs reconnecting',
      paused: 'Paused',
      unread: 'Not read yet'
    },
    read: (when: string) => `Read ${when}`,
    boards: (tool: string, boards: number, cards: number) =>
      `${count(boards, ...(BOARDS[tool] ?? BOARD))}, ${count(cards, 'card', 'cards')}`,
    hours: (failed: number, looks: number) =>
      failed === 0
        ? `${count(looks, 'look', 'looks')} in 24 hours, all went well`
        : `${count(looks, 'look', 'looks')} in 24 hours, ${number(failed)} failed`,
    ago: '24 h ago',
    now: 'now',
    webhooks: { live: 'Webhooks live', some: 'Webhooks live on some boards', none: 'Asked every few minutes' },
    next: (when: string) => `We try again ${when}`,
    none: 'No board is read yet',
    noneWhy: 'Once a tool is connected and boards are chosen, this shows how fresh each of them is.'
  },
  percent
}

const BOARD = ['board', 'boards'] as const
const BOARDS: Record<string, readonly [string, string]> = {
  basecamp: ['project', 'projects'],
  clickup: ['list', 'lists'],
  linear: ['team', 'teams']
}

const wholeDays = (value: number): string => count(value, 'working day', 'working days')

/** “1 card”, “2 cards”: a unit that ends in s loses it where it counts one. */
const inNumber = (unit: string, amount: number): string =>
  Math.abs(amount) === 1 && /[^s]s$/.test(unit) ? unit.slice(0, -1) : unit
