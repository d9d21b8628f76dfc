/** Who may sign in, as what, and what they see; and who was invited. */
import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { get, type Output } from '../../api/query.ts'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Named, PersonAvatar } from '../../parts/Marks.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { useUrl } from '../../parts/useUrl.ts'
import { Waiting } from '../../parts/Waiting.tsx'
import { When } from '../../parts/When.tsx'
import { words as common } from '../../words/en.ts'
import { settingsWords } from '../../words/settings.ts'
import { Invitations, Invite } from './Invite.tsx'
import styles from './Settings.module.css'
import { UserDrawer } from './UserDrawer.tsx'

type User = Output<'get', '/api/users'>['users'][number]
type Team = Output<'get', '/api/teams'>['teams'][number]

const words = settingsWords.access
const START = { open: null as string | null }

export function Access() {
  const [{ open }, show] = useUrl(START)
  const [inviting, invite] = useDisclosure(false)
  const read = useQuery(get('/api/users'))
  const teams = useQuery(get('/api/teams')).data?.teams ?? []
  const users = read.data?.users
  const user = users?.find(({ id }) => id === open)
  if (read.error && !users) return <Failed what={words.failed} error={read.error} again={read.refetch} />
  return (
    <div className={styles.sheets}>
      <Sheet
        title={words.title}
        aside={users && words.users(users.length)}
        actions={
          <Button variant="filled" size="xs" leftSection={<IconPlus aria-hidden />} onClick={invite.open}>
            {words.invite}
          </Button>
        }
        flush
      >
        {users ? (
          <DataTable
            label={words.list}
            columns={columnsWith(teams)}
            rows={users}
            keyOf={({ id }) => id}
            nameOf={({ name }) => name}
            open={open}
            onOpen={({ id }) => show({ open: id }, { add: true })}
            onClose={() => show({ open: null })}
            loading={read.isFetching}
          />
        ) : (
          <Waiting rows={6} />
        )}
      </Sheet>
      <Invitations />
      {user && <UserDrawer key={user.id} user={user} teams={teams} onClose={() => show({ open: null })} />}
      <Invite opened={inviting} onClose={invite.close} teams={teams} />
    </div>
  )
}

const SEES_ALL: ReadonlySet<string> = new Set(['owner', 'ops'])

const columnsWith = (teams: readonly Team[]): readonly Column<User>[] => [
  {
    id: 'name',
    head: words.heads.name,
    width: 'minmax(0, 2fr)',
    phone: 'title',
    cell: ({ name }) => <Named name={name} mark={<PersonAvatar name={name} />} />
  },
  {
    id: 'email',
    head: words.heads.email,
    width: 'minmax(0, 3fr)',
    phone: 'below',
    cell: ({ email }) => <span title={email}>{email}</span>
  },
  {
    id: 'role',
    head: words.heads.role,
    width: '96px',
    phone: 'end',
    cell: ({ role }) => common.roles[role]
  },
  {
    id: 'sees',
    head: words.heads.sees,
    width: 'minmax(0, 3fr)',
    phone: 'hidden',
    cell: ({ role, teams: theirs, projects }) =>
      SEES_ALL.has(role)
        ? words.all
        : words.given(
            theirs.map((id) => teams.find((team) => team.id === id)?.name ?? id),
            projects.length
          )
  },
  {
    id: 'seen',
    head: words.heads.seen,
    width: '140px',
    phone: 'hidden',
    cell: ({ seenAt }) =>
      seenAt ? <When at={seenAt} as="recently" /> : <span className={styles.quiet}>{words.never}</span>
  }
]
