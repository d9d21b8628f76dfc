/** Where key results stand, and where an even pace would have them. */
import { Temporal } from 'temporal-polyfill'
import { type Queryable, sql } from '../db/database.ts'
import { total } from './ledger.ts'

export interface KeyResultProgress {
  id: string
  objectiveId: string
  objective: string
  title: string
  unit: string
  direction: 'up' | 'down'
  start: number
  target: number
  startsOn: string
  endsOn: string
  zone: string
  /** Start plus (or, downwards, minus) everything the ledger holds. */
  current: number
  /** Cards that count. */
  contributions: number
}

export type Pace = 'on track' | 'at risk' | 'off track'

/** Below this share of the expected way it is off track; from it on at risk; at the expected way on track. */
const AT_RISK_FROM = 0.7

/** Key results as their ledgers stand; `effectiveBefore` (ISO) leaves out what was done later. */
export async function keyResultProgress(
  db: Queryable,
  effectiveBefore: string | null = null
): Promise<KeyResultProgress[]> {
  return db.rows<KeyResultProgress>(sql`
    select k.id, k.objective_id as "objectiveId", o.title as objective, k.title, k.unit, k.direction, k.start, k.target,
      k.starts_on as "startsOn", k.ends_on as "endsOn", k.zone,
      (k.start::numeric + case k.direction when 'down' then -1 else 1 end * coalesce(l.total, 0))::float8 as current,
      coalesce(l.cards, 0)::int as contributions
    from key_results k join objectives o on o.id = k.objective_id
    left join lateral (
      select ${total(sql`c.amount`)} as total, sum(case c.kind when 'counted' then 1 else -1 end) as cards
      from contributions c
      where c.key_result_id = k.id and (${effectiveBefore}::timestamptz is null or c.effective_at < ${effectiveBefore}::timestamptz)
    ) l on true
    order by o.starts_on, o.title, k.title, k.id`)
}

/** The share of the period that has passed at `now`, 0 to 1, in whole days of the key result's zone. */
export function elapsed(period: Pick<KeyResultProgress, 'startsOn' | 'endsOn' | 'zone'>, now: string): number {
  const first = Temporal.PlainDate.from(period.startsOn)
  const days = first.until(period.endsOn, { largestUnit: 'day' }).days + 1
  const passed = first.until(Temporal.Instant.from(now).toZonedDateTimeISO(period.zone).toPlainDate(), {
    largestUnit: 'day'
  }).days
  return Math.min(1, Math.max(0, passed / days))
}

/** What an even pace would have reached by `now`. */
export const expectedBy = (keyResult: Omit<KeyResultProgress, 'current' | 'contributions'>, now: string): number =>
  keyResult.start + (keyResult.target - keyResult.start) * elapsed(keyResult, now)

/** The share of the way gone: 0 at the start, 1 at the target, more beyond it, less than nothing before the start. */
export function gone({ start, target, current }: Pick<KeyResultProgress, 'start' | 'target' | 'current'>): number {
  const whole = target - start
  return whole === 0 ? 1 : (current - start) / whole
}

/** How the way gone compares with the way an even pace would have gone. */
export const pace = (keyResult: KeyResultProgress, now: string): Pace =>
  paceOf(gone(keyResult), elapsed(keyResult, now))

/** The same for any two shares. */
export function paceOf(share: number, expected: number): Pace {
  if (share >= expected) return 'on track'
  return share >= expected * AT_RISK_FROM ? 'at risk' : 'off track'
}
