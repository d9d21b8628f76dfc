/** Twenty thousand tasks under the tool's real limits: never refused by our own doing. The clock moves, the test does not wait. */
import { describe, expect, it } from 'vitest'
import type { TaskDraft } from '../../sandbox/kit/plant.ts'
import type { Adapter } from '../../src/adapter.ts'
import { type Clock, Meters } from '../../src/transport/budget.ts'
import type { StandInProcess } from '../helpers/standIn.ts'
import { COLUMNS, column, pull, scopeOf, startAccount } from './account.ts'
import { rigs } from './rigs/index.ts'

const PROJECTS = 4
const TASKS = 5000

describe.each(rigs.map((rig) => [rig.adapter.name, rig] as const))('%s', (_name, rig) => {
  it('a full sync of 20,000 tasks is never answered with “too many”', { timeout: 300_000 }, async () => {
    const refusals: string[] = []
    await using account = await startAccount(
      { ...rig, adapter: counting(rig.adapter, refusals) },
      { now: '2026-11-16T08:00:00Z' }
    )
    const projects: string[] = []
    for (let number = 1; number <= PROJECTS; number++) {
      const project = await account.tool.project({ name: `Project ${number}`, columns: COLUMNS })
      projects.push(project.id)
      const drafts: TaskDraft[] = Array.from({ length: TASKS }, (_, index) => ({
        project: project.id,
        column: column(project, 'To do'),
        title: `Task ${index + 1}`
      }))
      await account.tool.tasks(drafts)
    }
    // Done long ago: what was just planted is not what is measured.
    await account.tool.clock({ advanceMs: 86_400_000 })
    await account.tool.limits('real')
    await account.tool.forgetRequests()

    const clock = movable(account.tool)
    const session = account.open({ clock, meters: new Meters(clock) })
    const seen = new Set<string>()
    const scopes = new Map(
      (await Promise.all(projects.map((one) => scopeOf(session, one)))).map((scope) => [scope.externalId, scope])
    )
    for (const scope of await session.scopes(projects)) {
      expect(scopes.has(scope.externalId)).toBe(true)
      for (const page of await pull(session, scope)) for (const id of page.seen) seen.add(id)
    }
    expect(seen.size).toBe(PROJECTS * TASKS)
    expect(refusals).toEqual([])
    expect((await account.tool.requests(0)).byStatus['429']).toBeUndefined()
  })
})

/** Notes every answer that means "too many". */
function counting<C>(adapter: Adapter<C>, refusals: string[]): Adapter<C> {
  return {
    ...adapter,
    refusal(answer) {
      const refusal = adapter.refusal?.(answer) ?? null
      if (refusal?.kind === 'rate_limited' || answer.status === 429) refusals.push(refusal?.code ?? '429')
      return refusal
    }
  }
}

/** Real time while requests are under way; a wait moves it on, here and at the stand-in alike. */
function movable(tool: StandInProcess): Clock {
  let moved = 0
  return {
    now: () => performance.now() + moved,
    wall: () => Date.now() + moved,
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      await tool.clock({ advanceMs: ms })
      moved += ms
    }
  }
}
