import { Command } from 'commander'
import { deliver, previewAlerts, removeAllComments, setAlerts } from '../operations/findings/alerts.ts'
import { bold, count, inert, print, quiet } from './print.ts'
import { asks } from './verb.ts'

export const alertsVerb = (): Command =>
  new Command('alerts')
    .description('comments on cards: preview, on, off, remove-all')
    .addCommand(
      asks(
        new Command('preview')
          .description('print every comment it would post; posts nothing')
          .argument('<project>', 'id or name'),
        async (hub, options, project: string) => {
          const answer = await hub.call(previewAlerts, { project })
          print(options, answer, () =>
            [
              ...answer.comments.flatMap(({ title, url, text }) => [
                `${bold(inert(title))} ${quiet(url)}`,
                ...text.split('\n').map((line) => `  ${inert(line)}`.trimEnd()),
                ''
              ]),
              answer.comments.length === 0
                ? `Nothing would be posted on ${answer.project.name}.`
                : `${count(answer.comments.length, 'card')} on ${answer.project.name} would get a comment. Alerts are ${answer.project.alerts ? 'on' : 'off'}.`,
              ...(answer.project.tooOld
                ? [
                    `Nothing is posted now: ${answer.project.name} has not been read for too long. Next: throughline doctor`
                  ]
                : []),
              ...(answer.project.audience === 'public'
                ? ['This project is public: anyone on the web can read these comments.']
                : []),
              ...(answer.project.alerts
                ? []
                : [quiet(`Switch them on with: throughline alerts on "${answer.project.name}"`)])
            ].join('\n')
          )
        }
      )
    )
    .addCommand(switchTo('on', true, 'post one comment on each card with open findings, and keep it up to date'))
    .addCommand(switchTo('off', false, 'post nothing more, and take back the comments that stand on the cards'))
    .addCommand(
      asks(
        new Command('remove-all')
          .description('switch alerts off everywhere and delete every comment the hub ever wrote')
          .option('--project <project>', 'only on this project'),
        async (hub, options) => {
          const answer = await hub.call(
            removeAllComments,
            options.project ? { project: options.project as string } : {}
          )
          print(options, answer, () =>
            [
              `${count(answer.removed, 'comment')} removed. Alerts are off.`,
              ...(answer.left > 0
                ? [`${count(answer.left, 'comment')} could not be removed yet; the hub keeps trying.`]
                : [])
            ].join('\n')
          )
        }
      )
    )

const switchTo = (name: 'on' | 'off', on: boolean, description: string): Command =>
  asks(
    new Command(name).description(description).argument('<project>', 'id or name'),
    async (hub, options, project: string) => {
      const since = new Date().toISOString()
      const answer = await hub.call(setAlerts, { project, on })
      const comments = await hub.call(deliver, { since })
      print(options, { ...answer, comments }, () =>
        [
          `Alerts are ${name} for ${answer.project.name}.`,
          on
            ? `${count(comments.posted, 'comment')} posted${comments.edited > 0 ? `, ${comments.edited} edited` : ''}.`
            : `${count(comments.removed, 'comment')} taken back.`,
          ...(comments.failed > 0
            ? [`${comments.failed} could not be delivered yet; throughline doctor says why.`]
            : [])
        ].join('\n')
      )
    }
  )
