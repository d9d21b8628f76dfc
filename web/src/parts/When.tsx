/** Moments and ages, in the reader's zone, with the exact moment on hover. */
import { words } from '../words/en.ts'
import { day, exactly, moment, recently, shortDay } from '../words/time.ts'
import { useClock } from './clock.ts'

const FORMS = { moment, day, shortDay, recently }

/**
 * `at`: an ISO instant or a plain date. `as`: `moment` “today 10:38”, `day` “Wed 18 Nov”, `shortDay` “18 Nov”, `recently` “4 min ago”.
 * `zone`: another than the reader's, as on a card.
 */
export function When({
  at,
  as = at.length === 10 ? 'day' : 'moment',
  zone
}: {
  at: string
  as?: keyof typeof FORMS
  zone?: string
}) {
  const clock = useClock()
  const there = { ...clock, zone: zone ?? clock.zone }
  return (
    <time dateTime={at} title={exactly(at, there.zone)} style={{ whiteSpace: 'nowrap' }}>
      {FORMS[as](at, there)}
    </time>
  )
}

/** An age in working days: “9 working days”, or “9 d” in a column whose head says what it counts. */
export function Age({ days, short = false }: { days: number; short?: boolean }) {
  return <span title={words.age(days)}>{short ? words.ageShort(days) : words.age(days)}</span>
}
