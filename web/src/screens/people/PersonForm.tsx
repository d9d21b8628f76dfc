/** Adds a person, or changes one; the address tells which. */
import { Modal, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { change, type Input, type Output } from '../../api/query.ts'
import { done } from '../../parts/done.tsx'
import { FormEnd } from '../../parts/FormEnd.tsx'
import { LanguageSelect } from '../../parts/LanguageSelect.tsx'
import { ZoneSelect } from '../../parts/ZoneSelect.tsx'
import { words as common } from '../../words/en.ts'
import { peopleWords } from '../../words/people.ts'

type Person = Output<'get', '/api/people'>['people'][number]
type Language = NonNullable<Input<'post', '/api/people'>['body']['language']>

const words = peopleWords.form

export const AddPerson = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => (
  <Modal opened={opened} onClose={onClose} title={words.addTitle} closeButtonProps={{ 'aria-label': common.close }}>
    <Fields person={null} onClose={onClose} />
  </Modal>
)

export const EditPerson = ({ person, opened, onClose }: { person: Person; opened: boolean; onClose: () => void }) => (
  <Modal
    opened={opened}
    onClose={onClose}
    title={words.editTitle(person.name)}
    closeButtonProps={{ 'aria-label': common.close }}
  >
    <Fields person={person} onClose={onClose} />
  </Modal>
)

function Fields({ person, onClose }: { person: Person | null; onClose: () => void }) {
  const [name, setName] = useState(person?.name ?? '')
  const [email, setEmail] = useState(person?.email ?? '')
  const [zone, setZone] = useState(person?.timeZone ?? null)
  const [language, setLanguage] = useState(person?.language ?? 'en')
  const saving = useMutation(change('post', '/api/people'))
  const say = person ? peopleWords.done.saved : peopleWords.done.added
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const body = { name, email, language: language as Language, ...(zone ? { timeZone: zone } : {}) }
        saving.mutate(
          { body },
          {
            onSuccess: () => {
              done(say(name))
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
          maxLength={200}
          required
          withAsterisk={false}
          data-autofocus
        />
        <TextInput
          type="email"
          label={words.email}
          description={person ? undefined : words.emailWhy}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          required
          withAsterisk={false}
          readOnly={person !== null}
        />
        <ZoneSelect
          label={words.zone}
          description={words.zoneWhy}
          placeholder={words.hubZone}
          value={zone}
          onChange={setZone}
        />
        <LanguageSelect
          label={words.language}
          description={words.languageWhy}
          value={language}
          onChange={setLanguage}
        />
        <FormEnd
          save={person ? undefined : words.add}
          busy={saving.isPending}
          failed={words.failed}
          error={saving.error}
          onCancel={onClose}
        />
      </Stack>
    </form>
  )
}
