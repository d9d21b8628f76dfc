/** Oneself: name, zone, language, password. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError } from '../../api/client.ts'
import { useMe } from '../../api/me.ts'
import { change, type Input } from '../../api/query.ts'
import { done } from '../../parts/done.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { LanguageSelect } from '../../parts/LanguageSelect.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { ZoneSelect } from '../../parts/ZoneSelect.tsx'
import { words as common } from '../../words/en.ts'
import { settingsWords } from '../../words/settings.ts'
import { auth, succeed } from '../signIn/auth.ts'
import { Password } from '../signIn/fields.tsx'
import styles from './Settings.module.css'

type Language = NonNullable<NonNullable<Input<'put', '/api/me'>['body']>['language']>

const words = settingsWords.me

export const Myself = () => (
  <div className={styles.narrow}>
    <Facts />
    <NewPassword />
  </div>
)

function Facts() {
  const me = useMe()
  const [name, setName] = useState(me.name)
  const [zone, setZone] = useState(me.timeZone)
  const [language, setLanguage] = useState(me.language)
  const saving = useMutation(change('put', '/api/me'))
  return (
    <Sheet title={words.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate(
            { body: { name, timeZone: zone, language: language as Language } },
            { onSuccess: () => done(words.saved) }
          )
        }}
      >
        <Stack gap="md">
          <TextInput
            label={words.name}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="name"
            maxLength={100}
            required
            withAsterisk={false}
          />
          <TextInput label={words.email} description={words.emailWhy} value={me.email ?? ''} readOnly />
          <ZoneSelect
            label={words.zone}
            description={words.zoneWhy}
            placeholder={words.browser}
            value={zone}
            onChange={setZone}
            clearable
          />
          <LanguageSelect
            label={words.language}
            description={words.languageWhy}
            value={language}
            onChange={setLanguage}
          />
          {saving.error && <Failed what={words.failed} error={saving.error} />}
          <Group>
            <Button type="submit" variant="filled" loading={saving.isPending}>
              {common.form.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Sheet>
  )
}

function NewPassword() {
  const me = useMe()
  const [round, setRound] = useState(0)
  const changing = useMutation({
    mutationFn: ({ current, fresh }: { current: string; fresh: string }) =>
      succeed(auth.changePassword({ currentPassword: current, newPassword: fresh, revokeOtherSessions: true })).catch(
        (error: unknown) => {
          throw inOurWords(error)
        }
      ),
    onSuccess: () => {
      setRound((before) => before + 1)
      done(words.changed)
    }
  })
  return (
    <Sheet title={words.passwordTitle}>
      <form
        key={round}
        onSubmit={(event) => {
          event.preventDefault()
          const typed = new FormData(event.currentTarget)
          changing.mutate({ current: String(typed.get('current')), fresh: String(typed.get('fresh')) })
        }}
      >
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {words.passwordWhy}
          </Text>
          {/* Tells a password keeper whose password it is. */}
          <input type="hidden" name="username" autoComplete="username" value={me.email ?? ''} readOnly />
          <Password name="current" label={words.current} />
          <Password name="fresh" label={words.fresh} fresh />
          {changing.error && <Failed what={words.passwordFailed} error={changing.error} />}
          <Group>
            <Button type="submit" loading={changing.isPending}>
              {words.change}
            </Button>
          </Group>
        </Stack>
      </form>
    </Sheet>
  )
}

const OWN: Record<string, string> = { INVALID_PASSWORD: words.wrong, CREDENTIAL_ACCOUNT_NOT_FOUND: words.noPassword }

function inOurWords(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error
  const own = OWN[error.code]
  return own ? new ApiError(error.status, error.code, own) : error
}
