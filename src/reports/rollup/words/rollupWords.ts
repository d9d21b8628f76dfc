/** What a language has to say in a weekly rollup. Amounts and dates come in as the language writes them. */
import { type Language, plural, writeNumber } from '../../../alerts/words/writing.ts'

export interface RollupWords {
  language: Language
  subject(week: string, done: number): string
  /** A key result's place beside its pace, for a subject and a sentence: `5 behind pace`. */
  behind(amount: string): string
  ahead(amount: string): string
  onPace: string
  /** `2 points`: a difference between two per cents; `count` picks the form. */
  points(amount: string, count: number): string
  headline: {
    done(done: number, before: number): string
    quiet: string
    moved(facts: { title: string; amount: string; back: boolean; pace: string | null }): string
    stoodStill(title: string): string
    waits(title: string, workingDays: number): string
  }
  figures: {
    done: string
    carriedOver: string
    overdue: string
    stuck: string
    doneBefore(count: number): string
    more(count: number): string
    fewer(count: number): string
    same: string
    newAndFixed(fresh: number, fixed: number): string
    oldest(day: string): string
    none: string
  }
  keyResults: {
    title: string
    mark: string
    none: string
    status: Record<'on track' | 'at risk' | 'off track', string>
    of(now: string, target: string): string
    towards(now: string, target: string): string
    expected(amount: string): string
    counted(cards: number, back: number): string
    noChange: string
  }
  cards(count: number): string
  workingDays(count: number): string
  done: { title: string; none: string }
  carriedOver: {
    title: string
    since(day: string): string
    due(day: string): string
    overdue: string
    wasDue(day: string, workingDays: number): string
    stuck: string
    stuckFor(workingDays: number, day: string | null): string
  }
  nobody: string
  more(count: number): string
  morePeople(count: number): string
  moreProjects(count: number): string
  untitled(count: number): string
  waiting: {
    title: string
    none: string
    stuck(day: string, workingDays: number): string
    overdue(day: string, workingDays: number): string
    withPeople(names: string): string
    nobody: string
    counts(noAssignee: number, noDeadline: number): string
    seeThem: string
  }
  findings: {
    title: string
    about(opened: number, fixed: number, medianDays: string | null, days: number): string
    openedFixed(opened: number, fixed: number): string
  }
  weeks: {
    title(count: number): string
    done: string
    doneAbout(now: number, week: number, least: number, most: number): string
    days: string
    daysAbout(now: string | null, week: number, first: string, firstWeek: number): string
    noValue: string
  }
  open: string
  /** Projects that could not be read for too long, each with the moment it was read last. */
  leftOut(projects: string): string
  footer: {
    /** `place`: the zone's city, or UTC. */
    sent(name: string, weekday: string, time: string, place: string): string
    asked(name: string): string
    asOf(moment: string): string
    older(project: string, moment: string): string
    promise: string
    settings: string
  }
}

/** Numbers and counted nouns of one language. */
export function counting(language: Language) {
  const number = (value: number): string => writeNumber(language, value, { maximumFractionDigits: 2 })
  return {
    number,
    /** `1 card`, `81 cards`. */
    of: (count: number, one: string, other: string): string =>
      `${number(count)} ${plural(language, count, { one, other })}`
  }
}
