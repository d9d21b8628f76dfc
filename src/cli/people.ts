import { Command } from 'commander'
import { LANGUAGES } from '../alerts/words/index.ts'
import { addPerson, people, removePerson } from '../operations/people.ts'
import { bold, print, quiet, table } from './print.ts'
import { asks } from './verb.ts'

export const peopleVerb = (): Command => {
  const verb = asks(new Command('people').description('receivers of mails'), async (hub, options) => {
    const answer = await hub.call(people, {})
    print(options, answer, () =>
      answer.people.length === 0
        ? 'Nobody yet. Add someone with: throughline people add "Ana Silva" ana@example.com --zone Europe/Lisbon'
        : table(
            ['Name', 'Mail', 'Time zone', 'Language'],
            answer.people.map(({ name, email, timeZone, language }) => [name, email, timeZone, language])
          )
    )
  })
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
