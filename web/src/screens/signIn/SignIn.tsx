/** E-mail and password, a link by mail, or the company's own sign-in; then back to where one wanted to go. */
import { Alert, Anchor, Button, Divider, Stack } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type Welcome, welcome } from '../../api/open.ts'
import { Failed } from '../../parts/Failed.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { signInWords } from '../../words/signIn.ts'
import { auth, succeed } from './auth.ts'
import { useBack, useWord } from './back.ts'
import { Door } from './Door.tsx'
import { DoorForm, Email, Password } from './fields.tsx'

const words = signInWords.signIn

export default function SignIn() {
  const { data, error, refetch } = useQuery({ queryKey: ['/api/welcome'], queryFn: welcome })
  if (data && !data.hasOwner) {
    return (
      <Door title={words.noOwner}>
        <p>{words.noOwnerWhy}</p>
      </Door>
    )
  }
  return (
    <Door title={words.title}>
      {data ? (
        <Ways welcome={data} />
      ) : error ? (
        <Failed what={words.failed} error={error} again={refetch} />
      ) : (
        <Waiting />
      )}
    </Door>
  )
}

function Ways({ welcome: { oidc, mail } }: { welcome: Welcome }) {
  const { to, go } = useBack()
  const [email, setEmail] = useState('')
  const elsewhere = useWord('error')
  return (
    <Stack gap="md">
      {elsewhere && <Alert color="yellow">{words.from}</Alert>}
      <DoorForm
        go={words.go}
        failed={words.failed}
        submit={({ password = '' }) => succeed(auth.signIn.email({ email, password }))}
        then={go}
      >
        <Email value={email} onChange={setEmail} />
        <Password />
        {mail && (
          <Anchor renderRoot={(props) => <Link to="/forgot" {...props} />} size="sm">
            {words.forgot}
          </Anchor>
        )}
      </DoorForm>
      {(mail || oidc.length > 0) && <Divider label={words.or} />}
      {mail && <MailLink email={email} to={to} />}
      {oidc.map((provider) => (
        <Elsewhere key={provider.id} provider={provider} to={to} />
      ))}
    </Stack>
  )
}

function MailLink({ email, to }: { email: string; to: string }) {
  const sending = useMutation({
    mutationFn: () => succeed(auth.signIn.magicLink({ email, callbackURL: to, errorCallbackURL: '/sign-in' }))
  })
  const [asked, setAsked] = useState(false)
  if (sending.isSuccess) return <p role="status">{words.linkSent(email)}</p>
  return (
    <>
      <Button
        fullWidth
        loading={sending.isPending}
        onClick={() => {
          setAsked(true)
          if (email.includes('@')) sending.mutate()
        }}
      >
        {words.link}
      </Button>
      {asked && !email.includes('@') && <p role="status">{words.linkNeedsEmail}</p>}
      {sending.error && <Failed what={words.linkFailed} error={sending.error} />}
    </>
  )
}

function Elsewhere({ provider: { id, name }, to }: { provider: Welcome['oidc'][number]; to: string }) {
  const leaving = useMutation({
    mutationFn: () => succeed(auth.signIn.social({ provider: id, callbackURL: to, errorCallbackURL: '/sign-in' }))
  })
  return (
    <>
      <Button fullWidth loading={leaving.isPending} onClick={() => leaving.mutate()}>
        {words.with(name)}
      </Button>
      {leaving.error && <Failed what={words.withFailed(name)} error={leaving.error} />}
    </>
  )
}
