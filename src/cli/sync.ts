import { Command } from 'commander'
import { deliver } from '../operations/findings/alerts.ts'
import { sync, syncRuns } from '../operations/sync/sync.ts'
import { count, print, say, table } from './print.ts'
import type { Reach } from './reach.ts'
import { asks } from './verb.ts'

export const syncVerb = (): Command =>
  asks(
    new Command('sync')
      .description('look at the chosen projects now, then judge them and deliver what is due')
      .argument('[project...]', 'ids or names; all chosen ones when left out')
      .option('--sweep', 'read everything again, not only what changed'),
    async (hub, options, projects: string[]) => {
      const since = new Date().toISOString()
      const stop = options.json ? () => {} : follow(hub)
      try {
        const answer = await hub.call(sync, {
          ...(projects.length > 0 ? { projects } : {}),
          ...(options.sweep ? { sweep: true } : {})
        })
        const delivered = await hub.call(deliver, { since })
        stop()
        print(options, { ...answer, comments: delivered }, () =>
          [
            table(
              ['Project', 'Look', 'Cards', 'Written', 'Same', 'Set aside', 'Events', 'Requests'],
              answer.runs.map((run) => [
                run.name,
                run.mode === 'sweep' ? 'whole' : 'changes',
                run.fetched,
                run.stored,
                run.unchanged,
                run.quarantined,
                run.events,
                run.requests
              ])
            ),
            '',
            `Findings: ${answer.findings.map(({ rule, opened, closed }) => `${rule} +${opened} −${closed}`).join(', ')}.`,
            ...(delivered.posted + delivered.edited + delivered.removed > 0
              ? [`Comments: ${delivered.posted} posted, ${delivered.edited} edited, ${delivered.removed} removed.`]
              : []),
            ...answer.failed.map(({ name, message }) => `${name}: ${message}`)
          ].join('\n')
        )
        if (answer.failed.length > 0) process.exitCode = 1
      } finally {
        stop()
      }
    }
  )

/** Says every second how far the looks under way are. */
function follow(hub: Reach): () => void {
  const started = Date.now()
  let last = ''
  const timer = setInterval(async () => {
    const { runs } = await hub.call(syncRuns, { state: 'running', limit: '10' }).catch(() => ({ runs: [] }))
    for (const run of runs) {
      const seconds = Math.max(1, (Date.now() - started) / 1000)
      const line = `${run.name}: ${count(run.fetched, 'card')}, ${count(run.events, 'event')} (${Math.round((run.fetched + run.events) / seconds)} a second)`
      if (line !== last) say(line)
      last = line
    }
  }, 1000)
  return () => clearInterval(timer)
}
