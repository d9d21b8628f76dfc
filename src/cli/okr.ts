import { Command } from 'commander'
import { ledger } from '../operations/okr/ledger.ts'
import { addKeyResult, addObjective, objectives, removeKeyResult } from '../operations/okr/objectives.ts'
import { bold, count, day, print, quiet, table } from './print.ts'
import { asks } from './verb.ts'

const figure = (n: number): string => n.toLocaleString('en', { maximumFractionDigits: 1 })

export const okrVerb = (): Command => {
  const verb = asks(
    new Command('okr').description('objectives and key results, and what moved them'),
    async (hub, options) => {
      const answer = await hub.call(objectives, {})
      print(options, answer, () => {
        if (answer.objectives.length === 0) {
          return 'No objective yet. Add one with: throughline okr objective TITLE --from 2026-10-01 --to 2026-12-31'
        }
        return answer.objectives
          .map(({ title, from, to, id, keyResults }) =>
            [
              `${bold(title)}  ${quiet(`${from} to ${to}  ${id}`)}`,
              keyResults.length === 0
                ? quiet('  no key result yet')
                : table(
                    ['Key result', 'Now', 'Of', 'Expected', 'Pace', 'Cards', 'Id'],
                    keyResults.map((one) => [
                      one.title,
                      figure(one.current),
                      `${figure(one.target)} ${one.unit}`,
                      figure(one.expected),
                      one.pace,
                      one.contributions,
                      one.id
                    ])
                  )
            ].join('\n')
          )
          .join('\n\n')
      })
    }
  )
  verb.addCommand(
    asks(
      new Command('objective')
        .description('add an objective')
        .argument('<title>')
        .requiredOption('--from <date>', 'first day, like 2026-10-01')
        .requiredOption('--to <date>', 'last day'),
      async (hub, options, title: string) => {
        const answer = await hub.call(addObjective, { title, from: options.from as string, to: options.to as string })
        print(options, answer, () => `Added ${bold(answer.title)} (${answer.id}).`)
      }
    )
  )
  verb.addCommand(
    asks(
      new Command('key-result')
        .description('add a key result, fed by completed cards that match a filter')
        .argument('<title>')
        .requiredOption('--objective <objective>', 'id or title')
        .requiredOption('--target <number>')
        .requiredOption('--filter <filter>', 'for example: project = "Client portal" and labels has "Accepted"')
        .option('--start <number>', 'where it begins', '0')
        .option('--unit <unit>', 'what is counted', 'cards')
        .option('--sum <field>', 'add up this number field instead of counting cards')
        .option('--from <date>', 'first day (default: the objective’s)')
        .option('--to <date>', 'last day (default: the objective’s)'),
      async (hub, options, title: string) => {
        const { json: _, ...rest } = options
        const answer = await hub.call(addKeyResult, { title, ...rest } as never)
        print(
          options,
          answer,
          () =>
            `Added ${bold(answer.title)} (${answer.id}). It stands at ${figure(answer.current)} from ${count(answer.contributions, 'card')}.`
        )
      }
    )
  )
  verb.addCommand(
    asks(
      new Command('ledger').description('what moved a key result, card by card').argument('<key-result>', 'id'),
      async (hub, options, id: string) => {
        const answer = await hub.call(ledger, { id })
        print(options, answer, () =>
          [
            answer.contributions.length === 0
              ? 'Nothing counted yet.'
              : table(
                  ['Done', 'Points', 'Card', 'Why'],
                  answer.contributions.map((one) => [
                    day(one.effectiveAt),
                    one.amount,
                    one.title ?? one.task,
                    one.reason ?? ''
                  ]),
                  [null, null, 60, null]
                ),
            `Sum ${figure(answer.sum)}; recomputed from the cards ${figure(answer.recomputed ?? answer.sum)}.`
          ].join('\n')
        )
      }
    )
  )
  verb.addCommand(
    asks(
      new Command('remove').description('remove a key result and its ledger').argument('<key-result>', 'id'),
      async (hub, options, id: string) => {
        const answer = await hub.call(removeKeyResult, { id })
        print(options, answer, () => (answer.removed ? `Removed ${id}.` : `There is no key result ${id}.`))
      }
    )
  )
  return verb
}
