/** Teams and calendars: what a board goes by, and what becomes of it when either is taken away. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { COMMAND_LINE } from '../../src/access/who.ts'
import { sql } from '../../src/db/database.ts'
import {
  calendars,
  removeCalendar,
  removeTeam,
  setCalendar,
  setTeam,
  teams
} from '../../src/operations/people/teams.ts'
import { perform } from '../../src/operations/perform.ts'
import { testHub } from '../helpers/hub.ts'
import { smallBoard } from '../helpers/smallBoard.ts'

let hub: Awaited<ReturnType<typeof testHub>>
beforeEach(async () => {
  hub = await testHub()
})
afterEach(() => hub.close())

const context = () => ({ hub, jobs: null, who: COMMAND_LINE })
const goesBy = async () =>
  (await hub.db.rows<{ calendar: string }>(sql`select calendar_id as calendar from projects where id = 'trello:p1'`))[0]
    ?.calendar
const FOUR_DAYS = {
  name: 'Four days',
  zone: 'Europe/Lisbon',
  workingDays: [1, 2, 3, 4],
  start: '09:00',
  end: '17:00',
  holidays: ['2026-12-25']
}

async function teamOfFourDays(): Promise<{ calendar: string; team: string }> {
  await smallBoard(hub)
  const calendar = await perform(setCalendar, context(), FOUR_DAYS)
  const team = await perform(setTeam, context(), {
    name: 'Web',
    calendar: calendar.id,
    projects: ['trello:p1'],
    members: []
  })
  return { calendar: calendar.id, team: team.id }
}

test('a board goes by the calendar of its team, and by the hub’s again when the team is gone', async () => {
  const { calendar, team } = await teamOfFourDays()
  expect(await goesBy()).toBe(calendar)
  expect(await perform(removeTeam, context(), { id: team })).toEqual({ removed: true })
  expect(await goesBy()).toBe('default')
})

test('a calendar that is taken away leaves its teams, with their boards, to the hub’s', async () => {
  const { calendar, team } = await teamOfFourDays()
  expect(await perform(removeCalendar, context(), { id: calendar })).toEqual({ removed: true })
  expect(await goesBy()).toBe('default')
  expect((await perform(teams, context(), {})).teams).toMatchObject([{ id: team, calendar: 'default' }])
  expect((await perform(calendars, context(), {})).calendars.map(({ id }) => id)).toEqual(['default'])
  const [kept] = await hub.db.rows(sql`select before, after from audit where operation = 'removeCalendar'`)
  expect(kept).toMatchObject({ before: { name: 'Four days', holidays: ['2026-12-25'] }, after: null })
  expect(await perform(removeCalendar, context(), { id: calendar })).toEqual({ removed: false })
})

test('the working week of the hub stays', async () => {
  await expect(perform(removeCalendar, context(), { id: 'default' })).rejects.toMatchObject({
    status: 409,
    code: 'hub_calendar'
  })
  expect((await perform(calendars, context(), {})).calendars).toHaveLength(1)
})

test('a calendar that cannot be one, a name twice, a calendar that is not there: nothing is kept', async () => {
  const { team } = await teamOfFourDays()
  const backwards = perform(setCalendar, context(), { ...FOUR_DAYS, start: '17:00', end: '09:00' })
  await expect(backwards).rejects.toMatchObject({ status: 422, code: 'bad_calendar' })
  const again = { name: 'WEB', projects: [], members: [] }
  await expect(perform(setTeam, context(), again)).rejects.toMatchObject({ status: 409, code: 'name_taken' })
  const lost = perform(setTeam, context(), { id: team, name: 'Web', calendar: 'none', projects: [], members: [] })
  await expect(lost).rejects.toMatchObject({ status: 404, code: 'no_calendar' })
  expect((await perform(teams, context(), {})).teams).toMatchObject([{ id: team, projects: ['trello:p1'] }])
  expect((await perform(calendars, context(), {})).calendars).toHaveLength(2)
})
