/** No card in the list: what would be there without one of the things it is narrowed by, each a step away. */
import { Anchor, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { get, type Output } from '../../api/query.ts'
import { useClock } from '../../parts/clock.ts'
import { Empty } from '../../parts/Empty.tsx'
import { type Node, pillsOf, said } from '../../parts/filter/tree.ts'
import { NoCards } from '../../parts/NoCards.tsx'
import { tasksWords as words } from '../../words/tasks.ts'
import { findingSaid } from './FindingChoice.tsx'
import styles from './Tasks.module.css'
import { asked, type Choice } from './useTaskList.ts'

type Without = Output<'get', '/api/tasks/without'>['without'][number]

interface Props {
  choice: Choice
  /** Cards in all. */
  total: number
  onChoice: (change: Partial<Choice>) => void
  onAll: () => void
}

export const Nothing = ({ total, onAll, ...props }: Props) =>
  total === 0 ? (
    <NoCards title={words.empty.none} why={words.empty.noneWhy} />
  ) : (
    <Empty
      title={words.empty.title}
      why={
        <>
          <Ways {...props} /> {words.empty.why(total)}
        </>
      }
      action={<Button onClick={onAll}>{words.empty.action}</Button>}
    />
  )

/** Of many conditions, those that hold back the fewest are likely what went too far. */
const SHOWN = 3

function Ways({ choice, onChoice }: Pick<Props, 'choice' | 'onChoice'>) {
  const clock = useClock()
  const without = useQuery(get('/api/tasks/without', { query: asked(choice) }))
  const reading = useQuery({
    ...get('/api/filters/reading', { query: { filter: choice.filter } }),
    enabled: choice.filter !== ''
  })
  const nodes = choice.filter === '' ? [] : reading.data && pillsOf(reading.data.tree as unknown as Node)
  if (!without.data || !nodes) return null
  const named = ({ drops, place }: Without): string => {
    const node = place === null ? undefined : nodes[place]
    if (drops === 'search') return words.empty.searched(choice.search)
    if (drops === 'finding' || !node) return words.empty.condition(words.findings, findingSaid(choice.finding))
    const { name, value } = said(node, clock)
    return words.empty.condition(name, value)
  }
  const lighter = ({ drops, filter }: Without): Partial<Choice> =>
    drops === 'search' ? { search: '' } : drops === 'finding' ? { finding: '' } : { filter }
  return (
    <>
      {without.data.without.slice(0, SHOWN).map((one) => (
        <span key={`${one.drops} ${one.place}`} className={styles.way}>
          {words.empty.without(one.count)}{' '}
          <Anchor component="button" type="button" inherit onClick={() => onChoice(lighter(one))}>
            {words.empty.quoted(named(one))}
          </Anchor>
          .{' '}
        </span>
      ))}
    </>
  )
}
