/** A filter, condition by condition. Large: load it when somebody opens one. */
import '@mantine/dates/styles.layer.css'
import { MantineValueEditor, MantineValueSelector, QueryBuilderMantine } from '@react-querybuilder/mantine'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Option, QueryBuilder, type ValueEditorProps, type ValueSelectorProps } from 'react-querybuilder'
import { get } from '../../api/query.ts'
import { tasksWords as words } from '../../words/tasks.ts'
import { Failed } from '../Failed.tsx'
import { Waiting } from '../Waiting.tsx'
import styles from './Conditions.module.css'
import { type Field, fieldName, fromQuery, type Node, takes, toQuery } from './tree.ts'

export default function Conditions({
  start,
  onChange
}: {
  /** What it begins with; afterwards it keeps what is edited itself. */
  start: Node
  /** Null while no condition is complete. */
  onChange: (node: Node | null) => void
}) {
  const read = useQuery({ ...get('/api/filters/fields'), staleTime: Number.POSITIVE_INFINITY })
  const choices = useChoices()
  const [query, setQuery] = useState(() => toQuery(start))
  if (read.error) return <Failed what={words.failed} error={read.error} again={read.refetch} />
  if (!read.data) return <Waiting rows={3} />
  const fields = new Map(read.data.fields.map((field) => [field.name, field]))
  const valuesOf = (field: string) => fields.get(field)?.values ?? choices[field]
  return (
    <QueryBuilderMantine>
      <QueryBuilder
        query={query}
        onQueryChange={(next) => {
          setQuery(next as typeof query)
          onChange(fromQuery(next as typeof query, fields))
        }}
        fields={offered(fields, query).map((name) => ({ name, value: name, label: fieldName(name) }))}
        combinators={[
          { name: 'and', value: 'and', label: words.builder.all },
          { name: 'or', value: 'or', label: words.builder.any }
        ]}
        getOperators={(field) =>
          (fields.get(field)?.operators ?? CUSTOM).map(({ is, takes: shape }) => ({
            name: is,
            value: is,
            label: words.operators[is] ?? is,
            ...(shape === 'none' ? { arity: 'unary' as const } : {})
          }))
        }
        getValueEditorType={(field, operator) => {
          if (!valuesOf(field)) return 'text'
          return takes(fields.get(field), operator) === 'text*' ? 'multiselect' : 'select'
        }}
        getValues={(field): Option[] =>
          (valuesOf(field) ?? []).map((value) => ({ name: value, value, label: words.values[value] ?? value }))
        }
        getInputType={(field, operator) => INPUTS[takes(fields.get(field), operator)] ?? 'text'}
        resetOnFieldChange
        resetOnOperatorChange
        listsAsArrays
        translations={TRANSLATIONS}
        controlElements={CONTROLS}
        controlClassnames={{ queryBuilder: styles.query ?? '' }}
      />
    </QueryBuilderMantine>
  )
}

/** With names that are spoken: a title alone is for those who point. */
const Selector = ({ extraProps: _, ...props }: ValueSelectorProps & { extraProps?: unknown }) => (
  <MantineValueSelector {...props} aria-label={props.title} />
)
const Editor = (props: ValueEditorProps) => <MantineValueEditor {...props} extraProps={{ 'aria-label': props.title }} />
const CONTROLS = {
  fieldSelector: Selector,
  operatorSelector: Selector,
  combinatorSelector: Selector,
  valueSelector: Selector,
  valueEditor: Editor
}

const INPUTS: Record<string, 'number' | 'date'> = {
  number: 'number',
  'number range': 'number',
  days: 'number',
  date: 'date',
  'date range': 'date'
}

const TRANSLATIONS = {
  fields: { title: words.builder.field },
  operators: { title: words.builder.operator },
  value: { title: words.builder.value },
  combinators: { title: words.builder.combinator },
  removeRule: { label: '✕', title: words.builder.remove },
  removeGroup: { label: '✕', title: words.builder.remove },
  addRule: { label: words.builder.rule, title: words.builder.rule },
  addGroup: { label: words.builder.group, title: words.builder.group }
}

/** What may be asked of a custom field that a filter names; its type is a fact of each board. */
const CUSTOM = [
  { is: 'is', takes: 'text' },
  { is: 'is_not', takes: 'text' },
  { is: 'contains', takes: 'text' },
  { is: 'is_empty', takes: 'none' },
  { is: 'is_not_empty', takes: 'none' }
]

/** All there are, and custom fields that the filter names already. */
function offered(fields: ReadonlyMap<string, Field>, query: { rules: readonly unknown[] }): string[] {
  const named = JSON.stringify(query).matchAll(/"field":"(field:[^"]+)"/g)
  return [...new Set([...fields.keys(), ...[...named].map(([, name]) => name as string)])]
}

/** What projects, people and labels there are, by field. */
function useChoices(): Record<string, string[] | undefined> {
  const projects = useQuery(get('/api/tasks/groups', { query: { by: 'project' } })).data
  const people = useQuery(get('/api/tasks/groups', { query: { by: 'assignee' } })).data
  const labels = useQuery(get('/api/tasks/groups', { query: { by: 'label' } })).data
  const names = (answer: typeof projects) =>
    answer && [...new Set(answer.groups.flatMap(({ name }) => (name === null ? [] : [name])))]
  const known = { people: names(people), labels: names(labels), projects: names(projects) }
  return {
    project: known.projects,
    assignees: known.people && ['me', ...known.people],
    labels: known.labels
  }
}
