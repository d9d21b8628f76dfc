/**
 * The one flow behind sync: findings, then notes, then key results. Each step reads what the former one wrote; all of
 * them may be run again at any time.
 */
import { reconcileInput, reconcileNotes } from '../alerts/reconcile.ts'
import { wakeNotes } from '../channels/comment.ts'
import type { Hub } from '../hub.ts'
import { recompute } from '../okr/ledger.ts'
import { judge, type RuleOutcome } from '../rules/engine.ts'
import type { Jobs } from './jobs.ts'

/** What may differ from before: these tasks, or all of these projects; everything when neither is named. */
export interface Changed {
  tasks?: string[]
  projects?: string[]
}

/** Judges what changed and brings notes and ledgers in step. */
export async function followUp(
  hub: Hub,
  changed: Changed,
  jobs: Jobs | null = null
): Promise<{ findings: RuleOutcome[] }> {
  if (changed.tasks?.length === 0 || changed.projects?.length === 0) return { findings: [] }
  const now = hub.now()
  const findings = await judge(hub.db, { now, ...changed })
  await stepNotes(hub, jobs, changed)
  await recompute(hub.db, { now, ...(changed.tasks ? { tasks: changed.tasks } : {}) })
  return { findings }
}

/** Writes what every note should say now, and wakes the sender where that differs from what stands on the card. */
export async function stepNotes(hub: Hub, jobs: Jobs | null = null, changed: Changed = {}): Promise<void> {
  await reconcileNotes(hub.db, { ...reconcileInput(hub), ...changed })
  if ((await wakeNotes(hub)) > 0) await jobs?.wake({ kind: 'deliver', id: 'all' })
}
