import { expect, test } from 'vitest'
import { asked, difference } from '../../web/src/screens/settings/difference.ts'
import { languageName, weekday, workingDays } from '../../web/src/words/week.ts'

test('only what differs is told, with where it stands', () => {
  const before = { name: 'Web', hours: { start: '09:00', end: '17:00' }, open: true }
  expect(difference(before, { ...before, hours: { start: '08:00', end: '17:00' } })).toEqual([
    { field: 'hours.start', before: '09:00', after: '08:00' }
  ])
  expect(difference(before, before)).toEqual([])
})

test('of lists, what left and what came', () => {
  expect(difference({ projects: ['a', 'b'] }, { projects: ['b', 'c', 'd'] })).toEqual([
    { field: 'projects', before: 'a', after: 'c, d' }
  ])
  expect(difference(['a'], ['a', 'b'])).toEqual([{ field: '', before: null, after: 'b' }])
})

test('what is made or removed is told whole; nothing and nothing is no difference', () => {
  expect(difference(null, { name: 'Web', members: ['u1'], note: null })).toEqual([
    { field: 'name', before: null, after: 'Web' },
    { field: 'members', before: null, after: 'u1' }
  ])
  expect(difference({ name: 'Web', on: false }, null)).toEqual([
    { field: 'name', before: 'Web', after: null },
    { field: 'on', before: 'false', after: null }
  ])
  expect(difference(undefined, null)).toEqual([])
})

test('a value of another kind is told as it is', () => {
  expect(difference({ filter: 'all' }, { filter: { kind: 'and' } })).toEqual([
    { field: 'filter', before: 'all', after: '{"kind":"and"}' }
  ])
  expect(difference({ of: [{ id: 1 }] }, { of: [{ id: 2 }] })).toEqual([{ field: 'of.0.id', before: '1', after: '2' }])
})

test('what was asked for is a list of fields', () => {
  expect(asked({ email: 'ana@larkfield.example', teams: ['t1', 't2'], role: 'member' })).toEqual([
    { field: 'email', value: 'ana@larkfield.example' },
    { field: 'teams', value: 't1, t2' },
    { field: 'role', value: 'member' }
  ])
})

test('a week is said in as few words as it takes', () => {
  expect([
    workingDays([5, 4, 3, 2, 1]),
    workingDays([1, 2, 4]),
    workingDays([6, 7]),
    weekday(7, 'long'),
    languageName('pt')
  ]).toEqual(['Mon to Fri', 'Mon, Tue and Thu', 'Sat and Sun', 'Sunday', 'Portuguese'])
})
