/** What one column means, to be chosen; and why we think so. */
import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { get, type Output } from '../../api/query.ts'
import { type Category, CategoryGlyph } from '../../parts/Category.tsx'
import { words as common } from '../../words/en.ts'
import { tendingWords } from '../../words/tending.ts'
import styles from './tending.module.css'

export type Column = Output<'get', '/api/projects/{project}/columns'>['columns'][number]

const words = tendingWords.columns

/** In the order a card goes; `unmapped` is what nobody chooses. */
export const CATEGORIES = ['backlog', 'todo', 'doing', 'blocked', 'done', 'dropped', 'reference'] as const

export const Meaning = ({ column, onChoose }: { column: Column; onChoose: (category: Category) => void }) => (
  <Select
    className={styles.meaning}
    data-open={column.category === 'unmapped' || undefined}
    aria-label={words.meaningOf(column.name)}
    placeholder={words.choose}
    value={column.category === 'unmapped' ? null : column.category}
    data={CATEGORIES.map((value) => ({ value, label: common.categories[value] }))}
    onChange={(value) => value && value !== column.category && onChoose(value as Category)}
    allowDeselect={false}
    withCheckIcon={false}
    leftSection={<CategoryGlyph category={column.category} label={false} />}
    renderOption={({ option }) => (
      <span className={styles.option}>
        <CategoryGlyph category={option.value as Category} label={false} />
        {option.label}
      </span>
    )}
    comboboxProps={{ width: 160, position: 'bottom-start' }}
  />
)

/** Why it means that; for one that nobody knows, what choosing would change. */
export function Because({ column, project }: { column: Column; project: string }) {
  if (column.category === 'unmapped') return <Unknown column={column} project={project} />
  if (column.source === 'tool') return words.sources.tool
  if (column.source === 'confirmed') return words.sources.confirmed
  return column.reason ? words.sources.named(column.reason.phrase) : words.sources.position
}

function Unknown({ column, project }: { column: Column; project: string }) {
  const { data } = useQuery({
    ...get('/api/projects/{project}/columns/{column}/preview', {
      path: { project, column: column.id },
      query: { category: ['doing', 'todo'] }
    }),
    enabled: column.openTasks + column.tasks > 0,
    staleTime: 60_000
  })
  const opened = (category: Category) => data?.would.find((one) => one.category === category)?.opened ?? 0
  return (
    <span className={styles.warn}>
      {words.sources.nothing} {data && words.wouldBoth(opened('doing'), opened('todo'))}
    </span>
  )
}

/** What one choice would change. */
export function Would({ project, column, category }: { project: string; column: string; category: Category }) {
  const { data, error } = useQuery({
    ...get('/api/projects/{project}/columns/{column}/preview', {
      path: { project, column },
      query: { category: [category] }
    }),
    staleTime: 30_000
  })
  // What was told of another choice stays until this one is known; it is not this one's.
  const would = data?.would.find((one) => one.category === category)
  if (error) return error.message
  return would ? words.would(common.categories[category], would.opened, would.closed) : words.looking
}
