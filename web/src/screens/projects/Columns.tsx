/** Columns grouped by what they mean: dragged from one group to another, or chosen in their menu. What it would change is said before. */
import { Button } from '@mantine/core'
import { IconGripVertical } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type DragEvent, useState } from 'react'
import { change, get } from '../../api/query.ts'
import { type Category, CategoryGlyph } from '../../parts/Category.tsx'
import { done } from '../../parts/done.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { words as common } from '../../words/en.ts'
import { projectsWords } from '../../words/projects.ts'
import { tendingWords } from '../../words/tending.ts'
import type { Project } from '../tending/BoardChoice.tsx'
import { Because, CATEGORIES, type Column, Meaning, Would } from '../tending/Meaning.tsx'
import styles from './Projects.module.css'

const words = projectsWords.columns
const DRAGGED = 'application/x-throughline-column'

interface Proposal {
  column: Column
  category: Category
}

export function Columns({ project }: { project: Project }) {
  const { data, error, refetch } = useQuery(get('/api/projects/{project}/columns', { path: { project: project.id } }))
  const [proposal, propose] = useState<Proposal | null>(null)
  const columns = data?.columns.filter(({ archived }) => !archived) ?? []
  const groups: Category[] = columns.some(({ category }) => category === 'unmapped')
    ? ['unmapped', ...CATEGORIES]
    : [...CATEGORIES]
  return (
    <Sheet flush title={words.title} aside={words.sub}>
      {error && <Failed what={tendingWords.columns.failed} error={error} again={refetch} />}
      {!data && !error && <Waiting rows={6} />}
      {data && columns.length === 0 && <p className={styles.foot}>{tendingWords.columns.none}</p>}
      {columns.length > 0 &&
        groups.map((category) => (
          <Group
            key={category}
            category={category}
            columns={columns.filter((one) => one.category === category)}
            project={project.id}
            proposal={proposal}
            onPropose={propose}
            onDropped={(id) => {
              const column = columns.find((one) => one.id === id)
              if (column && column.category !== category) propose({ column, category })
            }}
          />
        ))}
    </Sheet>
  )
}

function Group({
  category,
  columns,
  project,
  proposal,
  onPropose,
  onDropped
}: {
  category: Category
  columns: readonly Column[]
  project: string
  proposal: Proposal | null
  onPropose: (proposal: Proposal | null) => void
  onDropped: (column: string) => void
}) {
  const [over, hover] = useState(false)
  const target =
    category === 'unmapped'
      ? {}
      : {
          onDragOver(event: DragEvent) {
            if (!event.dataTransfer.types.includes(DRAGGED)) return
            event.preventDefault()
            hover(true)
          },
          onDragLeave: () => hover(false),
          onDrop(event: DragEvent) {
            event.preventDefault()
            hover(false)
            onDropped(event.dataTransfer.getData(DRAGGED))
          }
        }
  return (
    <section
      className={styles.group}
      data-over={over || undefined}
      aria-label={words.group(common.categories[category], columns.length)}
      {...target}
    >
      <h3>
        <CategoryGlyph category={category} label={false} />
        {common.categories[category]}
      </h3>
      <ul>
        {columns.length === 0 && <li className={styles.none}>{words.nothing}</li>}
        {columns.map((column) => (
          <li key={column.id}>
            {/* biome-ignore lint/a11y/noStaticElementInteractions: dragging is a second way; the menu beside it is the first. */}
            <div
              className={styles.column}
              draggable
              onDragStart={(event) => event.dataTransfer.setData(DRAGGED, column.id)}
            >
              <IconGripVertical className={styles.grip} aria-hidden />
              <span className={styles.columnName} title={column.name}>
                {column.name}
              </span>
              <span className={styles.meta}>{words.cards(column.tasks)}</span>
              <span className={styles.because}>
                <Because column={column} project={project} />
              </span>
              <Meaning column={column} onChoose={(wanted) => onPropose({ column, category: wanted })} />
            </div>
            {proposal?.column.id === column.id && (
              <Proposed project={project} proposal={proposal} onEnd={() => onPropose(null)} />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** “Would change N findings”, then done or left. */
function Proposed({ project, proposal, onEnd }: { project: string; proposal: Proposal; onEnd: () => void }) {
  const { column, category } = proposal
  const set = useMutation(change('put', '/api/projects/{project}/columns/{column}'))
  const before = column.source === 'confirmed' ? column.category : null
  const put = (wanted: Category | null, then: () => void) =>
    set.mutate({ path: { project, column: column.id }, body: { category: wanted } }, { onSuccess: then })
  return (
    <fieldset className={styles.proposal} aria-label={words.proposal(column.name, common.categories[category])}>
      <p role="status">
        <strong>{words.proposal(column.name, common.categories[category])}</strong>{' '}
        <Would project={project} column={column.id} category={category} />
      </p>
      <Button
        size="xs"
        variant="filled"
        loading={set.isPending}
        autoFocus
        onClick={() =>
          put(category, () => {
            done(tendingWords.columns.set(column.name, common.categories[category]), () => put(before, () => {}))
            onEnd()
          })
        }
      >
        {words.apply}
      </Button>
      <Button size="xs" onClick={onEnd}>
        {words.leave}
      </Button>
      {set.error && <Failed what={tendingWords.columns.notSet(column.name)} error={set.error} />}
    </fieldset>
  )
}
