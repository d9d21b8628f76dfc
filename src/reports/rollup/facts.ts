/**
 * What a weekly rollup tells: facts only, gathered by queries elsewhere. Instants are ISO 8601 in UTC; weeks run from
 * `from` to just before `to`, midnight to midnight in the recipient's zone. A card the recipient may not see is counted,
 * never named. Times of work are kept nowhere here, and people are in no order but the alphabet's.
 */
import type { Subscription, Week } from './week.ts'

export interface RollupFacts {
  /** IANA zone; BCP 47 language, English when we do not speak it. */
  recipient: { name: string; zone: string; language: string }
  /** When this mail is sent, for its footer; null for one that was asked for by hand. */
  schedule: Subscription | null
  week: Pick<Week, 'year' | 'week' | 'from' | 'to'>
  /** Every card was read at this instant or later, but for the projects named in `older`. */
  asOf: string
  older: { project: string; asOf: string }[]
  /** Projects that nothing is told of: what we know of them is too old, or nobody shows them to us any more. */
  leftOut: { project: string; asOf: string | null }[]
  figures: Figures
  /** Those that moved, and those that stood still and are not on track. */
  keyResults: KeyResultFacts[]
  projects: ProjectRollup[]
  /** Cards that wait for someone, the longest waiting first. */
  waiting: WaitingCard[]
  counts: { noAssignee: number; noDeadline: number }
  findings: {
    opened: number
    fixed: number
    /** Working days; null when nothing was fixed. */
    medianDaysToFix: number | null
    byRule: { rule: string; open: number; opened: number; fixed: number }[]
  }
  /** Up to eight, oldest first, the reported week last. `medianDays`: working days from start to done. */
  weeks: { from: string; to: string; done: number; medianDays: number | null }[]
  /** Null where the hub has no public address: nothing is linked then. */
  links: { week: string | null; settings: string | null }
}

export interface Figures {
  done: number
  doneBefore: number
  carriedOver: number
  carriedOverBefore: number
  overdue: number
  overdueNew: number
  overdueFixed: number
  stuck: number
  stuckOldestSince: string | null
}

export interface KeyResultFacts {
  title: string
  objective: string
  /** `%` is written as a per cent (81 is 81 %); any other unit stands after the number; may be empty. */
  unit: string
  start: number
  target: number
  direction: 'up' | 'down'
  before: number
  after: number
  /** Cards that counted towards it this week, and cards taken back. */
  contributed: number
  reversed: number
  /** Where pace would be at the end of the week; null when it has no pace. */
  expectedByNow: number | null
  status: 'on track' | 'at risk' | 'off track'
  url: string | null
}

export interface ProjectRollup {
  name: string
  url: string | null
  done: number
  people: {
    /** Null: cards that nobody is assigned to. */
    name: string | null
    cards: RollupCard[]
  }[]
}

export interface RollupCard {
  title: string
  url: string | null
  state: 'done' | 'carried over' | 'overdue' | 'stuck'
  since: string | null
  dueAt: string | null
  dueIsDate: boolean
  workingDays: number | null
}

export interface WaitingCard {
  title: string
  url: string | null
  why: 'stuck' | 'overdue'
  /** Stuck: since when. Overdue: the due date. */
  since: string
  /** The due date has no time. */
  sinceIsDate: boolean
  workingDays: number
  assignees: string[]
}
