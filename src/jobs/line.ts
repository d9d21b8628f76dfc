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

/** Judges the projects (all when null) and brings notes and ledgers in step. */
export async function followUp(
  hub: Hub,
  projects: string[] | null,
  jobs: Jobs | null = null
): Promise<{ findings: RuleOutcome[] }> {
  const now = hub.now()
  const findings = await judge(hub.db, { now, ...(projects ? { projects } : {}) })
  await stepNotes(hub, jobs, projects)
  await recompute(hub.db, { now })
  return { findings }
}

/** Writes what every note should say now, and wakes the sender where that differs from what stands on the card. */
export async function stepNotes(hub: Hub, jobs: Jobs | null = null, projects: string[] | null = null): Promise<void> {
  await reconcileNotes(hub.db, { ...reconcileInput(hub), ...(projects ? { projects } : {}) })
  if ((await wakeNotes(hub)) > 0) await jobs?.wake({ kind: 'deliver', id: 'all' })
}
