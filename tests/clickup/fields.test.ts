/** Shapes that the specification and real answers give differently: each is read, and none costs the task. */
import { describe, expect, it } from 'vitest'
import { dateOf, noonOf, zonesOf } from '../../adapters/clickup/days.ts'
import { customFields } from '../../adapters/clickup/fields.ts'
import * as normalize from '../../adapters/clickup/normalize.ts'

const options = [
  { id: 'aaaa', name: 'Monthly', label: 'monthly', orderindex: 0 },
  { id: 'bbbb', name: 'Quarterly', label: 'quarterly', orderindex: 1 }
]

describe('A custom field', () => {
  it.each([
    ['url', 'https://larkfield.example', 'text', 'https://larkfield.example'],
    ['email', 'ana@larkfield.example', 'text', 'ana@larkfield.example'],
    ['phone', '+49 30 1', 'text', '+49 30 1'],
    ['short_text', 'Vela', 'text', 'Vela'],
    ['text', 'two\nlines', 'text', 'two\nlines'],
    ['number', 3, 'number', 3],
    ['number', '3.5', 'number', 3.5],
    ['currency', '1200', 'number', 1200],
    ['emoji', 4, 'number', 4],
    ['date', '1764547200000', 'date', '2025-12-01T00:00:00.000Z'],
    ['date', 1764547200000, 'date', '2025-12-01T00:00:00.000Z'],
    ['checkbox', 'true', 'checkbox', true],
    ['checkbox', true, 'checkbox', true],
    ['checkbox', false, 'checkbox', false],
    ['drop_down', 1, 'choice', 'Quarterly'],
    ['drop_down', '1', 'choice', 'Quarterly'],
    ['drop_down', 0, 'choice', 'Monthly'],
    ['drop_down', 'aaaa', 'choice', 'Monthly'],
    ['labels', ['bbbb', 'aaaa'], 'text', 'quarterly, monthly'],
    [
      'users',
      [
        { id: 1, username: 'Ana' },
        { id: 2, username: null, email: 'b@x.example' }
      ],
      'text',
      'Ana, b@x.example'
    ],
    ['tasks', [{ id: '86a', name: 'Signed' }], 'text', 'Signed'],
    ['location', { formatted_address: 'Rua A, Lisboa', location: {} }, 'text', 'Rua A, Lisboa'],
    ['manual_progress', { current: '20' }, 'number', 20],
    ['automatic_progress', { percent_complete: 50 }, 'number', 50],
    ['formula', 7.25, 'number', 7.25],
    ['formula', 'late', 'text', 'late']
  ])('%s %j is %s %j', (type, value, kind, read) => {
    const field = { id: 'f1', name: 'Field', type, type_config: { options }, value }
    expect(customFields([field])).toEqual({ f1: { name: 'Field', type: kind, value: read } })
  })

  it.each([
    ['drop_down', 9],
    ['drop_down', 'cccc'],
    ['number', 'many'],
    ['number', { value: 1 }],
    ['date', 'soon'],
    ['labels', []],
    ['users', 'Ana'],
    ['votes', { value: 3 }],
    ['location', null],
    ['short_text', ''],
    ['url', undefined]
  ])('%s %j says nothing', (type, value) => {
    expect(customFields([{ id: 'f1', name: 'Field', type, type_config: { options }, value }])).toEqual({})
  })

  it('of a kind that does not exist yet is left out when it is no plain value', () => {
    expect(customFields([{ id: 'f1', name: 'Field', type: 'signature', value: { ink: 1 } }])).toEqual({})
  })
})

const task = (more: Record<string, unknown>) => {
  const given = {
    id: '86a',
    name: 'Task',
    status: { status: 'To Do', type: 'open' },
    date_created: '1764547200000',
    list: { id: '901' },
    ...more
  }
  const read = normalize.task(given, { zones: ['America/New_York'] })
  if (read.kind === 'unreadable') throw new Error(read.path)
  return read.facts
}

