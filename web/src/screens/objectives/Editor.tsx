/** What a key result is and which cards feed it, with the matching cards beside the form while it is written. */
import { Button, Group, Modal, NumberInput, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { change } from '../../api/query.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { done } from '../../parts/done.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { words as shared } from '../../words/en.ts'
import { objectivesWords } from '../../words/objectives.ts'
import styles from './Editor.module.css'
import { Mapping } from './Mapping.tsx'
import { Matching } from './Matching.tsx'
import { Points } from './Points.tsx'
import type { KeyResult } from './pace.tsx'

const words = objectivesWords.editor

export interface Edited {
  /** Its days are the new key result’s until others are chosen. */
  objective: { id: string; title: string; from: string; to: string }
  /** Null: a new one. */
  keyResult: KeyResult | null
}

interface Form {
  title: string
  start: number | string
  target: number | string
  unit: string
  from: string
  to: string
  filter: string
  summed: boolean
  field: string
}

export function Editor({
  objective,
  keyResult,
  onClose,
  onSaved
}: Edited & { onClose: () => void; onSaved: (id: string) => void }) {
  const [form, setForm] = useState(() => formOf(objective, keyResult))
  const put = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }))
  const [asked] = useDebouncedValue(form, 300)
  const save = useSave(objective.id, keyResult, onSaved)
  return (
    <Modal
      opened
      onClose={onClose}
      size={1120}
      title={keyResult ? words.edit : words.add(objective.title)}
      closeButtonProps={{ 'aria-label': shared.close }}
    >
      <div className={styles.halves}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            save.run(form)
          }}
        >
          <Stack gap="md">
            <Fields form={form} put={put} />
            {save.error !== null && <Failed what={words.failed} error={save.error} />}
            <Group justify="space-between" gap="sm">
              {keyResult ? <Remove {...keyResult} onRemoved={onClose} /> : <span />}
              <Group gap="sm">
                <Button onClick={onClose}>{words.cancel}</Button>
                <Button type="submit" variant="filled" loading={save.busy}>
                  {words.save}
                </Button>
              </Group>
            </Group>
          </Stack>
        </form>
        <Matching
          filter={asked.filter}
          from={asked.from}
          to={asked.to}
          sum={asked.summed ? asked.field.trim() : null}
        />
      </div>
    </Modal>
  )
}

function Fields({ form, put }: { form: Form; put: (part: Partial<Form>) => void }) {
  const text = (name: 'title' | 'unit' | 'from' | 'to' | 'field') => ({
    value: form[name],
    onChange: ({ currentTarget }: React.ChangeEvent<HTMLInputElement>) => put({ [name]: currentTarget.value })
  })
  return (
    <>
      <TextInput data-autofocus required label={words.title} maxLength={300} {...text('title')} />
      <Group grow align="flex-start">
        <NumberInput
          required
          hideControls
          label={words.start}
          value={form.start}
          onChange={(start) => put({ start })}
        />
        <NumberInput
          required
          hideControls
          label={words.target}
          value={form.target}
          onChange={(target) => put({ target })}
        />
        <TextInput label={words.unit} placeholder={words.unitHint} maxLength={40} {...text('unit')} />
      </Group>
      <Group grow>
        <TextInput required type="date" label={words.from} {...text('from')} />
        <TextInput required type="date" label={words.to} {...text('to')} />
      </Group>
      <Mapping filter={form.filter} onChange={(filter) => put({ filter })} />
      <Group align="flex-end" gap="sm">
        <SegmentedControl
          aria-label={words.measure}
          value={form.summed ? 'sum' : 'count'}
          onChange={(chosen) => put({ summed: chosen === 'sum' })}
          data={[
            { value: 'count', label: words.count },
            { value: 'sum', label: words.sum }
          ]}
        />
        {form.summed && (
          <TextInput required flex={1} label={words.field} placeholder={words.fieldHint} {...text('field')} />
        )}
      </Group>
    </>
  )
}

function useSave(objective: string, keyResult: KeyResult | null, onSaved: (id: string) => void) {
  const add = useMutation(change('post', '/api/objectives/{objective}/key-results'))
  const set = useMutation(change('put', '/api/key-results/{id}'))
  const run = ({ summed, field, start, target, ...rest }: Form) => {
    const body = { ...rest, start: Number(start), target: Number(target) }
    if (keyResult) {
      const sum = summed ? field.trim() : null
      const told = ({ id, title }: { id: string; title: string }) => {
        done(words.saved(title))
        onSaved(id)
      }
      set.mutate({ path: { id: keyResult.id }, body: { ...body, sum } }, { onSuccess: told })
    } else {
      const told = ({ id, title }: { id: string; title: string }) => {
        done(words.added(title))
        onSaved(id)
      }
      add.mutate(
        { path: { objective }, body: { ...body, ...(summed ? { sum: field.trim() } : {}) } },
        { onSuccess: told }
      )
    }
  }
  return { run, busy: add.isPending || set.isPending, error: add.error ?? set.error }
}

function Remove({ id, title, onRemoved }: KeyResult & { onRemoved: () => void }) {
  const [asking, ask] = useState(false)
  const remove = useMutation(change('delete', '/api/key-results/{id}'))
  const { remove: said } = objectivesWords
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => ask(true)}>
        {words.remove}
      </Button>
      <Confirm
        opened={asking}
        onClose={() => ask(false)}
        title={said.title}
        kept={<Points of={said.kept} />}
        deleted={<Points of={said.deleted} />}
        name={title}
        action={said.action}
        failed={words.failed}
        onConfirm={async () => {
          await remove.mutateAsync({ path: { id } })
          done(said.done(title))
          onRemoved()
        }}
      />
    </>
  )
}

function formOf({ from, to }: Edited['objective'], one: KeyResult | null): Form {
  return {
    title: one?.title ?? '',
    start: one?.start ?? 0,
    target: one?.target ?? '',
    unit: one?.unit ?? 'cards',
    from: one?.from ?? from,
    to: one?.to ?? to,
    filter: one?.filter ?? '',
    summed: one !== null && one.measure !== 'count',
    field: one && one.measure !== 'count' ? one.measure : ''
  }
}
