/** Asking somebody in, with the link of the mail to copy, and those who have not come yet. */
import { Button, CopyButton, Group, Modal, MultiSelect, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Role, useMe } from '../../api/me.ts'
import { change, get, type Output } from '../../api/query.ts'
import { useClock } from '../../parts/clock.ts'
import { done } from '../../parts/done.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { When } from '../../parts/When.tsx'
import { words as common } from '../../words/en.ts'
import { settingsWords } from '../../words/settings.ts'
import styles from './Settings.module.css'
import { ROLES } from './UserDrawer.tsx'

type Team = Output<'get', '/api/teams'>['teams'][number]
type Invited = Output<'post', '/api/invitations'>

const words = settingsWords.invite

export function Invite({ opened, onClose, teams }: { opened: boolean; onClose: () => void; teams: readonly Team[] }) {
  const [invited, setInvited] = useState<Invited | null>(null)
  const close = () => {
    onClose()
    setInvited(null)
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={invited ? words.sentTitle : words.title}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      {invited ? <TheLink {...invited} onClose={close} /> : <Fields teams={teams} onDone={setInvited} />}
    </Modal>
  )
}

function Fields({ teams, onDone }: { teams: readonly Team[]; onDone: (invited: Invited) => void }) {
  const me = useMe()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('member')
  const [chosen, setChosen] = useState<string[]>([])
  const asking = useMutation(change('post', '/api/invitations'))
  const may = me.role === 'owner' ? ROLES : ROLES.slice(0, 2)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        asking.mutate({ body: { email, role, teams: chosen } }, { onSuccess: onDone })
      }}
    >
      <Stack gap="md">
        <TextInput
          type="email"
          label={words.email}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          required
          withAsterisk={false}
          data-autofocus
        />
        <Select
          label={words.role}
          description={settingsWords.access.rolesWhy[role]}
          data={may.map((value) => ({ value, label: common.roles[value] }))}
          value={role}
          onChange={(value) => value && setRole(value as Role)}
          allowDeselect={false}
        />
        {teams.length > 0 && (
          <MultiSelect
            label={words.teams}
            placeholder={chosen.length === 0 ? words.teamsPlaceholder : ''}
            data={teams.map(({ id, name }) => ({ value: id, label: name }))}
            value={chosen}
            onChange={setChosen}
          />
        )}
        {asking.error && <Failed what={words.failed} error={asking.error} />}
        <Group justify="flex-end">
          <Button type="submit" variant="filled" loading={asking.isPending}>
            {words.go}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const TheLink = ({ invitation, link, onClose }: Invited & { onClose: () => void }) => (
  <Stack gap="md">
    <Text size="sm">{words.sent(invitation.email)}</Text>
    <TextInput label={words.link} value={link} readOnly onFocus={(event) => event.currentTarget.select()} />
    <Group justify="flex-end" gap="sm">
      <CopyButton value={link}>
        {({ copied, copy }) => <Button onClick={copy}>{copied ? words.copied : words.copy}</Button>}
      </CopyButton>
      <Button variant="filled" onClick={onClose}>
        {words.ok}
      </Button>
    </Group>
  </Stack>
)

export function Invitations() {
  const { now } = useClock()
  const invitations = useQuery(get('/api/invitations')).data?.invitations ?? []
  const taking = useMutation(change('delete', '/api/invitations/{id}'))
  if (invitations.length === 0) return null
  return (
    <Sheet title={words.waitingTitle} flush>
      {taking.error && <Failed what={settingsWords.user.failed} error={taking.error} />}
      <ul>
        {invitations.map(({ id, email, role, invitedBy, expiresAt }) => (
          <li key={id} className={styles.line}>
            <span className={styles.said}>
              {email}
              <small>
                {words.waiting(common.roles[role], invitedBy)}, {expiresAt > now ? words.until : words.over}{' '}
                <When at={expiresAt} />
              </small>
            </span>
            <Button
              size="xs"
              aria-label={words.backOf(email)}
              disabled={taking.isPending}
              onClick={() => taking.mutate({ path: { id } }, { onSuccess: () => done(words.takenBack(email)) })}
            >
              {words.back}
            </Button>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
