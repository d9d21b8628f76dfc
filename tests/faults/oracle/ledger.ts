/** O6: the ledger of sync adds up, run by run: what was fetched was stored, unchanged or set aside. */
import { sql } from '../../../src/db/database.ts'
import type { Stage } from '../rig/stage.ts'

export async function ledger({ hub }: Stage): Promise<string[]> {
  const runs = await hub.db.rows<
    Record<'id' | 'fetched' | 'stored' | 'unchanged' | 'quarantined' | 'seen', number>
  >(sql`
    select r.id, fetched, stored, unchanged, quarantined
    from sync_runs r where state = 'complete' and fetched <> stored + unchanged + quarantined`)
  const doubled = await hub.db.rows<{ scope: string }>(sql`
    select scope_id as scope from sync_runs where state = 'running' group by scope_id having count(*) > 1`)
  return [
    ...runs.map(
      ({ id, fetched, stored, unchanged, quarantined }) =>
        `run ${id} fetched ${fetched} and accounts for ${stored} stored, ${unchanged} unchanged, ${quarantined} set aside`
    ),
    ...doubled.map(({ scope }) => `${scope} has two runs at once`)
  ]
}
