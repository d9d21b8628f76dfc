/** What the objectives say. */
import { count, number, percent, signed, spoken } from './say.ts'

interface KeyResult {
  unit: string
  start: number
  target: number
  current: number
  expected: number
  direction: 'up' | 'down'
}

const write = (date: string, how: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(spoken(), { ...how, timeZone: 'UTC' }).format(new Date(date))

const longDay = (date: string): string => write(date, { day: 'numeric', month: 'long' })
const shortDay = (date: string): string => write(date, { day: 'numeric', month: 'short' })

/** “Q4 2026” for a quarter, “2026” for a year, else “1 October to 15 December 2026”. */
export function periodName(from: string, to: string): string {
  const [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))]
  const lastOf = (months: number) => new Date(Date.UTC(year, month - 1 + months, 0)).toISOString().slice(0, 10)
  if (from.endsWith('-01') && month % 3 === 1 && to === lastOf(3)) return `Q${(month + 2) / 3} ${year}`
  if (from.endsWith('-01-01') && to === lastOf(12)) return String(year)
  return span(from, to)
}

/** “1 October to 31 December 2026”. */
const span = (from: string, to: string): string => `${longDay(from)} to ${longDay(to)} ${to.slice(0, 4)}`

/** Which day of how many. */
export function dayOfPeriod(from: string, to: string, today: string): [day: number, of: number] {
  const days = (later: string) => Math.round((Date.parse(later) - Date.parse(from)) / 86_400_000) + 1
  const of = days(to)
  return [Math.min(of, Math.max(1, days(today))), of]
}

/** A figure of a key result: whole steps where the way is long, else to a tenth; per cents with their sign. */
export function figure({ start, target, unit }: Pick<KeyResult, 'start' | 'target' | 'unit'>, value: number): string {
  const digits = Math.abs(target - start) >= 10 && Number.isInteger(start) && Number.isInteger(target) ? 0 : 1
  return unit === '%' ? percent(value / 100, digits) : number(value, digits)
}

/** What is known to be so keeps its tenths. */
const exact = ({ unit }: Pick<KeyResult, 'unit'>, value: number): string =>
  unit === '%' ? percent(value / 100, 1) : number(value, 2)

/** “29 of 60, 33 expected”, “8.4 days, 9.3 expected”, “81%, 78% expected”. */
export function standing(one: KeyResult): string {
  const now = exact(one, one.current)
  const expected = `${figure(one, one.expected)} expected`
  if (one.unit === '%') return `${now}, ${expected}`
  return one.direction === 'up' && one.start === 0
    ? `${now} of ${exact(one, one.target)}, ${expected}`
    : `${now} ${one.unit}, ${expected}`
}

