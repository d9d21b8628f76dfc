/** Makes or changes a team: its calendar, boards and members. */
import { Modal, MultiSelect, Select, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { change, get, type Output } from '../../api/query.ts'
import { done } from '../../parts/done.tsx'
import { FormEnd } from '../../parts/FormEnd.tsx'
import { Remove } from '../../parts/Remove.tsx'
import { words as common, toolName } from '../../words/en.ts'
import { settingsWords } from '../../words/settings.ts'

type Team = Output<'get', '/api/teams'>['teams'][number]
type Calendar = Output<'get', '/api/calendars'>['calendars'][number]

const words = settingsWords.teams

export const TeamForm = ({
  team,
  calendars,
  onClose
}: {
  team: Team | 'new' | null
  calendars: readonly Calendar[]
  onClose: () => void
}) => (
  <Modal
    opened={team !== null}
    onClose={onClose}
    title={team === null || team === 'new' ? words.newTitle : words.editTitle(team.name)}
    closeButtonProps={{ 'aria-label': common.close }}
  >
    {team && <Fields team={team === 'new' ? null : team} calendars={calendars} onClose={onClose} />}
  </Modal>
)

function Fields({
  team,
  calendars,
  onClose
}: {
  team: Team | null
  calendars: readonly Calendar[]
  onClose: () => void
}) {
  const [name, setName] = useState(team?.name ?? '')
  const [calendar, setCalendar] = useState(team?.calendar ?? 'default')
  const [projects, setProjects] = useState(team?.projects ?? [])
  const [members, setMembers] = useState(team?.members ?? [])
  const boards = useQuery(get('/api/projects', { query: {} })).data?.projects ?? []
  const users = useQuery(get('/api/users')).data?.users ?? []
  const saving = useMutation(change('put', '/api/teams'))
  const offered = boards.filter(({ id, chosen }) => chosen || projects.includes(id))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const body = { ...(team ? { id: team.id } : {}), name, calendar, projects, members }
        saving.mutate(
          { body },
          {
            onSuccess: () => {
              done(words.saved(name))
              onClose()
            }
          }
        )
      }}
    >
      <Stack gap="md">
        <TextInput
          label={words.name}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={100}
          required
          withAsterisk={false}
          data-autofocus
        />
        <Select
          label={words.calendar}
          data={calendars.map(({ id, name: label }) => ({ value: id, label }))}
          value={calendar}
          onChange={(id) => id && setCalendar(id)}
          allowDeselect={false}
        />
        <MultiSelect
          label={words.projectsLabel}
          description={words.projectsWhy}
          data={offered.map(({ id, name: board, tool }) => ({ value: id, label: `${board} (${toolName(tool)})` }))}
          value={projects}
          onChange={setProjects}
          searchable
          limit={50}
        />
        <MultiSelect
          label={words.membersLabel}
          data={users.map(({ id, name: user }) => ({ value: id, label: user }))}
          value={members}
          onChange={setMembers}
          searchable
          limit={50}
        />
        <FormEnd
          busy={saving.isPending}
          failed={words.saveFailed}
          error={saving.error}
          onCancel={onClose}
          remove={team && <RemoveTeam team={team} onClose={onClose} />}
        />
      </Stack>
    </form>
  )
}

function RemoveTeam({ team: { id, name }, onClose }: { team: Team; onClose: () => void }) {
  const removing = useMutation(change('delete', '/api/teams/{id}'))
  return (
    <Remove
      label={words.remove}
      title={words.removeOf(name)}
      kept={words.kept}
      deleted={words.deleted}
      action={words.remove}
      failed={words.removeFailed}
      onConfirm={async () => {
        await removing.mutateAsync({ path: { id } })
        done(words.removed(name))
        onClose()
      }}
    />
  )
}
