import { Command } from 'commander'
import { Category } from '../model/task.ts'
import { Refusal } from '../operations/operation.ts'
import { columns, setColumn } from '../operations/projects/projects.ts'
import { count, print, quiet, table, warn } from './print.ts'
import { asks } from './verb.ts'

export const columnsVerb = (): Command => {
  const verb = asks(
    new Command('columns').description('what each column of a project means').argument('<project>', 'id or name'),
    async (hub, options, project: string) => {
      const answer = await hub.call(columns, { project })
      print(options, answer, () => {
        const rows = answer.columns.map((column) => [
          column.name + (column.archived ? ' (archived)' : ''),
          column.category === 'unmapped' ? warn(column.category) : column.category,
          column.source === 'suggested'
            ? column.reason
              ? `read as “${column.reason.phrase}”`
              : 'its name says nothing'
            : column.source,
          column.tasks,
          column.openTasks
        ])
        const unmapped = answer.columns.filter(({ category, archived }) => category === 'unmapped' && !archived)
        return [
          table(['Column', 'Means', 'Because', 'Cards', 'Open'], rows),
          ...(unmapped.length > 0
            ? [
                '',
                `No rule looks at ${count(unmapped.length, 'unmapped column')}. Say what one means with:`,
                quiet(`  throughline columns set "${answer.project.name}" "${unmapped[0]?.name}" doing`)
              ]
            : [])
        ].join('\n')
      })
    }
  )
  verb.addCommand(
    asks(
      new Command('set')
        .description(`say what a column means: ${Category.options.join(', ')}, or auto to go by its name`)
        .argument('<project>', 'id or name')
        .argument('<column>', 'id or name')
        .argument('<category>'),
      async (hub, options, project: string, column: string, word: string) => {
        const category = word === 'auto' ? null : Category.safeParse(word.toLowerCase()).data
        if (category === undefined) {
          throw new Refusal(
            400,
            'bad_category',
            `“${word}” is no category. Use one of ${Category.options.join(', ')}, or auto.`
          )
        }
        const answer = await hub.call(setColumn, { project, column, category })
        print(options, answer, () =>
          [
            ...answer.columns.map(({ name, category: now }) => `“${name}” now means ${now}.`),
            `${count(answer.opened, 'finding')} opened, ${answer.closed} closed.`
          ].join('\n')
        )
      }
    )
  )
  return verb
}
