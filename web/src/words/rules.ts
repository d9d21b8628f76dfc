/** Words of the rules page. */
import { count } from './say.ts'

const cards = (n: number) => count(n, 'card', 'cards')
const findings = (n: number) => count(n, 'finding', 'findings')

export const rulesWords = {
  title: 'Rules',
  sub: (on: number, all: number) => `${on} of ${all} look at the cards. Each speaks up on the card itself, once.`,
  head: { rule: 'Rule', looks: 'Looks at', open: 'Open', set: 'Speaks up', on: 'On' },
  names: {
    'missing-deadline': 'No deadline',
    'no-assignee': 'No assignee',
    'stale-doing': 'Stale in Doing',
    overdue: 'Overdue'
  } as Record<string, string>,
  when: {
    'missing-deadline': 'To do, Doing or Blocked, and no due date.',
    'no-assignee': 'To do, Doing or Blocked, and nobody assigned.',
    'stale-doing': 'In Doing for more working days than the mark.',
    overdue: 'Open, and its due date has passed.'
  } as Record<string, string>,
  looks: cards,
  none: 'none',
  parameters: { workingDays: 'more than' } as Record<string, string>,
  units: { workingDays: 'working days' } as Record<string, string>,
  always: 'at once',
  spokenParameter: (rule: string, unit: string) => `${rule}: ${unit}`,
  spokenSwitch: (rule: string) => `${rule} is on`,
  failed: 'The rules could not be read.',
  draft: {
    label: 'What is not saved yet',
    on: (rule: string) => `Unsaved: ${rule} switched on.`,
    off: (rule: string) => `Unsaved: ${rule} switched off.`,
    changed: (rule: string, from: number, to: number, unit: string) => `Unsaved: ${rule}, ${from} → ${to} ${unit}.`,
    waiting: 'Looking at what that would change …',
    fires: (n: number) => `Would fire on ${cards(n)} now`,
    change: (opened: number, closed: number) =>
      opened + closed === 0
        ? 'nothing opens or closes.'
        : [opened > 0 ? `${findings(opened)} would open` : '', closed > 0 ? `${findings(closed)} would close` : '']
            .filter((part) => part !== '')
            .join(', ')
            .concat('.'),
    notes: (n: number) => (n === 0 ? '' : `${count(n, 'card gets', 'cards get')} a note.`),
    first: 'The first of them',
    discard: 'Discard',
    save: 'Save',
    failed: 'This was not saved.'
  },
  saved: (rule: string) => `${rule} is saved`,
  one: 'Save or discard this first: one rule changes at a time.'
}
