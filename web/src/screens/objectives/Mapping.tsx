/** Which cards count, put together from conditions or typed; one filter either way, and one turns into the other. */
import { Button, Input, SegmentedControl, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { get } from '../../api/query.ts'
import type { Node } from '../../parts/filter/tree.ts'
import { Waiting } from '../../parts/Waiting.tsx'
import { objectivesWords } from '../../words/objectives.ts'
import styles from './Editor.module.css'

const Conditions = lazy(() => import('../../parts/filter/Conditions.tsx'))

const words = objectivesWords.editor

interface MappingProps {
  /** As people type it, or its tree while it is put together: the hub reads both. */
  filter: string
  onChange: (filter: string) => void
}

export function Mapping(props: MappingProps) {
  const [way, setWay] = useState<'conditions' | 'text'>('conditions')
  const queryClient = useQueryClient()
  async function go(to: 'conditions' | 'text'): Promise<void> {
    if (to === 'text' && props.filter.startsWith('{')) {
      const reading = await queryClient.fetchQuery(get('/api/filters/reading', { query: { filter: props.filter } }))
      props.onChange(reading.text)
    }
    setWay(to)
  }
  return (
    <fieldset className={styles.mapping} aria-label={words.filter}>
      <div className={styles.ways}>
        <Input.Label labelElement="div" required>
          {words.filter}
        </Input.Label>
        <SegmentedControl
          size="xs"
          aria-label={words.ways}
          value={way}
          onChange={(to) => void go(to)}
          data={[
            { value: 'conditions', label: words.conditions },
            { value: 'text', label: words.text }
          ]}
        />
      </div>
      {way === 'text' ? <Typed {...props} /> : <Built {...props} />}
    </fieldset>
  )
}

const Typed = ({ filter, onChange }: MappingProps) => (
  <Textarea
    required
    autosize
    minRows={3}
    aria-label={words.filter}
    description={words.filterHint}
    classNames={{ input: styles.filter }}
    spellCheck={false}
    value={filter}
    onChange={({ currentTarget }) => onChange(currentTarget.value)}
  />
)

const FIRST: Node = { field: 'project', is: 'is', value: '' }

function Built({ filter, onChange }: MappingProps) {
  // What it is opened with; from then on the conditions are what people edit.
  const [start, begin] = useState(filter)
  const reading = useQuery({
    ...get('/api/filters/reading', { query: { filter: start } }),
    enabled: start.trim() !== '',
    retry: false
  })
  const follow = (node: Node | null) => onChange(node ? JSON.stringify(node) : '')

  if (start.trim() === '')
    return (
      <Suspense fallback={<Waiting rows={2} />}>
        <Conditions start={FIRST} onChange={follow} />
      </Suspense>
    )
  if (reading.error)
    return (
      <p className={styles.quiet} role="alert">
        {words.noConditions}{' '}
        <Button size="compact-xs" variant="subtle" onClick={() => begin('')}>
          {words.anew}
        </Button>
      </p>
    )
  return reading.data ? (
    <Suspense fallback={<Waiting rows={2} />}>
      <Conditions start={reading.data.tree as unknown as Node} onChange={follow} />
    </Suspense>
  ) : (
    <Waiting rows={2} />
  )
}
