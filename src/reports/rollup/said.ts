/**
 * A rollup put into words, before it becomes HTML or plain text: both say exactly this. People's words are made one line,
 * cut and isolated here; escaping is done where the format is.
 */
import { type NoteRule, noteWords } from '../../alerts/words/index.ts'
import {
  cut,
  isolate,
  type Place,
  writeDate,
  writeDay,
  writeList,
  writeNumber,
  writeTime
} from '../../alerts/words/writing.ts'
import type { KeyResultFacts, ProjectRollup, RollupCard, RollupFacts, WaitingCard } from './facts.ts'
import { difference, headline } from './headline.ts'
import { weekLabel, weekOf, writeSpan, writeWeekday } from './week.ts'
import type { RollupWords } from './words/index.ts'

export interface Linked {
  words: string
  url: string | null
}

export interface SaidCard extends Linked {
  /** What its state is called, and the tone of that word; null for what is quiet. */
  mark: { word: string; tone: 'warn' | 'bad' } | null
  detail: string
}

export interface SaidProject extends Linked {
  count: number
  people: { name: string; cards: SaidCard[]; more: Linked | null }[]
  more: string[]
}

export interface SaidKeyResult extends Linked {
  objective: string
  status: KeyResultFacts['status']
  statusWord: string
  detail: string
  delta: string
  /** Shares of the way, 0 to 1. */
  fill: number
  pace: number | null
}

interface Section<Item> {
  title: string
  about: string
  items: Item[]
  /** Said when there is nothing, or after what there is. */
  after: Linked[]
}

export interface SaidRollup {
  language: string
  subject: string
  week: string
  headline: string
  /** Which projects nothing is told of, and since when; null when there are none. */
  leftOut: string | null
  figures: { value: string; label: string; note: string }[]
  keyResults: Section<SaidKeyResult>
  done: Section<SaidProject>
  carriedOver: Section<SaidProject>
  waiting: Section<Linked & { detail: string }>
  findings: Section<{ rule: string; open: string; share: number; detail: string }>
  weeks: {
    title: string
    span: string
    done: { title: string; about: string; values: number[]; alt: string }
    days: { title: string; about: string; values: (number | null)[]; alt: string } | null
  } | null
  open: Linked | null
  footer: { words: string; settings: Linked | null }
}

/** How much of a long list is said. */
export interface Caps {
  cards: number
  people: number
  projects: number
  others: number
}

export function say(facts: RollupFacts, words: RollupWords, caps: Caps): SaidRollup {
  const { zone } = facts.recipient
  const place: Place = { language: words.language, zone, now: facts.asOf }
  const week = weekLabel(facts.week, zone, words.language)
  const head = headline(facts, words, week.split(',')[0] ?? week)
  return {
    language: words.language,
    subject: head.subject,
    week,
    headline: head.sentence,
    leftOut: leftOut(facts, words, place),
    figures: figures(facts, words, place),
    keyResults: keyResults(facts, words, caps),
    done: byProject(facts, words, place, caps, 'done'),
    carriedOver: byProject(facts, words, place, caps, 'carriedOver'),
    waiting: waiting(facts, words, place, caps),
    findings: findings(facts, words, caps),
    weeks: weeks(facts, words),
    open: facts.links.week ? { words: words.open, url: facts.links.week } : null,
    footer: footer(facts, words, place)
  }
}

const LONGEST_TITLE = 140
const LONGEST_NAME = 60

const title = (words: string): string => isolate(cut(words, LONGEST_TITLE)) || '…'
const name = (words: string): string => isolate(cut(words, LONGEST_NAME)) || '…'
const number = (words: RollupWords, value: number): string =>
  writeNumber(words.language, value, { maximumFractionDigits: 2 })

/** Only web addresses become links. */
function address(url: string | null): string | null {
  return url && /^https?:$/.test(URL.parse(url)?.protocol ?? '') ? url : null
}

