/** Asks for a link that lets one choose a new password. Says the same whether the address is known or not. */
import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { welcome } from '../../api/open.ts'
import { signInWords } from '../../words/signIn.ts'
import { auth, succeed } from './auth.ts'
import { Door } from './Door.tsx'
import { DoorForm, Email } from './fields.tsx'

const words = signInWords.forgot

export default function Forgot() {
  const { data } = useQuery({ queryKey: ['/api/welcome'], queryFn: welcome })
  const [email, setEmail] = useState('')
  const [sent, setSent] = useState(false)
  const back = <Link to="/sign-in">{words.back}</Link>
  if (data && !data.mail) {
    return (
      <Door title={words.noMail} sub={words.noMailWhy}>
        {back}
      </Door>
    )
  }
  return (
    <Door title={words.title} sub={words.sub}>
      <Stack gap="md">
        {sent ? (
          <p role="status">{words.sent(email)}</p>
        ) : (
          <DoorForm
            go={words.go}
            failed={words.failed}
            submit={() => succeed(auth.requestPasswordReset({ email, redirectTo: '/reset' }))}
            then={() => setSent(true)}
          >
            <Email value={email} onChange={setEmail} />
          </DoorForm>
        )}
        {back}
      </Stack>
    </Door>
  )
}
