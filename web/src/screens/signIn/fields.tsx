/** Fields and the frame that all forms of the door share. */
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Failed } from '../../parts/Failed.tsx'
import { signInWords } from '../../words/signIn.ts'
import { LEAST_PASSWORD } from './auth.ts'

/** What was typed is read from the form itself, so that what a password keeper filled in counts. */
export function DoorForm({
  go,
  failed,
  submit,
  then,
  children
}: {
  /** What the button says. */
  go: string
  failed: string
  submit: (typed: Record<string, string>) => Promise<unknown>
  then: () => void
  children: ReactNode
}) {
  const sending = useMutation({ mutationFn: submit, onSuccess: then })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const typed = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>
        sending.mutate(typed)
      }}
    >
      <Stack gap="md">
        {children}
        {sending.error && <Failed what={failed} error={sending.error} />}
        <Button type="submit" variant="filled" loading={sending.isPending} fullWidth>
          {go}
        </Button>
      </Stack>
    </form>
  )
}

export const Email = ({ value, onChange }: { value?: string; onChange?: (value: string) => void }) => (
  <TextInput
    type="email"
    name="email"
    label={signInWords.signIn.email}
    autoComplete="username"
    required
    withAsterisk={false}
    {...(onChange ? { value: value ?? '', onChange: (event) => onChange(event.currentTarget.value) } : {})}
  />
)

export const Name = () => (
  <TextInput name="name" label={signInWords.join.name} autoComplete="name" required withAsterisk={false} />
)

/** `fresh`: one that is being chosen. */
export const Password = ({
  name = 'password',
  label = signInWords.signIn.password,
  fresh = false
}: {
  name?: string
  label?: string
  fresh?: boolean
}) => (
  <PasswordInput
    name={name}
    label={label}
    autoComplete={fresh ? 'new-password' : 'current-password'}
    required
    withAsterisk={false}
    visibilityToggleButtonProps={{ 'aria-label': signInWords.passwordShow }}
    {...(fresh ? { minLength: LEAST_PASSWORD, description: signInWords.passwordHint(LEAST_PASSWORD) } : {})}
  />
)
