/** Teams at the left, the calendars they go by at the right. */
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { get, type Output } from '../../api/query.ts'
import { Empty } from '../../parts/Empty.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { settingsWords } from '../../words/settings.ts'
import { workingDays } from '../../words/week.ts'
import { CalendarForm } from './CalendarForm.tsx'
import styles from './Settings.module.css'
import { TeamForm } from './TeamForm.tsx'

type Team = Output<'get', '/api/teams'>['teams'][number]
type Calendar = Output<'get', '/api/calendars'>['calendars'][number]

export function Teams() {
  const teams = useQuery(get('/api/teams'))
  const calendars = useQuery(get('/api/calendars'))
  const [team, openTeam] = useState<Team | 'new' | null>(null)
  const [calendar, openCalendar] = useState<Calendar | 'new' | null>(null)
  const known = calendars.data?.calendars ?? []
  return (
    <div className={styles.two}>
      <Sheet
        title={settingsWords.teams.title}
        actions={<Add label={settingsWords.teams.add} onClick={() => openTeam('new')} />}
        flush
      >
        <p className={styles.why}>{settingsWords.teams.why}</p>
        {teams.error ? (
          <Failed what={settingsWords.teams.failed} error={teams.error} again={teams.refetch} />
        ) : !teams.data ? (
          <Waiting rows={3} />
        ) : teams.data.teams.length === 0 ? (
          <Empty title={settingsWords.teams.empty} why={settingsWords.teams.emptyWhy} />
        ) : (
          <TeamList teams={teams.data.teams} calendars={known} onOpen={openTeam} />
        )}
      </Sheet>
      <Sheet
        title={settingsWords.calendars.title}
        actions={<Add label={settingsWords.calendars.add} onClick={() => openCalendar('new')} />}
        flush
      >
        <p className={styles.why}>{settingsWords.calendars.why}</p>
        {calendars.error ? (
          <Failed what={settingsWords.calendars.failed} error={calendars.error} again={calendars.refetch} />
        ) : calendars.data ? (
          <CalendarList calendars={known} onOpen={openCalendar} />
        ) : (
          <Waiting rows={3} />
        )}
      </Sheet>
      <TeamForm team={team} calendars={known} onClose={() => openTeam(null)} />
      <CalendarForm calendar={calendar} onClose={() => openCalendar(null)} />
    </div>
  )
}

const Add = ({ label, onClick }: { label: string; onClick: () => void }) => (
  <Button size="xs" leftSection={<IconPlus aria-hidden />} onClick={onClick}>
    {label}
  </Button>
)

function TeamList({
  teams,
  calendars,
  onOpen
}: {
  teams: readonly Team[]
  calendars: readonly Calendar[]
  onOpen: (team: Team) => void
}) {
  const words = settingsWords.teams
  return (
    <ul>
      {teams.map((team) => (
        <li key={team.id} className={styles.line}>
          <span className={styles.said}>
            {team.name}
            <small>
              {[
                words.members(team.members.length),
                words.projects(team.projects.length),
                calendars.find(({ id }) => id === team.calendar)?.name
              ].join(' · ')}
            </small>
          </span>
          <Button size="xs" aria-label={words.editOf(team.name)} onClick={() => onOpen(team)}>
            {words.edit}
          </Button>
        </li>
      ))}
    </ul>
  )
}

function CalendarList({ calendars, onOpen }: { calendars: readonly Calendar[]; onOpen: (calendar: Calendar) => void }) {
  const words = settingsWords.calendars
  return (
    <ul>
      {calendars.map((calendar) => (
        <li key={calendar.id} className={styles.line}>
          <span className={styles.said}>
            {calendar.name} {calendar.id === 'default' && <span className={styles.quiet}>{words.hub}</span>}
            <small>
              {[
                words.hours(workingDays(calendar.workingDays), calendar.start, calendar.end),
                calendar.zone,
                words.holidays(calendar.holidays.length)
              ].join(' · ')}
            </small>
          </span>
          <Button size="xs" aria-label={words.editOf(calendar.name)} onClick={() => onOpen(calendar)}>
            {words.edit}
          </Button>
        </li>
      ))}
    </ul>
  )
}
