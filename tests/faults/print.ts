/** The table as people read it. */
import CliTable from 'cli-table3'
import type { Fault } from './rig/rig.ts'
import type { Line } from './table.ts'

export function createTable(lines: readonly Line[], leftOut: readonly Fault[]): string {
  const table = new CliTable({
    head: ['', 'fault', 'injected', 'survived', 'worst recovery'],
    colAligns: ['left', 'left', 'right', 'right', 'right'],
    style: { head: [], border: [] }
  })
  for (const { id, title, injected, survived, worstRecoveryMs } of lines)
    table.push([id, title, injected, survived, span(worstRecoveryMs)])
  const out =
    leftOut.length === 0
      ? ''
      : `Left out, because they need PostgreSQL and Redis (DATABASE_URL, REDIS_URL): ${leftOut.map(({ id }) => id).join(', ')}.\n`
  return `${table.toString()}\n${out}`
}

/** `3.2 s`, `4 min 10 s`, `26 h`; on the rig's clock. */
function span(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
  return `${Math.round(seconds / 3600)} h`
}
