/** Chooses a new password, with the token of the link in the mail. */
import { Link, useNavigate } from '@tanstack/react-router'
import { done } from '../../parts/done.tsx'
import { signInWords } from '../../words/signIn.ts'
import { auth, succeed } from './auth.ts'
import { useWord } from './back.ts'
import { Door } from './Door.tsx'
import { DoorForm, Password } from './fields.tsx'

const words = signInWords.reset

export default function Reset() {
  const token = useWord('token')
  const refused = useWord('error')
  const navigate = useNavigate()
  if (refused || !token) {
    return (
      <Door title={words.old} sub={words.oldWhy}>
        <Link to="/forgot">{words.again}</Link>
      </Door>
    )
  }
  return (
    <Door title={words.title}>
      <DoorForm
        go={words.go}
        failed={words.failed}
        submit={({ password = '' }) => succeed(auth.resetPassword({ newPassword: password, token }))}
        then={() => {
          done(words.done)
          void navigate({ to: '/sign-in' })
        }}
      >
        <Password label={words.password} fresh />
      </DoorForm>
    </Door>
  )
}
