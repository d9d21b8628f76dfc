/** When one person gets the rollup and about which boards, or that they get it no more. */
import { Button, Group, Modal, MultiSelect, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '../../api/me.ts'
import { change, get } from '../../api/query.ts'
import { useClock } from '../../parts/clock.ts'
import { done } from '../../parts/done.tsx'
import { FormEnd } from '../../parts/FormEnd.tsx'
import { words as shared } from '../../words/en.ts'
import { reportsWords } from '../../words/reports.ts'
import { spoken } from '../../words/say.ts'
import { moment } from '../../words/time.ts'
import { useProjects } from './projects.ts'
import type { Subscription } from './Reports.tsx'

const words = reportsWords.form

export function SubscriptionForm({
  subscription,
  chooses,
  onClose
}: {
  /** Null: a new one. */
  subscription: Subscription | null
  /** May say who; others say it of themselves. */
  chooses: boolean
  onClose: () => void
}) {
  const me = useMe()
  const clock = useClock()
  const boards = useProjects()
  const [email, setEmail] = useState(subscription?.email ?? (chooses ? '' : (me.email ?? '')))
  const [weekday, setWeekday] = useState(String(subscription?.weekday ?? 1))
  const [time, setTime] = useState(subscription?.time ?? '07:30')
  const [projects, setProjects] = useState<string[]>(subscription?.projects ?? [])
  const save = useMutation(change('post', '/api/reports/subscriptions'))
  const end = useMutation(change('delete', '/api/reports/subscriptions/{email}'))
  const body = { email, weekday: Number(weekday), time, ...(projects.length > 0 ? { projects } : {}) }
  return (
    <Modal
      opened
      onClose={onClose}
      title={subscription ? words.change(subscription.name) : words.add}
      closeButtonProps={{ 'aria-label': shared.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate(
            { body: body as never },
            {
              onSuccess: ({ name, next }) => {
                done(words.saved(name, moment(next, clock)))
                onClose()
              }
            }
          )
        }}
      >
        <Stack gap="md">
          {!subscription && chooses && <Person email={email} onChange={setEmail} />}
          <Group grow align="flex-start">
            <Select
              label={words.weekday}
              allowDeselect={false}
              data={WEEKDAYS()}
              value={weekday}
              onChange={(day) => setWeekday(day ?? '1')}
            />
            <TextInput
              type="time"
              required
              label={words.time}
              description={words.timeHint}
              inputWrapperOrder={['label', 'input', 'description']}
              value={time}
              onChange={({ currentTarget }) => setTime(currentTarget.value)}
            />
          </Group>
          <MultiSelect
            label={words.about}
            placeholder={projects.length === 0 ? words.aboutHint : undefined}
            data={boards}
            value={projects}
            onChange={setProjects}
            searchable
            clearable
          />
          <Text size="sm" c="dimmed">
            {words.says}
          </Text>
          <FormEnd
            busy={save.isPending}
            disabled={email === ''}
            failed={words.failed}
            error={save.error ?? end.error}
            onCancel={onClose}
            remove={
              subscription && (
                <Button
                  variant="subtle"
                  color="red"
                  loading={end.isPending}
                  onClick={() =>
                    end.mutate(
                      { path: { email } },
                      {
                        onSuccess: () => {
                          done(words.ended(subscription.name), () => save.mutateAsync({ body: body as never }))
                          onClose()
                        }
                      }
                    )
                  }
                >
                  {words.end}
                </Button>
              )
            }
          />
        </Stack>
      </form>
    </Modal>
  )
}

/** Only for those who tend the hub: others may not list people. */
function Person({ email, onChange }: { email: string; onChange: (email: string) => void }) {
  const { data } = useQuery(get('/api/people'))
  return (
    <Select
      data-autofocus
      required
      searchable
      label={words.person}
      placeholder={words.personHint}
      data={(data?.people ?? []).map((person) => ({ value: person.email, label: `${person.name}, ${person.email}` }))}
      value={email || null}
      onChange={(chosen) => onChange(chosen ?? '')}
    />
  )
}

const WEEKDAYS = (): { value: string; label: string }[] =>
  [1, 2, 3, 4, 5, 6, 7].map((day) => ({
    value: String(day),
    label: new Intl.DateTimeFormat(spoken(), { weekday: 'long', timeZone: 'UTC' }).format(
      new Date(Date.UTC(2024, 0, day, 12))
    )
  }))
