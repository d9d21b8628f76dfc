/** The same cards by what their columns mean, across all tools; each card says its own column's name. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { get } from '../../api/query.ts'
import { type Category, CategoryGlyph } from '../../parts/Category.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { PersonAvatar, ToolTile } from '../../parts/Marks.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { Age } from '../../parts/When.tsx'
import { words as shared } from '../../words/en.ts'
import { number } from '../../words/say.ts'
import { tasksWords as words } from '../../words/tasks.ts'
import styles from './Board.module.css'
import { Due, Open } from './columns.tsx'
import { asked, type Choice, narrowed, type Sort, type Task } from './useTaskList.ts'

interface BoardProps {
  choice: Choice
  sort: { by: Sort; down: boolean }
  open: string | null
  onOpen: (id: string) => void
}

/** Those of work always stand; the others when a card is in them. */
const ALWAYS: readonly Category[] = ['todo', 'doing', 'blocked', 'done']
const ORDER: readonly Category[] = ['backlog', 'todo', 'doing', 'blocked', 'done', 'dropped', 'reference', 'unmapped']

export function Board(props: BoardProps) {
  const groups = useQuery(get('/api/tasks/groups', { query: { ...asked(props.choice), by: 'category' } }))
  if (groups.error) return <Failed what={words.failed} error={groups.error} again={groups.refetch} />
  if (!groups.data) return <Waiting rows={10} />
  const counts = new Map(groups.data.groups.map(({ key, count }) => [key, count]))
  return (
    <div className={styles.board}>
      {ORDER.filter((category) => counts.has(category) || ALWAYS.includes(category)).map((category) => (
        <Lane key={category} {...props} category={category} count={counts.get(category) ?? 0} />
      ))}
    </div>
  )
}

const STEP = 50
const MOST = 1000

function Lane({ choice, sort, open, onOpen, category, count }: BoardProps & { category: Category; count: number }) {
  const [limit, setLimit] = useState(STEP)
  const tasks = useQuery({
    ...get('/api/tasks', {
      query: {
        ...asked({ ...choice, filter: narrowed(choice.filter, `category = ${category}`) }),
        sort: sort.by,
        down: String(sort.down),
        limit
      }
    }),
    enabled: count > 0
  })
  const shown = count === 0 ? [] : (tasks.data?.tasks ?? [])
  const left = count - shown.length
  return (
    <section className={styles.lane} aria-label={shared.categories[category]}>
      <h2>
        <CategoryGlyph category={category} label={false} />
        {shared.categories[category]} <span>{number(count)}</span>
      </h2>
      {tasks.error && <Failed what={words.failed} error={tasks.error} again={tasks.refetch} />}
      {count > 0 && !tasks.data && !tasks.error && <Waiting rows={4} />}
      {count === 0 && <p>{words.boardEmpty}</p>}
      <ul>
        {shown.map((task) => (
          <li key={task.id}>
            <BoardCard task={task} open={task.id === open} onOpen={() => onOpen(task.id)} />
          </li>
        ))}
      </ul>
      {tasks.data && left > 0 && limit < MOST && (
        <Button size="xs" variant="subtle" onClick={() => setLimit(Math.min(MOST, limit + STEP))}>
          {words.boardMore(Math.min(left, STEP))}
        </Button>
      )}
      {tasks.data && left > 0 && limit >= MOST && <p>{words.boardOnly(left)}</p>}
    </section>
  )
}

const BoardCard = ({ task, open, onOpen }: { task: Task; open: boolean; onOpen: () => void }) => (
  <button type="button" className={styles.card} data-open={open || undefined} onClick={onOpen}>
    <span className={styles.head}>
      <ToolTile tool={task.tool} />
      <span className={styles.column}>{task.column ?? task.projectName}</span>
      {task.age !== null && <Age days={task.age} short />}
    </span>
    <span className={styles.title}>{task.title}</span>
    <span className={styles.foot}>
      {task.assignees.slice(0, 3).map((name) => (
        <PersonAvatar key={name} name={name} named={false} />
      ))}
      {task.dueAt && <Due {...task} />}
      <Open findings={task.findings} />
    </span>
  </button>
)
