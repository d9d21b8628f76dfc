import { Command } from 'commander'
import { LANGUAGES } from '../alerts/words/index.ts'
import { toolName } from '../operations/explain.ts'
import { addPerson, linkAccount, people, removePerson, unlinkAccount } from '../operations/people/people.ts'
import { bold, count, inert, print, quiet, table } from './print.ts'
import { asks } from './verb.ts'

export const peopleVerb = (): Command => {
  const verb = asks(
    new Command('people').description('people, and which accounts in the tools are theirs'),
    async (hub, options) => {
      const answer = await hub.call(people, {})
      print(options, answer, () => {
        if (answer.people.length === 0) {
          return 'Nobody yet. Add someone with: throughline people add "Ana Silva" ana@example.com --zone Europe/Lisbon'
        }
        const suggested = answer.accounts.filter(({ suggestion }) => suggestion !== null)
        return [
          table(
            ['Name', 'Mail', 'Time zone', 'Language', 'Accounts'],
            answer.people.map(({ name, email, timeZone, language, accounts }) => [
              name,
              email,
              timeZone,
              language,
              accounts.map(({ tool }) => toolName(tool)).join(', ')
            ])
          ),
          ...(suggested.length > 0
            ? [
                '',
                `${count(suggested.length, 'account')} may be theirs. Say so with:`,
                ...suggested.map(({ id, name, suggestion }) =>
                  quiet(
                    `  throughline people link ${suggestion?.email} ${id}   (${inert(name)}: ${suggestion?.because})`
                  )
                )
              ]
            : [])
        ].join('\n')
      })
    }
  )
  verb.addCommand(
    asks(
      new Command('link')
        .description('say whose account this is')
        .argument('<email>', 'of the person')
        .argument('<account>', 'tool:id, or tool:username'),
      async (hub, options, email: string, account: string) => {
        const answer = await hub.call(linkAccount, { email, account })
        print(
          options,
          answer,
          () => `${bold(answer.account.name)} in ${toolName(answer.account.tool)} is ${answer.person}.`
        )
      }
    )
  )
  verb.addCommand(
    asks(
      new Command('unlink')
        .description('say that this account is nobody’s we know, whatever its address says')
        .argument('<account>', 'tool:id, or tool:username'),
      async (hub, options, account: string) => {
        const answer = await hub.call(unlinkAccount, { account })
        print(
          options,
          answer,
          () => `${bold(answer.account.name)} in ${toolName(answer.account.tool)} is nobody’s now.`
        )
      }
    )
  )
  verb.addCommand(
    asks(
      new Command('add')
        .description('add a person, or change the one with this address')
        .argument('<name>')
        .argument('<email>')
        .option('--zone <zone>', 'IANA time zone (default: TIME_ZONE)')
        .option('--language <language>', `one of ${LANGUAGES.join(', ')}`, 'en'),
      async (hub, options, name: string, email: string) => {
        const answer = await hub.call(addPerson, {
          name,
          email,
          language: options.language as 'en',
          ...(options.zone ? { timeZone: options.zone as string } : {})
        })
        print(options, answer, () =>
          [
            `${bold(answer.name)} <${answer.email}>, ${answer.timeZone}, ${answer.language}.`,
            quiet(`Next: throughline report subscribe ${answer.email}`)
          ].join('\n')
        )
      }
    )
  )
  verb.addCommand(
    asks(
      new Command('remove').description('remove a person; they get no more mails').argument('<email>'),
      async (hub, options, email: string) => {
        const answer = await hub.call(removePerson, { email })
        print(options, answer, () => `Removed ${email}.`)
      }
    )
  )
  return verb
}
