import { Command } from 'commander'
import { doctor } from '../operations/sync/doctor.ts'
import { retryCards, retryInbox, retryOutbox } from '../operations/sync/retry.ts'
import { bold, count, inert, print, quiet } from './print.ts'
import { asks } from './verb.ts'

export const doctorVerb = (): Command => {
  const verb = asks(
    new Command('doctor').description('what is wrong, and what to do about each'),
    async (hub, options) => {
      const answer = await hub.call(doctor, {})
      print(options, answer, () =>
        [
          `Database: ${answer.engine === 'pglite' ? 'embedded' : 'PostgreSQL'}. Jobs: ${answer.jobs}. Mail: ${answer.mail === 'smtp' ? 'by SMTP' : 'written to files'}.`,
          `${count(answer.projects, 'project')}, ${count(answer.tasks, 'card')}, ${count(answer.openFindings, 'open finding')}. Outbox: ${answer.outbox.due} waiting, ${answer.outbox.unclear} unclear, ${answer.outbox.dead} dead.`,
          ...(answer.webhooks.active + answer.webhooks.silent > 0
            ? [
                `Webhooks: ${answer.webhooks.active} active, ${answer.webhooks.silent} silent; ${count(answer.webhooks.waiting, 'delivery', 'deliveries')} waiting, ${answer.webhooks.dead} dead.`
              ]
            : []),
          ...late(answer.lag),
          '',
          ...(answer.concerns.length === 0
            ? ['Nothing needs you.']
            : answer.concerns.flatMap(({ about, what, todo }) => [
                bold(inert(about)),
                `  ${inert(what)}`,
                quiet(`  ${inert(todo)}`)
              ]))
        ].join('\n')
      )
    }
  )
  verb.addCommand(
    asks(
      new Command('retry')
        .description('try again what was given up or set aside')
        .argument('<what>', 'the number of a comment or mail that doctor shows, `deliveries` or `cards`'),
      async (hub, options, what: string) => {
        if (what === 'deliveries') {
          const answer = await hub.call(retryInbox, {})
          return print(
            options,
            answer,
            () => `${count(answer.retried, 'delivery', 'deliveries')} of webhooks tried again.`
          )
        }
        if (what === 'cards') {
          const answer = await hub.call(retryCards, {})
          return print(options, answer, () =>
            answer.read + answer.setAside === 0
              ? 'No card is set aside.'
              : `${count(answer.read, 'card')} understood now, ${answer.setAside} still set aside.`
          )
        }
        const answer = await hub.call(retryOutbox, { id: what })
        print(options, answer, () => `Delivery ${what} is tried again.`)
      }
    )
  )
  return verb
}

/** What has been due for so many seconds that somebody should have done it. */
function late(lag: { outbox: number; inbox: number; looks: number }): string[] {
  const words = { outbox: 'a comment or mail', inbox: 'a webhook delivery', looks: 'a look at a board' }
  const waiting = (Object.keys(words) as (keyof typeof words)[])
    .filter((what) => lag[what] >= LATE_SECONDS)
    .map((what) => `${words[what]} for ${Math.floor(lag[what] / 60)} minutes`)
  return waiting.length > 0 ? [`Late: ${waiting.join(', ')}.`] : []
}

const LATE_SECONDS = 300
