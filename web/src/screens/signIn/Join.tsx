/** Accepts an invitation: a name, a password, and one is in. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ApiError } from '../../api/client.ts'
import { invitation, join } from '../../api/open.ts'
import { Failed } from '../../parts/Failed.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { words as common } from '../../words/en.ts'
import { signInWords } from '../../words/signIn.ts'
import { useBack, useWord } from './back.ts'
import { Door } from './Door.tsx'
import { DoorForm, Name, Password } from './fields.tsx'

const words = signInWords.join

export default function Join() {
  const token = useWord('token')
  const { go } = useBack()
  const { data, error, refetch } = useQuery({ queryKey: ['/api/join', token], queryFn: () => invitation(token) })
  if (error instanceof ApiError && error.status >= 400 && error.status < 500) {
    return (
      <Door title={words.old} sub={words.oldWhy}>
        <Link to="/sign-in">{words.toSignIn}</Link>
      </Door>
    )
  }
  if (!data) {
    return (
      <Door title={words.title}>
        {error ? <Failed what={words.failed} error={error} again={refetch} /> : <Waiting />}
      </Door>
    )
  }
  const role = (common.roles as Record<string, string>)[data.role] ?? data.role
  return (
    <Door title={words.title} sub={words.sub(data.invitedBy, role, data.email)}>
      <DoorForm
        go={words.go}
        failed={words.failed}
        submit={({ name = '', password = '' }) => join({ token, name, password })}
        then={go}
      >
        {/* Tells a password keeper whose password it is. */}
        <input type="hidden" name="username" autoComplete="username" value={data.email} readOnly />
        <Name />
        <Password fresh />
      </DoorForm>
    </Door>
  )
}