export const objectivesWords = {
  title: 'Objectives',
  failed: 'The objectives could not be read',
  counts: (onTrack: number, atRisk: number, offTrack: number) =>
    `${count(onTrack, 'key result', 'key results')} on track, ${number(atRisk)} at risk, ${number(offTrack)} off track.`,
  period: (from: string, to: string) => {
    const name = periodName(from, to)
    return name === span(from, to) ? `${name}.` : `${name}, ${longDay(from)} to ${longDay(to)}.`
  },
  tree: 'Objectives',
  mean: (n: number) => `Mean of ${count(n, 'key result', 'key results')}`,
  empty: {
    title: 'No objective yet',
    why: 'An objective says what is to be reached, its key results by how much. A key result names the cards that count; each one that is done moves it, and the ledger shows it card by card.',
    member: 'A manager sets the first one up.',
    none: 'No key result yet'
  },
  add: {
    objective: 'Add an objective',
    keyResult: 'Add a key result',
    title: 'Title',
    save: 'Add it',
    failed: 'The objective was not added',
    done: (title: string) => `Added: ${title}`
  },
  change: {
    open: (title: string) => `Edit the objective “${title}”`,
    title: 'Edit the objective',
    along: 'Key results that run from its first to its last day go along when these change.',
    save: 'Save the objective',
    saved: (title: string, moved: number) =>
      moved === 0
        ? `Saved: ${title}`
        : `Saved: ${title}. ${count(moved, 'key result goes', 'key results go')} along with its days.`,
    failed: 'The objective was not saved',
    remove: 'Remove this objective',
    kept: ['All cards and their history', 'What past rollups said of it'],
    deleted: (keyResults: number) => [
      'The objective',
      ...(keyResults === 0 ? [] : [`Its ${count(keyResults, 'key result', 'key results')} with their ledgers`])
    ],
    action: 'Remove the objective',
    removed: (title: string) => `Removed: ${title}`,
    notRemoved: 'The objective was not removed'
  },
  detail: {
    of: (target: string, unit: string) => (unit === '' || unit === '%' ? `of ${target}` : `of ${target} ${unit}`),
    from: (start: string, target: string, unit: string) => `${unit === '%' ? '' : unit}, from ${start} to ${target}`,
    expected: (difference: string, lead: number) =>
      lead === 0
        ? 'expected by today, so on pace'
        : `expected by today, so ${difference} ${lead < 0 ? 'behind' : 'ahead'}`,
    expectedAtEnd: 'expected by the last day',
    likely: (end: string) => `likely by ${shortDay(end)}`,
    reached: (target: string, on: string) => `${target} around ${shortDay(on)}`,
    failed: 'This key result could not be read',
    gone: 'There is no such key result, or no longer.',
    pace: {
      'on track': ['On track', 'means at the pace line or ahead of it.'],
      'at risk': ['At risk', 'means behind the pace line, with at least seven tenths of the way it asks for gone.'],
      'off track': ['Off track', 'means less than seven tenths of the way that the pace line asks for.']
    },
    forecast: (weeks: number, least: string, most: string) =>
      `The forecast draws 10,000 times from ${count(weeks, 'full week', 'full weeks')} so far, ${
        least === most ? least : `${least} to ${most}`
      } each; the band holds 7 of 10 runs.`,
    tooEarly: (weeks: number) =>
      `A forecast needs four full weeks; there ${weeks === 1 ? 'is one' : `are ${number(weeks)}`} so far.`,
    over: 'Its last day has passed.',
    source: 'Counted from',
    counts: (cards: number, measure: string) =>
      measure === 'count'
        ? `${count(cards, 'card', 'cards')}, 1 each`
        : `${count(cards, 'card', 'cards')}, by ${measure}`,
    edit: 'Edit and preview'
  },
  chart: {
    label: (now: string, expected: string, likely: string | null) =>
      `${now} now, the pace line at ${expected}${likely ? `, ${likely}` : ''}.`,
    today: 'today',
    target: (target: string) => `${target} target, pace line`,
    now: (value: string) => `${value} now`,
    likely: (likely: string, low: string, high: string) =>
      low === high ? `${likely} likely` : `${likely} likely, ${low} to ${high}`,
    likelySaid: (likely: string, low: string, high: string) => `forecast ${likely}, ${low} to ${high} in 7 of 10 runs`,
    table: 'The same as a table',
    day: 'Day',
    value: 'Value'
  },
  ledger: {
    title: 'Every point, card by card',
    entries: (n: number) => count(n, 'entry', 'entries'),
    order: 'Order of the entries',
    done: 'As known now',
    known: 'As we learned it',
    counted: 'Counted',
    card: 'Card',
    why: 'Why',
    points: 'Points',
    total: 'Total',
    moved: (column: string) => `moved to ${column}`,
    marked: 'marked complete',
    learned: (day: string) => `learned ${day}`,
    reversedOn: (why: string, day: string) => `${why}; reversed on ${day}`,
    reversed: {
      reopened: 'Reversed: the card is open again',
      deleted: 'Reversed: the card was deleted',
      'no longer matches': 'Reversed: it no longer matches what counts',
      changed: 'Reversed: its amount or day changed, counted anew'
    } as Record<string, string>,
    reversedPlain: 'Reversed',
    hiddenCard: 'A card on a board you can’t see',
    hidden: (cards: number) =>
      `${count(cards, 'more card counts', 'more cards count')} here without ${cards === 1 ? 'a title: it is on a board' : 'titles: they are on boards'} you can’t see. `,
    foot: 'Entries are never edited. A card that comes back writes a new line, so any day’s figure can be shown as it was known then. ',
    equal: 'Checked against a count from scratch just now: equal.',
    differs: (sum: string, scratch: string) =>
      `A count from scratch just now says ${scratch}, the ledger ${sum}; it is brought in step with the next reading.`,
    more: 'Show older entries',
    empty: 'Nothing counts yet',
    emptyWhy: 'As soon as a card that matches is done, it stands here with its points.',
    failed: 'The ledger could not be read',
    amount: (value: number) => signed(value)
  },
  editor: {
    edit: 'Edit the key result',
    add: (objective: string) => `Add a key result to “${objective}”`,
    title: 'Title',
    start: 'Start',
    target: 'Target',
    unit: 'Unit',
    unitHint: 'Such as cards, placements or %',
    from: 'First day',
    to: 'Last day',
    filter: 'Which finished cards count',
    filterHint: 'For example: project = "Client portal" and labels has "Accepted"',
    ways: 'How it is written',
    conditions: 'Conditions',
    text: 'As text',
    noConditions: 'This text can’t be read as conditions yet. Mend it, or begin anew.',
    anew: 'Begin anew',
    measure: 'What each card adds',
    count: '1 each',
    sum: 'A number field',
    field: 'Name of the field',
    fieldHint: 'estimate, or a custom field by its name',
    save: 'Save the key result',
    saved: (title: string) => `Saved: ${title}`,
    added: (title: string) => `Added: ${title}`,
    failed: 'The key result was not saved',
    cancel: 'Discard',
    remove: 'Remove this key result',
    preview: 'What would count now',
    counts: (cards: number, amount: string, sum: boolean) =>
      sum ? `${count(cards, 'card', 'cards')}, ${amount} in all` : count(cards, 'card', 'cards'),
    none: 'No finished card matches yet.',
    first: (shown: number, of: number) => `The latest ${number(shown)} of ${number(of)}`,
    onYours: 'Counted on the boards you see.',
    unread: 'Fill in a filter and both days to see what would count.',
    badFilter: 'The filter can’t be read yet'
  },
  remove: {
    title: 'Remove this key result',
    kept: ['All cards and their history', 'What past rollups said of it'],
    deleted: ['The key result', 'Its ledger'],
    action: 'Remove the key result',
    done: (title: string) => `Removed: ${title}`
  }
}
