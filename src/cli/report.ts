import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { Refusal } from '../operations/operation.ts'
import {
  previewReport,
  reportSubscriptions,
  sendReport,
  subscribe,
  unsubscribe
} from '../operations/reports/reports.ts'
import { bold, print, quiet, table } from './print.ts'
import { asks } from './verb.ts'

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const dayName = (weekday: number): string => {
  const name = DAYS[weekday - 1] ?? ''
  return name.charAt(0).toUpperCase() + name.slice(1)
}

export const reportVerb = (): Command => {
  const verb = asks(
    new Command('report').description('the weekly rollup by mail: who gets it, preview, send'),
    async (hub, options) => {
      const answer = await hub.call(reportSubscriptions, {})
      print(options, answer, () =>
        answer.subscriptions.length === 0
          ? 'Nobody gets a report yet. Subscribe someone with: throughline report subscribe EMAIL'
          : table(
              ['Name', 'Mail', 'Report', 'When', 'About', 'Next'],
              answer.subscriptions.map((one) => [
                one.name,
                one.email,
                one.report,
                `${dayName(one.weekday)} ${one.time} ${one.timeZone}`,
                one.projects?.join(', ') ?? 'every chosen project',
                one.next
              ])
            )
      )
    }
  )
  verb.addCommand(
    asks(
      new Command('subscribe')
        .description('send a person the weekly rollup')
        .argument('<email>')
        .option('--project <project...>', 'only about these (ids or names)')
        .option('--day <weekday>', 'monday to sunday', 'monday')
        .option('--time <hh:mm>', 'in the person’s time zone', '07:30'),
      async (hub, options, email: string) => {
        const weekday = DAYS.findIndex((day) => day.startsWith(String(options.day).toLowerCase())) + 1
        if (weekday === 0)
          throw new Refusal(400, 'bad_day', `“${options.day}” is no weekday. Use one of ${DAYS.join(', ')}.`)
        const answer = await hub.call(subscribe, {
          email,
          weekday,
          time: options.time as string,
          ...(options.project ? { projects: options.project as string[] } : {})
        })
        print(
          options,
          answer,
          () =>
            `${bold(answer.name)} gets the weekly rollup every ${dayName(answer.weekday)} at ${answer.time} (${answer.timeZone}), next at ${answer.next}.`
        )
      }
    )
  )
  verb.addCommand(
    asks(
      new Command('unsubscribe').description('send a person no more rollups').argument('<email>'),
      async (hub, options, email: string) => {
        const answer = await hub.call(unsubscribe, { email })
        print(options, answer, () => `${email} gets no more rollups.`)
      }
    )
  )
  verb.addCommand(
    asks(
      new Command('preview')
        .description('the mail as it would leave now; sends nothing')
        .argument('<email>')
        .option('--week <week>', 'ISO week such as 2026-W47 (default: the last whole one)')
        .option('--html <file>', 'write the page to this file'),
      async (hub, options, email: string) => {
        const answer = await hub.call(previewReport, {
          email,
          ...(options.week ? { week: options.week as string } : {})
        })
        if (options.html) await writeFile(options.html as string, answer.html)
        print(options, answer, () =>
          [
            bold(answer.subject),
            quiet(`To ${answer.to}, ${answer.week}`),
            '',
            answer.text,
            ...(options.html ? [quiet(`Written to ${options.html}`)] : [])
          ].join('\n')
        )
      }
    )
  )
  verb.addCommand(
    asks(
      new Command('send')
        .description('send the mail now; each week leaves at most once')
        .argument('<email>')
        .option('--week <week>', 'ISO week such as 2026-W47 (default: the last whole one)'),
      async (hub, options, email: string) => {
        const answer = await hub.call(sendReport, { email, ...(options.week ? { week: options.week as string } : {}) })
        print(options, answer, () =>
          answer.state === 'sent'
            ? `Sent “${answer.subject}” to ${answer.to}${answer.path ? `: ${answer.path}` : '.'}`
            : `“${answer.subject}” is ${answer.state}; throughline doctor says why.`
        )
      }
    )
  )
  return verb
}
