/** The one-time link of the first start: whoever opens it becomes the owner. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { makeOwner, welcome } from '../../api/open.ts'
import { signInWords } from '../../words/signIn.ts'
import { useBack, useWord } from './back.ts'
import { Door } from './Door.tsx'
import { DoorForm, Email, Name, Password } from './fields.tsx'

const words = signInWords.first

export default function First() {
  const token = useWord('token')
  const { go } = useBack()
  const { data } = useQuery({ queryKey: ['/api/welcome'], queryFn: welcome })
  if (data?.hasOwner) {
    return (
      <Door title={words.taken} sub={words.takenWhy}>
        <Link to="/sign-in">{signInWords.join.toSignIn}</Link>
      </Door>
    )
  }
  return (
    <Door title={words.title} sub={words.sub}>
      <DoorForm
        go={words.go}
        failed={words.failed}
        submit={({ name = '', email = '', password = '' }) => makeOwner({ token, name, email, password })}
        then={go}
      >
        <Name />
        <Email />
        <Password fresh />
      </DoorForm>
    </Door>
  )
}