function figures({ figures }: RollupFacts, words: RollupWords, place: Place): SaidRollup['figures'] {
  const said = words.figures
  const gap = figures.carriedOver - figures.carriedOverBefore
  const oldest = figures.stuckOldestSince
  const short = (at: string) =>
    writeDate(words.language, { timeZone: place.zone, day: 'numeric', month: 'short' }, new Date(at))
  return [
    { value: figures.done, label: said.done, note: said.doneBefore(figures.doneBefore) },
    {
      value: figures.carriedOver,
      label: said.carriedOver,
      note: gap === 0 ? said.same : gap > 0 ? said.more(gap) : said.fewer(-gap)
    },
    { value: figures.overdue, label: said.overdue, note: said.newAndFixed(figures.overdueNew, figures.overdueFixed) },
    {
      value: figures.stuck,
      label: said.stuck,
      note: oldest && figures.stuck > 0 ? said.oldest(short(oldest)) : said.none
    }
  ].map((figure) => ({ ...figure, value: number(words, figure.value) }))
}

function keyResults(facts: RollupFacts, words: RollupWords, caps: Caps): SaidRollup['keyResults'] {
  const shown = facts.keyResults.slice(0, caps.others)
  const rest = facts.keyResults.length - shown.length
  const moved = facts.keyResults.some(({ before, after }) => before !== after)
  return {
    title: words.keyResults.title,
    about: shown.some(({ expectedByNow }) => expectedByNow !== null) ? words.keyResults.mark : '',
    items: shown.map((result) => keyResult(result, words)),
    after: [
      ...(moved ? [] : [{ words: words.keyResults.none, url: null }]),
      ...(rest > 0 ? [{ words: words.more(rest), url: address(facts.links.week) }] : [])
    ]
  }
}

function keyResult(result: KeyResultFacts, words: RollupWords): SaidKeyResult {
  const { before, after, start, target } = result
  const write = (value: number): string =>
    result.unit === '%'
      ? writeNumber(words.language, value / 100, { style: 'percent', maximumFractionDigits: 2 })
      : number(words, value)
  const unit = result.unit === '%' || result.unit === '' ? '' : ` ${isolate(cut(result.unit, 30))}`
  const now = before === after ? write(after) : `${write(before)} → ${write(after)}`
  const fromZero = result.direction === 'up' && start === 0 && result.unit !== '%'
  const way = fromZero
    ? words.keyResults.of(now, write(target) + unit)
    : words.keyResults.towards(now, write(target) + unit)
  const expected = result.expectedByNow === null ? '' : words.keyResults.expected(write(result.expectedByNow))
  const share = (value: number) => Math.min(1, Math.max(0, (value - start) / (target - start || 1)))
  return {
    words: title(result.title),
    url: address(result.url),
    objective: title(result.objective),
    status: result.status,
    statusWord: words.keyResults.status[result.status],
    detail: `${way}${expected}. ${words.keyResults.counted(result.contributed, result.reversed)}`,
    delta:
      before === after
        ? words.keyResults.noChange
        : difference(result, Math.abs(after - before), words, after > before ? '+' : '−'),
    fill: share(after),
    pace: result.expectedByNow === null ? null : share(result.expectedByNow)
  }
}

function byProject(
  facts: RollupFacts,
  words: RollupWords,
  place: Place,
  caps: Caps,
  which: 'done' | 'carriedOver'
): Section<SaidProject> {
  const all = facts.projects.flatMap((project) => {
    const people = alphabetical(project, words)
      .map((person) => ({
        ...person,
        cards: person.cards.filter(({ state }) => (state === 'done') === (which === 'done'))
      }))
      .filter(({ cards }) => cards.length > 0)
    // A card with two assignees stands under both and counts once.
    const named = new Set(people.flatMap(({ cards }) => cards.map((card) => card.url ?? card.title))).size
    const count = which === 'done' ? Math.max(project.done, named) : named
    return count === 0 ? [] : [{ project, people, count, untitled: count - named }]
  })
  const shown = all.slice(0, caps.projects)
  const total = which === 'done' ? facts.figures.done : facts.figures.carriedOver
  const after: Linked[] = []
  if (all.length === 0 && which === 'done') after.push({ words: words.done.none, url: null })
  if (all.length > shown.length)
    after.push({ words: words.moreProjects(all.length - shown.length), url: address(facts.links.week) })
  return {
    title: words[which].title,
    about: all.length > 0 ? words.cards(total) : '',
    items: shown.map(({ project, people, count, untitled }) => ({
      words: title(project.name),
      url: address(project.url),
      count,
      people: people.slice(0, caps.people).map((person) => {
        const rest = person.cards.length - caps.cards
        return {
          name: person.name === null ? words.nobody : name(person.name),
          cards: person.cards.slice(0, caps.cards).map((card) => saidCard(card, words, place)),
          more: rest > 0 ? { words: words.more(rest), url: address(facts.links.week) ?? address(project.url) } : null
        }
      }),
      more: [
        ...(people.length > caps.people ? [words.morePeople(people.length - caps.people)] : []),
        ...(untitled > 0 ? [words.untitled(untitled)] : [])
      ]
    })),
    after
  }
}

