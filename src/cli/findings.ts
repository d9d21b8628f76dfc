import { Command } from 'commander'
import { findings } from '../operations/findings/findings.ts'
import { count, day, print, quiet, table } from './print.ts'
import { asks } from './verb.ts'

export const findingsVerb = (): Command =>
  asks(
    new Command('findings')
      .description('what is wrong, since when, and whose it is')
      .option('--project <project>', 'only this project (id or name)')
      .option('--rule <rule>', 'only this rule')
      .option('--closed', 'those that closed, and why')
      .option('--limit <n>', 'at most so many', '50'),
    async (hub, options) => {
      const answer = await hub.call(findings, {
        ...(options.project ? { project: options.project as string } : {}),
        ...(options.rule ? { rule: options.rule as string } : {}),
        state: options.closed ? 'closed' : 'open',
        limit: options.limit as string
      })
      print(options, answer, () => {
        if (answer.total === 0) return options.closed ? 'No finding has closed yet.' : 'Nothing open.'
        const rows = answer.findings.map((finding) => [
          finding.rule,
          finding.title,
          finding.column,
          finding.assignees.join(', ') || 'nobody',
          day(finding.since),
          finding.reason ?? finding.url
        ])
        const summary = Object.entries(answer.byRule).map(([rule, n]) => `${rule} ${n}`)
        return [
          table(['Rule', 'Card', 'Column', 'With', 'Since', options.closed ? 'Closed because' : 'Link'], rows, [
            null,
            48,
            20,
            24,
            null,
            null
          ]),
          '',
          `${count(answer.total, 'finding')}: ${summary.join(', ')}.`,
          ...(answer.total > rows.length
            ? [quiet(`The ${rows.length} oldest are shown; --limit ${answer.total} shows all.`)]
            : [])
        ].join('\n')
      })
    }
  )
