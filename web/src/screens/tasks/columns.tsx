/** The columns of the table of cards. */
import { Skeleton } from '@mantine/core'
import { CategoryChip } from '../../parts/Category.tsx'
import type { Column } from '../../parts/DataTable.tsx'
import { PersonAvatar, ToolTile } from '../../parts/Marks.tsx'
import { Status, statusOfRule } from '../../parts/Status.tsx'
import { Age, When } from '../../parts/When.tsx'
import { ruleName, rulesNamed, tasksWords as words } from '../../words/tasks.ts'
import styles from './Tasks.module.css'
import type { Task } from './useTaskList.ts'
import { isHere, type TaskRow } from './useWindows.ts'

const of =
  (cell: (task: Task) => React.ReactNode, waiting: React.ReactNode = null) =>
  (row: TaskRow) =>
    isHere(row) ? cell(row) : waiting

export const columns: readonly Column<TaskRow>[] = [
  {
    id: 'title',
    head: words.columns.title,
    width: 'minmax(160px, 1fr)',
    sortable: true,
    phone: 'title',
    cell: of(
      ({ tool, title }) => (
        <span className={styles.title}>
          <ToolTile tool={tool} />
          <span className={styles.cut} title={title}>
            {title}
          </span>
        </span>
      ),
      <Skeleton height={10} width="60%" />
    )
  },
  {
    id: 'column',
    head: words.columns.column,
    width: '132px',
    phone: 'below',
    cell: of(({ category, column }) => <CategoryChip category={category} column={column} plain />)
  },
  {
    id: 'assignee',
    head: words.columns.assignee,
    width: '112px',
    phone: 'hidden',
    cell: of(({ assignees }) => <Assignees names={assignees} />)
  },
  {
    id: 'due',
    head: words.columns.due,
    width: '76px',
    sortable: true,
    phone: 'below',
    cell: of((task) => <Due {...task} />)
  },
  {
    id: 'age',
    head: words.columns.age,
    width: '64px',
    align: 'right',
    sortable: true,
    phone: 'hidden',
    cell: of(({ age }) => age !== null && <Age days={age} short />)
  },
  {
    id: 'findings',
    head: words.columns.findings,
    width: '160px',
    phone: 'below',
    cell: of(({ findings }) => <Open findings={findings} />)
  }
]

/** “Lucía F.”: the whole name is said on hover, and on the card. */
const short = (name: string): string => name.replace(/^(\S+)\s.*?(\p{L})\S+$/u, '$1 $2.')

function Assignees({ names }: { names: readonly string[] }) {
  const [first, ...others] = names
  if (first === undefined) return <span className={styles.quiet}>{words.nobody}</span>
  return (
    <span className={styles.person} title={names.join(', ')}>
      <PersonAvatar name={first} />
      <span className={styles.cut}>{short(first)}</span>
      {others.length > 0 && <span className={styles.quiet}>{words.more(others.length)}</span>}
    </span>
  )
}

/** Crimson only where the row says Overdue as well. */
export function Due({ dueAt, dueIsDate, findings }: Pick<Task, 'dueAt' | 'dueIsDate' | 'findings'>) {
  if (dueAt === null) return <span className={styles.quiet}>{words.noDate}</span>
  const late = findings.some(({ rule }) => rule === 'overdue')
  return (
    <span data-late={late || undefined} className={styles.due}>
      <When at={dueIsDate ? dueAt.slice(0, 10) : dueAt} as="shortDay" />
    </span>
  )
}

const RANK = ['overdue', 'stale-doing', 'blocked-too-long']
const rank = (rule: string): number => (RANK.includes(rule) ? RANK.indexOf(rule) : RANK.length)

/** The one that matters most, and how many more. */
export function Open({ findings }: Pick<Task, 'findings'>) {
  const [first, ...others] = findings.map(({ rule }) => rule).toSorted((a, b) => rank(a) - rank(b))
  if (first === undefined) return null
  return (
    <span className={styles.person}>
      <Status kind={statusOfRule(first)} quiet={first !== 'overdue'}>
        {ruleName(first)}
      </Status>
      {others.length > 0 && (
        <span className={styles.quiet} title={rulesNamed(others)}>
          {words.more(others.length)}
        </span>
      )}
    </span>
  )
}
