import { Command } from 'commander'
import { choose, projects, setOption } from '../operations/projects/projects.ts'
import { count, day, print, quiet, table, warn } from './print.ts'
import { asks } from './verb.ts'

export const projectsVerb = (): Command => {
  const verb = asks(
    new Command('projects').description('list projects, or choose which are read'),
    async (hub, options) => {
      const answer = await hub.call(projects, {})
      print(options, answer, () => {
        if (answer.projects.length === 0) return 'No project yet. Connect an account first: throughline connect TOOL'
        const rows = answer.projects.map((project) => [
          project.chosen ? '✓' : '',
          project.name + (project.archived ? ' (archived)' : ''),
          project.chosen ? project.tasks : null,
          project.chosen ? project.openTasks : null,
          project.chosen ? project.openFindings : null,
          project.unmappedColumns > 0 && project.chosen ? warn(count(project.unmappedColumns, 'column')) : '',
          project.alerts ? 'on' : '',
          project.readAt ? (project.freshness.tooOld ? warn(day(project.readAt)) : day(project.readAt)) : '',
          project.id
        ])
        return table(['', 'Project', 'Cards', 'Open', 'Findings', 'Unmapped', 'Alerts', 'As of', 'Id'], rows)
      })
    }
  )
  verb.addCommand(
    asks(
      new Command('choose')
        .description('read exactly these projects from now on (ids or names)')
        .argument('[project...]')
        .option('--all', 'every project that is not archived'),
      async (hub, options, words: string[]) => {
        const all = (await hub.call(projects, {})).projects.filter(({ archived }) => !archived)
        const answer = await hub.call(choose, { projects: options.all ? all.map(({ id }) => id) : words })
        print(options, answer, () =>
          answer.chosen.length === 0
            ? 'No project is read any more. What was read is kept.'
            : [`Reading ${answer.chosen.map(({ name }) => name).join(', ')}.`, quiet('Next: throughline sync')].join(
                '\n'
              )
        )
      }
    )
  )
  verb.addCommand(
    asks(
      new Command('set')
        .description('choose what a column is for, where the tool leaves it open')
        .argument('<project>', 'id or name')
        .argument('<option>', 'monday: status, due, people or estimate')
        .argument('[column]', 'the tool’s id of the column; left out: the default'),
      async (hub, options, project: string, option: string, column?: string) => {
        const answer = await hub.call(setOption, { project, option, value: column ?? null })
        print(options, answer, () =>
          [
            column ? `${option} is read from “${column}” now.` : `${option} is read as by default again.`,
            quiet('Next: throughline sync')
          ].join('\n')
        )
      }
    )
  )
  return verb
}