/** By name, as the language sorts names; cards of nobody come last. */
function alphabetical({ people }: ProjectRollup, words: RollupWords): ProjectRollup['people'] {
  const { compare } = new Intl.Collator(words.language)
  return people.toSorted((a, b) =>
    a.name === null || b.name === null ? Number(a.name === null) - Number(b.name === null) : compare(a.name, b.name)
  )
}

function saidCard(card: RollupCard, words: RollupWords, place: Place): SaidCard {
  const said = words.carriedOver
  const since = card.since ? writeDay({ at: card.since }, place) : null
  const due = card.dueAt ? writeDay({ at: card.dueAt, dateOnly: card.dueIsDate }, place) : null
  const linked = { words: title(card.title), url: address(card.url) }
  if (card.state === 'done') return { ...linked, mark: null, detail: '' }
  if (card.state === 'overdue')
    return {
      ...linked,
      mark: { word: due ? `${said.overdue},` : said.overdue, tone: 'bad' },
      detail: due ? said.wasDue(due, card.workingDays ?? 0) : ''
    }
  if (card.state === 'stuck')
    return {
      ...linked,
      mark: { word: said.stuck, tone: 'warn' },
      detail: card.workingDays === null ? (since ? said.since(since) : '') : said.stuckFor(card.workingDays, since)
    }
  return {
    ...linked,
    mark: null,
    detail: [since && said.since(since), due && said.due(due)].filter(Boolean).join(', ')
  }
}

function waiting(facts: RollupFacts, words: RollupWords, place: Place, caps: Caps): SaidRollup['waiting'] {
  const shown = facts.waiting.slice(0, caps.others)
  const rest = facts.waiting.length - shown.length
  const { noAssignee, noDeadline } = facts.counts
  const week = address(facts.links.week)
  const after: Linked[] = []
  if (shown.length === 0) after.push({ words: words.waiting.none, url: null })
  if (rest > 0) after.push({ words: words.more(rest), url: week })
  if (noAssignee + noDeadline > 0) {
    after.push({ words: words.waiting.counts(noAssignee, noDeadline), url: null })
    if (week) after.push({ words: words.waiting.seeThem, url: week })
  }
  return { title: words.waiting.title, about: '', items: shown.map((card) => waitingCard(card, words, place)), after }
}

function waitingCard(card: WaitingCard, words: RollupWords, place: Place): Linked & { detail: string } {
  const said = words.waiting
  // A due date without a time is kept as midnight UTC; it is not shifted into the day before.
  const dateOnly = card.why === 'overdue' && card.sinceIsDate
  const day = writeDay({ at: card.since, dateOnly }, place)
  const why = card.why === 'stuck' ? said.stuck(day, card.workingDays) : said.overdue(day, card.workingDays)
  const people = card.assignees.slice(0, 5).map(name)
  const who = people.length > 0 ? said.withPeople(writeList(words.language, people)) : said.nobody
  return { words: title(card.title), url: address(card.url), detail: `${why}${why.endsWith('.') ? '' : '.'} ${who}` }
}

