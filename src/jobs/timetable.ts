/**
 * What is done again and again, as rows: whoever ticks sees what is due, whoever begins takes it for a while, and only
 * who comes to the end puts it off to the next time. Scopes and reports have timetables of their own (`sync/pace.ts`,
 * `reports/schedule.ts`).
 *
 * Guarantee: a time that was missed – no process ran, a job was lost, a worker was killed – is made up for once, late.
 */
import { json, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'

export type Errand = 'judge' | 'hooks' | 'tidy'

/** Seconds between two times. Judging: time alone opens findings. Hooks: tools switch them off without a word. */
const EVERY: Record<Errand, number> = { judge: 600, hooks: 3_600, tidy: 3_600 }
/** Whoever began and says nothing more is taken for dead after so long. */
const TAKEN_FOR_SECONDS = 900

/** Errands that are due and that nobody is at. Those that were never done are. */
export async function dueErrands(hub: Hub): Promise<Errand[]> {
  const now = hub.now()
  const rows = Object.entries(EVERY).map(([errand, every]) => ({ errand, every }))
  await hub.db.run(sql`
    insert into timetable (errand, every_seconds, due_at)
    select errand, every, ${now}::timestamptz from jsonb_to_recordset(${json(rows)}) as x(errand text, every int)
    on conflict (errand) do update set every_seconds = excluded.every_seconds
    where timetable.every_seconds <> excluded.every_seconds`)
  const due = await hub.db.rows<{ errand: Errand }>(sql`
    select errand from timetable
    where due_at <= ${now}::timestamptz and (taken_until is null or taken_until < now())
    order by due_at, errand`)
  return due.map(({ errand }) => errand)
}

/**
 * Does an errand when it is due and nobody is at it; false otherwise. `anyway`: also when it is not due yet. What fails
 * is due again at once, for the next tick.
 */
export async function doErrand(
  hub: Hub,
  errand: Errand,
  work: () => Promise<void>,
  { anyway = false }: { anyway?: boolean } = {}
): Promise<boolean> {
  const taken = await hub.db.run(sql`
    insert into timetable (errand, every_seconds, due_at, taken_until)
    values (${errand}, ${EVERY[errand]}, ${hub.now()}::timestamptz, now() + ${TAKEN})
    on conflict (errand) do update set taken_until = excluded.taken_until
    where (timetable.due_at <= ${hub.now()}::timestamptz or ${anyway}::boolean)
      and (timetable.taken_until is null or timetable.taken_until < now())`)
  if (taken === 0) return false
  try {
    await work()
  } catch (error) {
    await hub.db.run(sql`update timetable set taken_until = null where errand = ${errand}`)
    throw error
  }
  await hub.db.run(sql`
    update timetable set taken_until = null, done_at = ${hub.now()}::timestamptz,
      due_at = ${hub.now()}::timestamptz + make_interval(secs => every_seconds)
    where errand = ${errand}`)
  return true
}

const TAKEN = sql`make_interval(secs => ${TAKEN_FOR_SECONDS})`
