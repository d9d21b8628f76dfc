/** Plays faults and says what became of them. */
import { setTimeout as sleep } from 'node:timers/promises'
import { faults } from './faults/index.ts'
import { randomOf } from './rig/random.ts'
import { type Fault, type Outcome, openRig, type Rig, type Services, toolOf } from './rig/rig.ts'

export interface Line {
  id: string
  title: string
  injected: number
  survived: number
  /** The longest time from a fault until nothing was left to do, on the rig's clock. */
  worstRecoveryMs: number
  /** What the oracle said, round by round. */
  wrong: { round: number; said: string[] }[]
}

export interface TableOrder {
  services: Services
  seed: string
  /** Faults by id; all when empty. */
  only: readonly string[]
  /** The rounds of the short part. */
  short?: boolean
  /** Rounds at the same time. */
  atOnce: number
  /** Only this round of each fault. */
  round?: number
  /** Hears what goes on. */
  progress(line: string): void
}

export interface Table {
  lines: Line[]
  /** Faults that could not be played here. */
  leftOut: Fault[]
}

export async function play(order: TableOrder): Promise<Table> {
  const { services, only, short = false } = order
  const wanted = faults.filter((fault) => (only.length === 0 || only.includes(fault.id)) && roundsOf(fault, short) > 0)
  const whole = services.postgres !== null && services.redis !== null
  const playable = wanted.filter(({ needs }) => needs === 'nothing' || whole)
  await using rig = await openRig(services)
  const lines: Line[] = []
  for (const fault of playable) lines.push(await playOne(rig, fault, order))
  return { lines, leftOut: wanted.filter((fault) => !playable.includes(fault)) }
}

const roundsOf = (fault: Fault, short: boolean): number => (short ? (fault.short ?? 0) : fault.rounds)

const LONGEST_ROUND_MS = 150_000

const tooLong = (): Promise<Outcome> =>
  sleep(
    LONGEST_ROUND_MS,
    { recoveryMs: LONGEST_ROUND_MS, wrong: ['it hung: nothing was heard of the round'] },
    { ref: false }
  )

/** What it says, and where it was thrown. */
const brief = (error: unknown): string => ((error as Error).stack ?? String(error)).split('\n').slice(0, 4).join(' ')

async function playOne(
  rig: Rig,
  fault: Fault,
  { seed, short = false, atOnce, round, progress }: TableOrder
): Promise<Line> {
  const { id, title } = fault
  const line: Line = { id, title, injected: 0, survived: 0, worstRecoveryMs: 0, wrong: [] }
  const rounds = round === undefined ? Array.from({ length: roundsOf(fault, short) }, (_, index) => index) : [round]
  const began = Date.now()
  const queue = [...rounds]
  const lane = async () => {
    for (let number = queue.shift(); number !== undefined; number = queue.shift()) {
      const random = randomOf(seed, id, number)
      const outcome = await Promise.race([fault.run(rig, { number, random, tool: toolOf(number) }), tooLong()]).catch(
        (error: unknown) => ({ recoveryMs: 0, wrong: [`the round itself failed: ${brief(error)}`] })
      )
      line.injected++
      line.worstRecoveryMs = Math.max(line.worstRecoveryMs, Math.round(outcome.recoveryMs))
      if (outcome.wrong.length === 0) line.survived++
      else {
        line.wrong.push({ round: number, said: outcome.wrong })
        progress(`${id} round ${number} (${toolOf(number)}, seed ${seed}):\n  ${outcome.wrong.join('\n  ')}`)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  progress(
    `${id} ${title}: ${line.survived} of ${line.injected} survived, ${Math.round((Date.now() - began) / 1000)} s`
  )
  return line
}
