import { z } from 'zod'
import type { Who } from '../../access/who.ts'
import type { Hub } from '../../hub.ts'
import { Tool } from '../../model/task.ts'
import { peopleOf, readings } from '../../sync/progress.ts'
import { operation } from '../operation.ts'

const Progress = z
  .object({
    state: z.enum(['idle', 'reading']).describe('idle: nothing is being read for the first time or all over again'),
    cards: z.number().describe('Read so far, of all that is under way'),
    expected: z.number().nullable().describe('null where a tool does not tell'),
    findings: z.number().describe('Open now on these projects'),
    perSecond: z.number().nullable().describe('Cards; null until it is known'),
    secondsLeft: z.number().nullable(),
    projects: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        tool: Tool,
        connection: z.string(),
        state: z.enum(['waiting', 'reading', 'done', 'failed']),
        cards: z.number(),
        expected: z.number().nullable(),
        since: z.string().nullable(),
        findings: z.number(),
        columns: z.number(),
        unmapped: z.number().describe('Columns whose name says nothing and that nobody has given a meaning'),
        events: z.number().describe('Entries of cards’ history that came with this look')
      })
    ),
    people: z
      .array(z.object({ tool: Tool, count: z.number() }))
      .describe('Accounts the tools have told of so far; empty for those who do not see all boards')
  })
  .meta({ id: 'Progress' })
export type Progress = z.infer<typeof Progress>

export const progressNow = operation({
  id: 'progressNow',
  right: 'see',
  method: 'GET',
  path: '/progress/now',
  tag: 'Sync',
  summary: 'How far reading has come; the same as a stream of server-sent events at /api/progress',
  input: z.object({}),
  output: Progress,
  run: async ({ hub, who }) => progressFor(hub, who, new Pace())
})

/** What somebody who sees these projects is told. `pace`: kept between two looks. */
export async function progressFor(hub: Hub, who: Pick<Who, 'projects'>, pace: Pace): Promise<Progress> {
  const projects = await readings(hub.db, who)
  const under = projects.filter(({ state }) => state === 'reading' || state === 'waiting')
  const cards = sum(projects.map((one) => one.cards))
  // One that waits has not said how many it has: then nobody knows the whole.
  const known = projects.every(({ state, expected }) => state === 'done' || state === 'failed' || expected !== null)
  const expected = known ? sum(projects.map((one) => Math.max(one.cards, one.expected ?? 0))) : null
  const perSecond = under.length > 0 ? pace.of(cards, Date.parse(hub.now()), under) : null
  return {
    state: under.length > 0 ? 'reading' : 'idle',
    cards,
    expected,
    findings: sum(projects.map((one) => one.findings)),
    perSecond,
    people: who.projects === null ? await peopleOf(hub.db, [...new Set(projects.map(({ tool }) => tool))]) : [],
    secondsLeft: expected !== null && perSecond ? Math.ceil((expected - cards) / perSecond) : null,
    projects
  }
}

const WINDOW_MS = 15_000

/** Cards per second over the last quarter of a minute; before that, since the first look that is under way began. */
export class Pace {
  #seen: { at: number; cards: number }[] = []

  of(cards: number, now: number, under: { since: string | null; cards: number }[]): number | null {
    this.#seen = [...this.#seen.filter(({ at }) => at > now - WINDOW_MS), { at: now, cards }]
    const [first] = this.#seen
    if (first && now - first.at >= 2_000) return rate(cards - first.cards, now - first.at)
    const began = under.flatMap(({ since }) => (since === null ? [] : [Date.parse(since)]))
    return began.length === 0 ? null : rate(sum(under.map((one) => one.cards)), now - Math.min(...began))
  }
}

const rate = (cards: number, ms: number): number | null =>
  ms <= 0 || cards < 0 ? null : Math.round((cards / ms) * 10_000) / 10

const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0)
