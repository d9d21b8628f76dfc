/** What is to be reached, and between which days: a new objective, or one that is changed or removed. */
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { change } from '../../api/query.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { useClock } from '../../parts/clock.ts'
import { done } from '../../parts/done.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { words as shared } from '../../words/en.ts'
import { objectivesWords } from '../../words/objectives.ts'
import { localDate } from './dates.ts'
import styles from './Editor.module.css'
import { Points } from './Points.tsx'
import type { Objective } from './pace.tsx'

const { add: adding, change: changing, editor } = objectivesWords

/** `objective`: null for a new one. */
export function ObjectiveForm({ objective, onClose }: { objective: Objective | null; onClose: () => void }) {
  const clock = useClock()
  const [first, last] = quarterOf(localDate(clock.now, clock.zone))
  const [title, setTitle] = useState(objective?.title ?? '')
  const [from, setFrom] = useState(objective?.from ?? first)
  const [to, setTo] = useState(objective?.to ?? last)
  const add = useMutation(change('post', '/api/objectives'))
  const set = useMutation(change('put', '/api/objectives/{id}'))
  const told = (what: string) => {
    done(what)
    onClose()
  }
  const save = () =>
    objective
      ? set.mutate(
          { path: { id: objective.id }, body: { title, from, to } },
          { onSuccess: ({ moved }) => told(changing.saved(title, moved)) }
        )
      : add.mutate({ body: { title, from, to } }, { onSuccess: () => told(adding.done(title)) })
  const error = add.error ?? set.error
  return (
    <Modal
      opened
      onClose={onClose}
      title={objective ? changing.title : adding.objective}
      closeButtonProps={{ 'aria-label': shared.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Stack gap="md">
          <TextInput
            data-autofocus
            required
            label={adding.title}
            maxLength={300}
            value={title}
            onChange={({ currentTarget }) => setTitle(currentTarget.value)}
          />
          <Group grow>
            <TextInput
              type="date"
              required
              label={editor.from}
              value={from}
              onChange={({ currentTarget }) => setFrom(currentTarget.value)}
            />
            <TextInput
              type="date"
              required
              label={editor.to}
              value={to}
              onChange={({ currentTarget }) => setTo(currentTarget.value)}
            />
          </Group>
          {objective && objective.keyResults.length > 0 && <p className={styles.quiet}>{changing.along}</p>}
          {error && <Failed what={objective ? changing.failed : adding.failed} error={error} />}
          <Group justify="space-between" gap="sm">
            {objective ? <Remove objective={objective} onRemoved={onClose} /> : <span />}
            <Group gap="sm">
              <Button onClick={onClose}>{editor.cancel}</Button>
              <Button type="submit" variant="filled" loading={add.isPending || set.isPending}>
                {objective ? changing.save : adding.save}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function Remove({ objective: { id, title, keyResults }, onRemoved }: { objective: Objective; onRemoved: () => void }) {
  const [asking, ask] = useState(false)
  const remove = useMutation(change('delete', '/api/objectives/{id}'))
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => ask(true)}>
        {changing.remove}
      </Button>
      <Confirm
        opened={asking}
        onClose={() => ask(false)}
        title={changing.remove}
        kept={<Points of={changing.kept} />}
        deleted={<Points of={changing.deleted(keyResults.length)} />}
        name={title}
        action={changing.action}
        failed={changing.notRemoved}
        onConfirm={async () => {
          await remove.mutateAsync({ path: { id } })
          done(changing.removed(title))
          onRemoved()
        }}
      />
    </>
  )
}

/** First and last day of the quarter that a date lies in. */
function quarterOf(date: string): [string, string] {
  const [year = 0, month = 1] = date.split('-').map(Number)
  const first = Math.floor((month - 1) / 3) * 3
  const day = (months: number, of: number) => new Date(Date.UTC(year, months, of)).toISOString().slice(0, 10)
  return [day(first, 1), day(first + 3, 0)]
}
