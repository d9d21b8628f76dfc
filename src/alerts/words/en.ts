import { type NoteWords, say } from './noteWords.ts'
import { plural, writeNumber } from './writing.ts'

const SPELLED = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ')

const days = (count: number): string =>
  `${writeNumber('en', count)} ${plural('en', count, { one: 'working day', other: 'working days' })}`

export const en: NoteWords = {
  address: ' ',
  rule: {
    'missing-deadline': 'No deadline',
    'no-assignee': 'No assignee',
    'stale-doing': 'Stale in Doing',
    overdue: 'Overdue'
  },
  stale: ({ column, age, atLeast, since, limit }) =>
    atLeast
      ? say`this card has been in ${column} for at least ${days(age)}, since ${since} or earlier. The mark on this board is ${limit}.`
      : say`this card has been in ${column} for ${days(age)}, since ${since}. The mark on this board is ${limit}.`,
  overdue: ({ due, age }) =>
    age > 0 ? say`this card was due ${due}, ${days(age)} ago.` : say`this card was due ${due}.`,
  noDeadline: (removed) =>
    removed ? say`this card has no date; it was removed on ${removed}.` : say`this card has no date yet.`,
  noAssignee: () => say`nobody assigned yet.`,
  help: {
    'stale-doing': 'Is it waiting on someone? Moving it clears this note.',
    overdue: 'Is the date still right? A new date clears this note, and so does finishing the card.',
    'missing-deadline': 'When could it be done? A date on the card clears this note.',
    'no-assignee': 'Who could take it? Assigning someone clears this note.'
  },
  several: (count) => `${SPELLED[count] ?? writeNumber('en', count)} things are open on this card:`,
  staleLine: ({ column, age, atLeast, since }) =>
    atLeast
      ? say`at least ${days(age)} in ${column}, since ${since} or earlier`
      : say`${days(age)} in ${column}, since ${since}`,
  overdueLine: ({ due, age }) => (age > 0 ? say`due ${due}, ${days(age)} ago` : say`due ${due}`),
  noDeadlineLine: (removed) => (removed ? say`the date was removed on ${removed}` : say`no date set yet`),
  noAssigneeLine: 'nobody assigned yet',
  andMore: (count) => `and ${writeNumber('en', count)} more`,
  step: {
    'stale-doing': 'moving the card',
    overdue: 'agreeing a new date',
    'missing-deadline': 'setting a date',
    'no-assignee': 'assigning someone'
  },
  steps: (list) => `What would help: ${list}. Each thing leaves this list once it is done.`,
  whyThisNote: 'Why this note',
  reference: 'Reference',
  updated: (moment) => `, updated ${moment}`,
  allClear: {
    since: (moment) => say`All clear since ${moment}.`,
    done: 'done',
    moved: (column) => (column ? say`moved to ${column}` : say`moved on`),
    due: (day) => (day ? `due ${day}` : 'the date was taken off'),
    assigned: 'someone is assigned',
    thanks: (names) => `Thank you, ${names}.`,
    whatWasOpen: 'What was open, and for how long'
  }
}
