/** A new objective: what is to be reached, and between which days. */
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { change } from '../../api/query.ts'
import { useClock } from '../../parts/clock.ts'
import { done } from '../../parts/done.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { words as shared } from '../../words/en.ts'
import { objectivesWords } from '../../words/objectives.ts'
import { localDate } from './dates.ts'

const words = objectivesWords.add

export function AddObjective({ onClose }: { onClose: () => void }) {
  const clock = useClock()
  const [first, last] = quarterOf(localDate(clock.now, clock.zone))
  const [title, setTitle] = useState('')
  const [from, setFrom] = useState(first)
  const [to, setTo] = useState(last)
  const add = useMutation(change('post', '/api/objectives'))
  return (
    <Modal opened onClose={onClose} title={words.objective} closeButtonProps={{ 'aria-label': shared.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          add.mutate(
            { body: { title, from, to } },
            {
              onSuccess: () => {
                done(words.done(title))
                onClose()
              }
            }
          )
        }}
      >
        <Stack gap="md">
          <TextInput
            data-autofocus
            required
            label={words.title}
            value={title}
            onChange={({ currentTarget }) => setTitle(currentTarget.value)}
          />
          <Group grow>
            <TextInput
              type="date"
              required
              label={objectivesWords.editor.from}
              value={from}
              onChange={({ currentTarget }) => setFrom(currentTarget.value)}
            />
            <TextInput
              type="date"
              required
              label={objectivesWords.editor.to}
              value={to}
              onChange={({ currentTarget }) => setTo(currentTarget.value)}
            />
          </Group>
          {add.error && <Failed what={words.failed} error={add.error} />}
          <Group justify="flex-end" gap="sm">
            <Button onClick={onClose}>{objectivesWords.editor.cancel}</Button>
            <Button type="submit" variant="filled" loading={add.isPending}>
              {words.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** First and last day of the quarter that a date lies in. */
function quarterOf(date: string): [string, string] {
  const [year = 0, month = 1] = date.split('-').map(Number)
  const first = Math.floor((month - 1) / 3) * 3
  const day = (months: number, of: number) => new Date(Date.UTC(year, months, of)).toISOString().slice(0, 10)
  return [day(first, 1), day(first + 3, 0)]
}
