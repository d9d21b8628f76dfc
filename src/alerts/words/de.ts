import { type NoteWords, say } from './noteWords.ts'
import { plural, writeNumber } from './writing.ts'

const SPELLED = 'null eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf'.split(' ')

const counted = (count: number, one: string, other: string): string =>
  `${writeNumber('de', count)} ${plural('de', count, { one, other })}`
const days = (count: number): string => counted(count, 'Arbeitstag', 'Arbeitstage')
/** After "seit" and "vor". */
const dative = (count: number): string => counted(count, 'Arbeitstag', 'Arbeitstagen')

export const de: NoteWords = {
  address: ', ',
  rule: {
    'missing-deadline': 'Keine Frist',
    'no-assignee': 'Niemand zugewiesen',
    'stale-doing': 'Steht in Arbeit still',
    overdue: 'Überfällig'
  },
  stale: ({ column, age, atLeast, since, limit }) =>
    atLeast
      ? say`diese Karte ist seit mindestens ${dative(age)} in ${column} (seit ${since} oder länger). Die Marke auf diesem Board ist ${limit}.`
      : say`diese Karte ist seit ${dative(age)} in ${column} (seit ${since}). Die Marke auf diesem Board ist ${limit}.`,
  overdue: ({ due, age }) =>
    age > 0 ? say`diese Karte war fällig: ${due}, vor ${dative(age)}.` : say`diese Karte war fällig: ${due}.`,
  noDeadline: (removed) =>
    removed ? say`diese Karte hat keine Frist; entfernt wurde sie ${removed}.` : say`diese Karte hat noch keine Frist.`,
  noAssignee: () => say`noch niemand zugewiesen.`,
  help: {
    'stale-doing': 'Wartet sie auf jemanden? Sobald sie weiterzieht, erledigt sich dieser Hinweis.',
    overdue: 'Stimmt das Datum noch? Ein neues Datum erledigt diesen Hinweis, eine fertige Karte auch.',
    'missing-deadline': 'Bis wann könnte sie fertig sein? Ein Datum auf der Karte erledigt diesen Hinweis.',
    'no-assignee': 'Wer könnte sie nehmen? Sobald jemand zugewiesen ist, erledigt sich dieser Hinweis.'
  },
  several: (count) => `${SPELLED[count] ?? writeNumber('de', count)} Punkte sind auf dieser Karte offen:`,
  staleLine: ({ column, age, atLeast, since }) =>
    atLeast
      ? say`mindestens ${days(age)} in ${column}, seit ${since} oder länger`
      : say`${days(age)} in ${column}, seit ${since}`,
  overdueLine: ({ due, age }) => (age > 0 ? say`fällig ${due}, vor ${dative(age)}` : say`fällig ${due}`),
  noDeadlineLine: (removed) => (removed ? say`das Datum wurde entfernt: ${removed}` : say`noch kein Datum`),
  noAssigneeLine: 'noch niemand zugewiesen',
  andMore: (count) => `und ${writeNumber('de', count)} weitere`,
  step: {
    'stale-doing': 'die Karte weiterschieben',
    overdue: 'ein neues Datum vereinbaren',
    'missing-deadline': 'ein Datum setzen',
    'no-assignee': 'jemanden zuweisen'
  },
  steps: (list) => `Was helfen würde: ${list}. Was getan ist, verschwindet aus dieser Liste.`,
  whyThisNote: 'Warum dieser Hinweis',
  reference: 'Kennung',
  updated: (moment) => `, aktualisiert ${moment}`,
  allClear: {
    since: (moment) => say`Alles geklärt seit ${moment}.`,
    done: 'erledigt',
    moved: (column) => (column ? say`verschoben nach ${column}` : say`weitergeschoben`),
    due: (day) => (day ? `fällig ${day}` : 'ohne Frist'),
    assigned: 'jemand ist zugewiesen',
    thanks: (names) => `Danke, ${names}.`,
    whatWasOpen: 'Was offen war, und wie lange'
  }
}