describe('A task', () => {
  it('needs no more than its id, name, status, list and date', () => {
    expect(task({})).toMatchObject({
      column: '901:to do',
      updatedAt: '2025-12-01T00:00:00.000Z',
      url: 'https://app.clickup.com/t/86a',
      description: '',
      creator: null,
      priority: 'none',
      rawPriority: null
    })
  })

  it.each([
    [{ id: '1', priority: 'urgent' }, 'urgent', 'urgent'],
    [{ id: '4', priority: 'low' }, 'low', 'low'],
    [2, 'high', 'high'],
    ['3', 'normal', 'normal'],
    ['urgent', 'urgent', 'urgent'],
    [{ id: '9', priority: 'someday' }, 'none', 'someday'],
    [null, 'none', null]
  ])('has priority %j read as %s', (given, priority, rawPriority) => {
    expect(task({ priority: given })).toMatchObject({ priority, rawPriority })
  })

  it.each([
    [
      { points: 3, time_estimate: 7_200_000 },
      { value: 3, unit: 'points' }
    ],
    [{ points: 0 }, { value: 0, unit: 'points' }],
    [
      { points: null, time_estimate: 5_400_000 },
      { value: 1.5, unit: 'hours' }
    ],
    [{ time_estimate: '5400000' }, { value: 1.5, unit: 'hours' }],
    [{ time_estimate: 0 }, null],
    [{}, null]
  ])('with %j is estimated at %j', (given, estimate) => {
    expect(task(given).estimate).toEqual(estimate)
  })

  it('sums its checklists, counted item by item where there is no sum', () => {
    const checklists = [
      { id: 'a', resolved: 2, unresolved: 3 },
      { id: 'b', items: [{ resolved: true }, { resolved: false }, {}] }
    ]
    expect(task({ checklists }).checklist).toEqual({ done: 3, total: 8 })
  })

  it.each([
    [{ type: 'done' }, { date_done: '1764547200000', date_closed: null }, '2025-12-01T00:00:00.000Z'],
    [{ type: 'closed' }, { date_done: null, date_closed: 1764547200000 }, '2025-12-01T00:00:00.000Z'],
    [{ type: 'closed' }, {}, null]
  ])('of status %j with %j was completed at %s', (status, dates, completedAt) => {
    const read = task({ status: { status: 'Signed', ...status }, ...dates })
    expect([read.completed, read.completedAt]).toEqual([true, completedAt])
  })

  it('that was reopened is not completed, whatever dates it kept', () => {
    const read = task({ status: { status: 'Doing', type: 'custom' }, date_done: '1764547200000' })
    expect([read.completed, read.completedAt]).toEqual([false, null])
  })

  it.each([
    ['id', { id: 7 }],
    ['name', { name: null }],
    ['status.status', { status: {} }],
    ['date_created', { date_created: null }],
    ['date_created', { date_created: '99999999999999999' }],
    ['due_date', { due_date: '2026-01-01' }],
    ['list.id', { list: {} }],
    ['assignees.0.id', { assignees: [{ username: 'Ana' }] }]
  ])('is set aside at %s when it has %j', (path, more) => {
    expect(() => task(more)).toThrow(path)
  })
})

describe('A date without a time', () => {
  it('is the calendar day of 04:00 there, in summer and in winter', () => {
    expect(dateOf('2026-07-01T08:00:00.000Z', ['America/New_York'])).toBe('2026-07-01')
    expect(dateOf('2026-12-31T09:00:00.000Z', ['America/New_York'])).toBe('2026-12-31')
    expect(dateOf('2026-07-01T08:00:00.000Z', ['Europe/Berlin'])).toBeNull()
    expect(dateOf('2026-06-30T22:30:00.000Z', ['Europe/Berlin', 'Asia/Kolkata'])).toBe('2026-07-01')
    expect(dateOf('2026-06-30T22:15:00.000Z', ['Asia/Kathmandu'])).toBe('2026-07-01')
  })

  it('is sent as noon there, which is that day on both sides of Greenwich', () => {
    expect(new Date(noonOf('2026-12-01', 'America/New_York')).toISOString()).toBe('2026-12-01T17:00:00.000Z')
    expect(new Date(noonOf('2026-07-01', 'Asia/Tokyo')).toISOString()).toBe('2026-07-01T03:00:00.000Z')
  })

  it('needs a zone that exists; without one it is UTC', () => {
    expect(zonesOf(['Nowhere/Land', null, undefined, 'Asia/Tokyo', 'Asia/Tokyo'])).toEqual(['Asia/Tokyo'])
    expect(zonesOf([])).toEqual(['UTC'])
  })
})
