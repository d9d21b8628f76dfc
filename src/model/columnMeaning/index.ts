/**
 * What a column means, read from its name. Precise rather than complete: a name is read only when it *is* a phrase that
 * people call columns by, alone, decorated, or parted from the rest – never because a phrase occurs in it somewhere.
 * "Testing" is work in progress; "Testing frameworks" is a topic and stays `unmapped` until a person chooses.
 *
 * Pure. The words are data, one file per language in `words/`.
 */
import type { Category } from '../task.ts'
import { type Entry, isBeforeAfter, isJoining, isLink, isTime, lexicon, openEnded } from './lexicon.ts'
import { type Part, parts } from './normalise.ts'

export interface Meaning {
  category: Category
  /** The phrase that decided, as `words/` spells it; null exactly when the category is `unmapped`. */
  reason: { language: string; phrase: string } | null
}

export interface NamedColumn {
  id: string
  name: string
  /** Ascending from the first column; only the order matters. */
  position: number
  archived: boolean
}

/** What a column of this name means, knowing nothing of its board. */
export function suggestCategory(name: string): Meaning {
  return settled(read(name), 'alone')
}

/**
 * What each column of one board means, by id. Position only settles phrases with two readings ("Pending", "Ready"):
 * by whether they stand before or after the first active column that clearly means doing.
 */
export function suggestCategories(columns: readonly NamedColumn[]): Map<string, Meaning> {
  const readings = columns.map((column) => ({ column, reading: read(column.name) }))
  const firstDoing = readings
    .filter(({ column, reading }) => !column.archived && reading?.readings === null && reading.category === 'doing')
    .reduce((first, { column }) => Math.min(first, column.position), Number.POSITIVE_INFINITY)
  return new Map(
    readings.map(({ column, reading }) => {
      const stands =
        firstDoing === Number.POSITIVE_INFINITY ? 'alone' : column.position < firstDoing ? 'before' : 'after'
      return [column.id, settled(reading, stands)]
    })
  )
}

const UNMAPPED: Meaning = { category: 'unmapped', reason: null }

function settled(entry: Entry | null, stands: 'before' | 'after' | 'alone'): Meaning {
  if (entry === null) return UNMAPPED
  const category = entry.readings === null ? entry.category : entry.readings[stands]
  if (category === 'unmapped') return UNMAPPED
  return { category, reason: { language: entry.language, phrase: entry.phrase } }
}

/** A text of this length is no column's name, and reading it is quadratic in its words. */
const LONGEST_NAME = 200

function read(name: string): Entry | null {
  if (name.length > LONGEST_NAME) return null
  const all = parts(name)
  const spoken = all.filter((part) => !isWhen(part))
  // "Today" and "This week" are names of their own, and decoration beside anything else.
  const telling = spoken.length > 0 ? spoken : all.filter((part) => lexicon.has(part.join(' ')))
  if (telling.length === 0) return null
  return lexicon.get(telling.flat().join(' ')) ?? combined(telling.map(readPart))
}

/**
 * Several parts, each read or not. All of one meaning: that. Strong ones of one meaning beside a topic ("Marketing:
 * In progress") or beside weaker words ("Review / Done"): the strong one – except that a weak "closed" beside
 * unfinished work leaves it open. Two strong ones that differ ("To Do / Doing"): nobody can tell.
 */
function combined(readings: (Entry | null)[]): Entry | null {
  const read = readings.filter((reading) => reading !== null)
  const [first] = read
  if (first === undefined) return null
  if (read.length === readings.length && read.every((reading) => sameMeaning(reading, first))) return first
  const [strong, ...others] = read.filter((reading) => reading.strong)
  if (strong === undefined || others.some((other) => other.category !== strong.category)) return null
  const weaklyDone = read.some((reading) => !reading.strong && reading.category === 'done')
  return weaklyDone && strong.category !== 'done' ? null : strong
}

const sameMeaning = (a: Entry, b: Entry): boolean =>
  a === b || (a.category === b.category && a.readings === null && b.readings === null)

function readPart(part: Part): Entry | null {
  const whole = lexicon.get(part.join(' '))
  if (whole !== undefined) return whole
  return strongWithTime(part) ?? weakWithCount(part) ?? waitingForSomething(part) ?? joined(part)
}

/** "To do this week", "Sprint 12 Done", "TODO after the launch", "Sprint 12 Backlog". */
function strongWithTime(part: Part): Entry | null {
  const withoutNumbers = part.filter((word) => !/^\d+$/.test(word)).join(' ')
  const bare = lexicon.get(withoutNumbers)
  if (bare?.strong) return bare
  for (let length = part.length - 1; length > 0; length--) {
    const head = lexicon.get(part.slice(0, length).join(' '))
    const tail = part.slice(length)
    if (head?.strong && (isWhen(tail) || (isAhead(head) && isBeforeAfter(tail[0]!) && tail.length > 1))) return head
    const end = lexicon.get(part.slice(-length).join(' '))
    if (end?.strong && isWhen(part.slice(0, -length))) return end
  }
  return null
}

const isAhead = (entry: Entry): boolean => entry.category === 'todo' || entry.category === 'backlog'

/** "Review 3/5", "Testing WIP 3": a limit, never a year or a version. */
function weakWithCount(part: Part): Entry | null {
  const limit = part.findIndex((word) => /^(?:\d+\/\d+|wip|max|limit)$/.test(word))
  if (limit < 1 || !isWhen(part.slice(limit))) return null
  return lexicon.get(part.slice(0, limit).join(' ')) ?? null
}

/** "Waiting for the client". */
function waitingForSomething(part: Part): Entry | null {
  for (const rest of [1, 2, 3]) {
    const entry = openEnded.get(part.slice(0, -rest).join(' '))
    if (entry !== undefined) return entry
  }
  return null
}

/** "Testing & QA": both are columns, and mean the same. */
function joined(part: Part): Entry | null {
  const at = part.findIndex((word, index) => index > 0 && index < part.length - 1 && isJoining(word))
  if (at === -1) return null
  const [before, after] = [readPart(part.slice(0, at)), readPart(part.slice(at + 1))]
  return before !== null && after !== null && sameMeaning(before, after) ? before : null
}

/** Nothing but times and counts: "week 3", "in March", "2024-03", "WIP 3". */
function isWhen(part: Part): boolean {
  return part.every((word) => isTime(word) || isLink(word)) && part.some(isTime)
}
