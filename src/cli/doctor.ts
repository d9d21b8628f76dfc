import { Command } from 'commander'
import { doctor, retryOutbox } from '../operations/doctor.ts'
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
        .description('try a dead or unclear delivery again')
        .argument('<id>', 'number that doctor shows'),
      async (hub, options, id: string) => {
        const answer = await hub.call(retryOutbox, { id })
        print(options, answer, () => `Delivery ${id} is tried again.`)
      }
    )
  )
  return verb
}
