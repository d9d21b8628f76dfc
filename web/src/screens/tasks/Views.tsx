/** The tabs: views that everybody has, one's own and those others share, each with how many cards are in it; and what saves the present one. */
import { ActionIcon, Button, Checkbox, Popover, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { change } from '../../api/query.ts'
import { done } from '../../parts/done.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { number } from '../../words/say.ts'
import { tasksWords as words } from '../../words/tasks.ts'
import styles from './Tasks.module.css'
import type { Choice, Sort, View } from './useTaskList.ts'

export interface ViewsProps {
  views: readonly View[]
  total: number
  current: string
  now: Choice & { sort: Sort; down: boolean; layout: 'table' | 'board' }
  /** Shows another view as it is saved. */
  onView: (id: string) => void
}

const nameOf = ({ id, name }: Pick<View, 'id' | 'name'>): string => name ?? words.viewNames[id] ?? id

export function Views({ views, total, current, now, onView }: ViewsProps) {
  const builtIn = views.filter((view) => view.builtIn)
  const saved = views.filter((view) => !view.builtIn)
  const all = [...builtIn, { id: 'all', name: null, count: total }, ...saved]
  const mine = saved.find(({ id, own }) => own && id === current)
  return (
    <nav className={`${styles.views} tl-no-print`} aria-label={words.views}>
      {all.map((view) => (
        <Link
          key={view.id}
          to="/tasks"
          search={{ view: view.id } as never}
          activeOptions={{ includeSearch: false, exact: true }}
          activeProps={{ 'aria-current': undefined }}
          aria-current={view.id === current ? 'page' : undefined}
          data-current={view.id === current || undefined}
        >
          {nameOf(view)}
          <span>{number(view.count)}</span>
        </Link>
      ))}
      <Saving mine={mine} now={now} onView={onView} />
    </nav>
  )
}

function Saving({ mine, now, onView }: Pick<ViewsProps, 'now' | 'onView'> & { mine: View | undefined }) {
  const [opened, open] = useState(false)
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const save = useMutation({
    ...change('post', '/api/views'),
    onSuccess: ({ id, name: called }) => {
      open(false)
      setName('')
      onView(id)
      done(words.save.saved(called))
    }
  })
  const remove = useMutation({
    ...change('delete', '/api/views/{id}'),
    onSuccess: () => {
      open(false)
      onView('all')
      if (!mine) return
      const { id: _, builtIn: __, own: ___, count: ____, name: called, ...view } = mine
      done(words.save.removed(nameOf(mine)), () => save.mutate({ body: { ...view, name: called ?? '' } }))
    }
  })
  return (
    <Popover opened={opened} onChange={open} position="bottom-end" trapFocus returnFocus shadow="md" width={300}>
      <Popover.Target>
        <ActionIcon aria-label={words.save.open} title={words.save.open} onClick={() => open(!opened)}>
          <IconPlus />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={styles.saving}
          onSubmit={(event) => {
            event.preventDefault()
            save.mutate({ body: { ...now, name, shared } })
          }}
        >
          <TextInput
            label={words.save.name}
            value={name}
            maxLength={60}
            required
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Checkbox
            label={words.save.shared}
            description={words.save.sharedWhy}
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          {save.error && <Failed what={words.save.failed} error={save.error} />}
          {remove.error && <Failed what={words.save.failed} error={remove.error} />}
          <Button type="submit" variant="filled" loading={save.isPending} disabled={name.trim() === ''}>
            {words.save.make}
          </Button>
          {mine && (
            <>
              <Button
                onClick={() => save.mutate({ body: { ...now, id: mine.id, name: nameOf(mine), shared: mine.shared } })}
              >
                {words.save.change(nameOf(mine))}
              </Button>
              <Button onClick={() => remove.mutate({ path: { id: mine.id } })}>
                {words.save.remove(nameOf(mine))}
              </Button>
            </>
          )}
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
