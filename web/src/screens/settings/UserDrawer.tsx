/** One account: role, what they see, ending sessions, removal. */
import { Button, Drawer, Group, MultiSelect, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Role, useMe } from '../../api/me.ts'
import { change, get, type Output } from '../../api/query.ts'
import { done } from '../../parts/done.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Remove } from '../../parts/Remove.tsx'
import { words as common, toolName } from '../../words/en.ts'
import { settingsWords } from '../../words/settings.ts'

type User = Output<'get', '/api/users'>['users'][number]
type Team = Output<'get', '/api/teams'>['teams'][number]

const words = settingsWords.user
export const ROLES = ['member', 'manager', 'ops', 'owner'] as const satisfies readonly Role[]

export function UserDrawer({ user, teams, onClose }: { user: User; teams: readonly Team[]; onClose: () => void }) {
  const { name, email } = user
  const mine = useMe().role === 'owner'
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={440}
      padding="lg"
      overlayProps={{ backgroundOpacity: 0.3 }}
      title={name}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <Stack gap="lg">
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {email}
        </Text>
        <RoleOf user={user} mine={mine} />
        {user.role === 'owner' || user.role === 'ops' ? (
          <Text size="sm" c="dimmed">
            {words.seesAll}
          </Text>
        ) : (
          <GivenTo user={user} teams={teams} />
        )}
        {mine && <Ends user={user} onClose={onClose} />}
      </Stack>
    </Drawer>
  )
}

function RoleOf({ user: { id, name, role }, mine }: { user: User; mine: boolean }) {
  const setting = useMutation(change('put', '/api/users/{id}/role'))
  const set = (to: Role) => setting.mutateAsync({ path: { id }, body: { role: to } })
  return (
    <Stack gap="sm">
      <Select
        label={words.role}
        description={mine ? settingsWords.access.rolesWhy[role] : words.roleOwner}
        data={ROLES.map((value) => ({ value, label: common.roles[value] }))}
        value={role}
        disabled={!mine || setting.isPending}
        allowDeselect={false}
        onChange={(to) => {
          if (!to || to === role) return
          set(to as Role).then(
            () => done(words.roleSaved(name, common.roles[to as Role]), () => set(role)),
            () => {}
          )
        }}
      />
      {setting.error && <Failed what={words.failed} error={setting.error} />}
    </Stack>
  )
}

function GivenTo({ user, teams }: { user: User; teams: readonly Team[] }) {
  const { id, name } = user
  const [theirTeams, setTeams] = useState(user.teams)
  const [projects, setProjects] = useState(user.projects)
  const all = useQuery(get('/api/projects', { query: { chosen: 'true' } })).data?.projects ?? []
  const giving = useMutation(change('put', '/api/users/{id}/given'))
  const unchanged = String(theirTeams) === String(user.teams) && String(projects) === String(user.projects)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const before = { teams: user.teams, projects: user.projects }
        giving.mutate(
          { path: { id }, body: { teams: theirTeams, projects } },
          {
            onSuccess: () =>
              done(words.saved(name), async () => {
                await giving.mutateAsync({ path: { id }, body: before })
                setTeams(before.teams)
                setProjects(before.projects)
              })
          }
        )
      }}
    >
      <Stack gap="md">
        <MultiSelect
          label={words.teams}
          placeholder={theirTeams.length === 0 ? words.teamsNone : ''}
          data={teams.map((team) => ({ value: team.id, label: team.name }))}
          value={theirTeams}
          onChange={setTeams}
          searchable
        />
        <MultiSelect
          label={words.projects}
          placeholder={projects.length === 0 ? words.projectsNone : ''}
          data={all.map((project) => ({ value: project.id, label: `${project.name} (${toolName(project.tool)})` }))}
          value={projects}
          onChange={setProjects}
          searchable
          limit={50}
        />
        {giving.error && <Failed what={words.failed} error={giving.error} />}
        <Group>
          <Button type="submit" variant="filled" disabled={unchanged} loading={giving.isPending}>
            {words.save}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Ends({ user: { id, name }, onClose }: { user: User; onClose: () => void }) {
  const ending = useMutation(change('post', '/api/users/{id}/sign-out'))
  const removing = useMutation(change('delete', '/api/users/{id}'))
  return (
    <>
      {ending.error && <Failed what={words.failed} error={ending.error} />}
      <Group gap="sm">
        <Button
          loading={ending.isPending}
          onClick={() =>
            ending.mutate({ path: { id } }, { onSuccess: ({ ended }) => done(words.signedOut(name, ended)) })
          }
        >
          {words.signOut}
        </Button>
        <Remove
          label={words.remove}
          title={words.removeTitle(name)}
          kept={words.kept}
          deleted={words.deleted}
          action={words.removeAction}
          failed={words.removeFailed}
          onConfirm={async () => {
            await removing.mutateAsync({ path: { id } })
            done(words.removed(name))
            onClose()
          }}
        />
      </Group>
    </>
  )
}
