/** Makes or changes a calendar: zone, working days, hours, holidays. */
import { Checkbox, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { change, type Output } from '../../api/query.ts'
import { OWN_ZONE } from '../../parts/clock.ts'
import { done } from '../../parts/done.tsx'
import { FormEnd } from '../../parts/FormEnd.tsx'
import { Remove } from '../../parts/Remove.tsx'
import { ZoneSelect } from '../../parts/ZoneSelect.tsx'
import { words as common } from '../../words/en.ts'
import { settingsWords } from '../../words/settings.ts'
import { weekday } from '../../words/week.ts'

type Calendar = Output<'get', '/api/calendars'>['calendars'][number]

const words = settingsWords.calendars
const WEEK = [1, 2, 3, 4, 5, 6, 7]

export const CalendarForm = ({ calendar, onClose }: { calendar: Calendar | 'new' | null; onClose: () => void }) => (
  <Modal
    opened={calendar !== null}
    onClose={onClose}
    title={calendar === null || calendar === 'new' ? words.newTitle : words.editTitle(calendar.name)}
    closeButtonProps={{ 'aria-label': common.close }}
  >
    {calendar && <Fields calendar={calendar === 'new' ? null : calendar} onClose={onClose} />}
  </Modal>
)

function Fields({ calendar, onClose }: { calendar: Calendar | null; onClose: () => void }) {
  const [name, setName] = useState(calendar?.name ?? '')
  const [zone, setZone] = useState(calendar?.zone ?? OWN_ZONE)
  const [days, setDays] = useState(calendar?.workingDays ?? [1, 2, 3, 4, 5])
  const [start, setStart] = useState(calendar?.start ?? '09:00')
  const [end, setEnd] = useState(calendar?.end ?? '17:00')
  const [holidays, setHolidays] = useState(calendar?.holidays.join('\n') ?? '')
  const saving = useMutation(change('put', '/api/calendars'))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate(
          {
            body: {
              ...(calendar ? { id: calendar.id } : {}),
              name,
              zone,
              workingDays: days.toSorted((a, b) => a - b),
              start,
              end,
              holidays: holidays.split(/[\s,;]+/).filter((date) => date !== '')
            }
          },
          {
            onSuccess: () => {
              done(words.saved(name))
              onClose()
            }
          }
        )
      }}
    >
      <Stack gap="md">
        <TextInput
          label={words.name}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={100}
          required
          withAsterisk={false}
          data-autofocus
        />
        <ZoneSelect label={words.zone} value={zone} onChange={(chosen) => chosen && setZone(chosen)} />
        <Checkbox.Group label={words.days} value={days.map(String)} onChange={(chosen) => setDays(chosen.map(Number))}>
          <Group gap="md" mt={4}>
            {WEEK.map((day) => (
              <Checkbox key={day} value={String(day)} label={weekday(day)} aria-label={weekday(day, 'long')} />
            ))}
          </Group>
        </Checkbox.Group>
        <Group grow>
          <TextInput
            type="time"
            label={words.start}
            value={start}
            onChange={(event) => setStart(event.currentTarget.value)}
            required
            withAsterisk={false}
          />
          <TextInput
            type="time"
            label={words.end}
            value={end}
            onChange={(event) => setEnd(event.currentTarget.value)}
            required
            withAsterisk={false}
          />
        </Group>
        <Textarea
          label={words.holidaysLabel}
          description={words.holidaysWhy}
          value={holidays}
          onChange={(event) => setHolidays(event.currentTarget.value)}
          autosize
          minRows={3}
          maxRows={8}
        />
        <FormEnd
          busy={saving.isPending}
          disabled={days.length === 0}
          failed={words.saveFailed}
          error={saving.error}
          onCancel={onClose}
          remove={calendar && calendar.id !== 'default' && <RemoveCalendar calendar={calendar} onClose={onClose} />}
        />
      </Stack>
    </form>
  )
}

function RemoveCalendar({ calendar: { id, name }, onClose }: { calendar: Calendar; onClose: () => void }) {
  const removing = useMutation(change('delete', '/api/calendars/{id}'))
  return (
    <Remove
      label={words.remove}
      title={words.removeOf(name)}
      kept={words.kept}
      deleted={words.deleted}
      action={words.remove}
      failed={words.removeFailed}
      onConfirm={async () => {
        await removing.mutateAsync({ path: { id } })
        done(words.removed(name))
        onClose()
      }}
    />
  )
}