function findings(facts: RollupFacts, words: RollupWords, caps: Caps): SaidRollup['findings'] {
  const { opened, fixed, medianDaysToFix, byRule } = facts.findings
  const most = Math.max(1, ...byRule.map(({ open }) => open))
  const median = medianDaysToFix === null ? null : number(words, medianDaysToFix)
  const names: Record<string, string> = noteWords(words.language).rule satisfies Record<NoteRule, string>
  const rest = byRule.length - caps.others
  return {
    title: words.findings.title,
    about: words.findings.about(opened, fixed, median, medianDaysToFix ?? 0),
    items: byRule.slice(0, caps.others).map((row) => ({
      rule: Object.hasOwn(names, row.rule) ? names[row.rule]! : name(row.rule),
      open: number(words, row.open),
      share: row.open / most,
      detail: words.findings.openedFixed(row.opened, row.fixed)
    })),
    after: rest > 0 ? [{ words: words.more(rest), url: address(facts.links.week) }] : []
  }
}

function weeks(facts: RollupFacts, words: RollupWords): SaidRollup['weeks'] {
  const { zone } = facts.recipient
  const shown = facts.weeks.slice(-8)
  const last = shown.at(-1)
  const first = shown[0]
  const before = shown.slice(0, -1).map(({ done }) => done)
  if (!first || !last || shown.filter(({ done, medianDays }) => done > 0 || medianDays !== null).length < 2) return null
  const weekNumber = (week: { from: string }) => weekOf(week.from, zone).week
  const measured = shown.filter((week) => week.medianDays !== null)
  const days = (value: number | null) => (value === null ? words.weeks.noValue : number(words, value))
  return {
    title: words.weeks.title(shown.length),
    span: writeSpan(first.from, last.to, zone, words.language, 'short'),
    done: {
      title: words.weeks.done,
      about: words.weeks.doneAbout(last.done, weekNumber(last), Math.min(...before), Math.max(...before)),
      values: shown.map(({ done }) => done),
      alt: `${words.weeks.done}: ${shown.map(({ done }) => number(words, done)).join(', ')}`
    },
    days:
      measured.length < 2
        ? null
        : {
            title: words.weeks.days,
            about: words.weeks.daysAbout(
              last.medianDays === null ? null : number(words, last.medianDays),
              weekNumber(last),
              number(words, measured[0]?.medianDays ?? 0),
              weekNumber(measured[0] ?? last)
            ),
            values: shown.map(({ medianDays }) => medianDays),
            alt: `${words.weeks.days}: ${shown.map(({ medianDays }) => days(medianDays)).join('; ')}`
          }
  }
}

function footer(facts: RollupFacts, words: RollupWords, place: Place): SaidRollup['footer'] {
  const said = words.footer
  const { schedule } = facts
  const whom = name(facts.recipient.name)
  const date = (at: string) =>
    writeDate(words.language, { timeZone: place.zone, day: 'numeric', month: 'long' }, new Date(at))
  const moment = (at: string) =>
    date(at) === date(facts.asOf) && at !== facts.asOf ? writeTime(at, place) : `${date(at)}, ${writeTime(at, place)}`
  const sent = schedule
    ? said.sent(
        whom,
        writeWeekday(schedule.weekday, words.language),
        writeTime(`2024-01-01T${schedule.time}:00.000Z`, { ...place, zone: 'UTC' }),
        cityOf(schedule.zone)
      )
    : said.asked(whom)
  const read = [
    said.asOf(moment(facts.asOf)),
    ...facts.older.slice(0, 10).map((one) => said.older(name(one.project), moment(one.asOf)))
  ]
  const settings = address(facts.links.settings)
  return {
    words: `${sent} ${read.join('; ')}. ${said.promise}`,
    settings: settings ? { words: said.settings, url: settings } : null
  }
}

function leftOut(facts: RollupFacts, words: RollupWords, place: Place): string | null {
  if (facts.leftOut.length === 0) return null
  const moment = (at: string) =>
    `${writeDate(words.language, { timeZone: place.zone, day: 'numeric', month: 'long' }, new Date(at))}, ${writeTime(at, place)}`
  const named = facts.leftOut
    .slice(0, LEFT_OUT_SHOWN)
    .map(({ project, asOf }) => (asOf === null ? name(project) : `${name(project)} (${moment(asOf)})`))
  const more = facts.leftOut.length > LEFT_OUT_SHOWN ? [`+${number(words, facts.leftOut.length - LEFT_OUT_SHOWN)}`] : []
  return words.leftOut([...named, ...more].join('; '))
}

const LEFT_OUT_SHOWN = 10

/** `Europe/Stockholm` is lived in as Stockholm. */
const cityOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
