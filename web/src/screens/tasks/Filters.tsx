/** What the cards are chosen by: a pill a condition, each changed where it stands. The text in the address is the filter language; the API reads and writes it. */
import { ActionIcon, Button, CloseButton, Popover, Select, TextInput } from '@mantine/core'
import { IconPlus, IconSearch, IconX } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { get } from '../../api/query.ts'
import { useClock } from '../../parts/clock.ts'
import { Failed } from '../../parts/Failed.tsx'
import { type Node, pillsOf, said } from '../../parts/filter/tree.ts'
import { useKeys } from '../../parts/keys.ts'
import { Waiting } from '../../parts/Waiting.tsx'
import { words as shared } from '../../words/en.ts'
import { tasksWords as words } from '../../words/tasks.ts'
import styles from './Filters.module.css'
import { FindingChoice, findingSaid } from './FindingChoice.tsx'
import type { Choice, Sort } from './useTaskList.ts'

const Builder = lazy(() => import('./Builder.tsx'))

export interface FiltersProps {
  choice: Choice
  sort: { by: Sort; down: boolean }
  onChoice: (change: Partial<Choice>) => void
  onSort: (sort: string) => void
  /** Beside what it is sorted by. */
  children: ReactNode
}

const KEYS = [{ key: '/', does: words.search }]

export function Filters({ choice, sort, onChoice, onSort, children }: FiltersProps) {
  const reading = useQuery({
    ...get('/api/filters/reading', { query: { filter: choice.filter } }),
    enabled: choice.filter !== '',
    placeholderData: () => undefined
  })
  const queryClient = useQueryClient()
  const clock = useClock()
  const pills = choice.filter === '' || !reading.data ? [] : pillsOf(reading.data.tree as unknown as Node)

  async function use(nodes: readonly Node[]): Promise<void> {
    if (nodes.length === 0) return onChoice({ filter: '' })
    const tree = JSON.stringify(nodes.length === 1 ? nodes[0] : { all: nodes })
    const { text } = await queryClient.fetchQuery(get('/api/filters/reading', { query: { filter: tree } }))
    onChoice({ filter: text })
  }

  return (
    <>
      <section className={`${styles.bar} tl-no-print`} aria-label={words.filters}>
        <Search value={choice.search} onChange={(search) => onChoice({ search })} />
        {choice.finding !== '' && (
          <Pill
            name={words.findings}
            value={findingSaid(choice.finding)}
            onRemove={() => onChoice({ finding: '' })}
            edit={(close) => (
              <FindingChoice
                value={choice.finding}
                onUse={(finding) => {
                  onChoice({ finding })
                  close()
                }}
              />
            )}
          />
        )}
        {pills.map((node, place) => (
          <Pill
            key={JSON.stringify(node)}
            {...said(node, clock)}
            onRemove={() => void use(pills.toSpliced(place, 1))}
            edit={(close) => (
              <Builder
                node={node}
                onUse={(next) => {
                  close()
                  void use(pills.with(place, next))
                }}
              />
            )}
          />
        ))}
        <Adding
          add={(close) => (
            <Builder
              node={null}
              onUse={(next) => {
                close()
                void use([...pills, next])
              }}
            />
          )}
        />
        <span className={styles.end}>
          {children}
          <Select
            className={styles.sort}
            aria-label={words.sort}
            data={Object.entries(words.sorts).map(([value, label]) => ({ value, label }))}
            value={(sort.down ? '-' : '') + sort.by}
            onChange={(value) => value && onSort(value)}
            allowDeselect={false}
            comboboxProps={{ width: 190, position: 'bottom-end' }}
          />
        </span>
      </section>
      {reading.error && choice.filter !== '' && <Failed what={words.failed} error={reading.error} />}
    </>
  )
}

/** Typing waits a moment before it asks. */
function Search({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value)
  const field = useRef<HTMLInputElement>(null)
  const sent = useRef(value)
  useKeys(KEYS, () => field.current?.focus())
  useEffect(() => {
    if (value === sent.current) return
    sent.current = value
    setTyped(value)
  }, [value])
  useEffect(() => {
    if (typed === sent.current) return
    const timer = setTimeout(() => {
      sent.current = typed
      onChange(typed)
    }, 250)
    return () => clearTimeout(timer)
  }, [typed, onChange])
  return (
    <TextInput
      ref={field}
      className={styles.search}
      type="search"
      aria-label={words.search}
      placeholder={words.search}
      leftSection={<IconSearch aria-hidden />}
      value={typed}
      maxLength={200}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Escape' && field.current?.blur()}
    />
  )
}

/** What is chosen from inside floats elsewhere in the page: a click there is no click outside. */
const FLOATING = {
  position: 'bottom-start',
  trapFocus: true,
  returnFocus: true,
  shadow: 'md',
  closeOnClickOutside: false,
  // `Editing` does: Esc in a list of choices that hangs open is for that list.
  closeOnEscape: false
} as const

/** `edit` gets what closes it again. */
function Pill({
  name,
  value,
  onRemove,
  edit
}: {
  name: string
  value: string
  onRemove: () => void
  edit: (close: () => void) => ReactNode
}) {
  const [opened, open] = useState(false)
  return (
    <Popover {...FLOATING} opened={opened} onChange={open}>
      <span className={styles.pill}>
        <Popover.Target>
          <button type="button" onClick={() => open(!opened)} title={value}>
            <span>{name}</span> <b>{value}</b>
          </button>
        </Popover.Target>
        <ActionIcon variant="subtle" size={28} aria-label={words.without(name)} onClick={onRemove}>
          <IconX />
        </ActionIcon>
      </span>
      <Popover.Dropdown>
        <Editing onClose={() => open(false)}>{opened && edit(() => open(false))}</Editing>
      </Popover.Dropdown>
    </Popover>
  )
}

function Adding({ add }: { add: (close: () => void) => ReactNode }) {
  const [opened, open] = useState(false)
  return (
    <Popover {...FLOATING} opened={opened} onChange={open}>
      <Popover.Target>
        <Button
          variant="subtle"
          className={styles.add}
          leftSection={<IconPlus aria-hidden />}
          onClick={() => open(!opened)}
        >
          {words.filter}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Editing onClose={() => open(false)}>{opened && add(() => open(false))}</Editing>
      </Popover.Dropdown>
    </Popover>
  )
}

const Editing = ({ onClose, children }: { onClose: () => void; children: ReactNode }) => (
  <div
    className={styles.editing}
    role="presentation"
    onKeyDownCapture={({ key, target }) => {
      if (key === 'Escape' && (target as Element).getAttribute('aria-expanded') !== 'true') onClose()
    }}
  >
    <Suspense fallback={<Waiting rows={3} />}>{children}</Suspense>
    <CloseButton aria-label={shared.close} onClick={onClose} />
  </div>
)
