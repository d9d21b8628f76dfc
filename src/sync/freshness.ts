/**
 * How old our facts about a project are. The age counts from the last complete look, by our own clock; facts that are
 * older than FACTS_MAX_AGE_MINUTES are too old to speak from: notes wait, reports leave the project out and say so.
 */
import { type SQL, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'

/** True of the `projects` row `p` when its facts are too old at `now`. One never looked at has no facts to be old. */
export const tooOld = ({ now, config }: Pick<Hub, 'now' | 'config'>): SQL =>
  olderThan(now(), config.FACTS_MAX_AGE_MINUTES)

export const olderThan = (now: string, minutes: number): SQL => sql`
  coalesce(p.looked_at < ${now}::timestamptz - make_interval(secs => ${minutes * 60}::double precision), false)`
