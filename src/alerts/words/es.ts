import { type NoteWords, say } from './noteWords.ts'
import { plural, writeNumber } from './writing.ts'

const SPELLED = 'cero una dos tres cuatro cinco seis siete ocho nueve diez once doce'.split(' ')

const days = (count: number): string =>
  `${writeNumber('es', count)} ${plural('es', count, { one: 'día laborable', other: 'días laborables' })}`

export const es: NoteWords = {
  address: ', ',
  rule: {
    'missing-deadline': 'Sin fecha límite',
    'no-assignee': 'Sin responsable',
    'stale-doing': 'Parada en curso',
    overdue: 'Vencida'
  },
  stale: ({ column, age, atLeast, since, limit }) =>
    atLeast
      ? say`esta tarjeta lleva al menos ${days(age)} en ${column}, desde el ${since} o antes. La marca de este tablero es ${limit}.`
      : say`esta tarjeta lleva ${days(age)} en ${column}, desde el ${since}. La marca de este tablero es ${limit}.`,
  overdue: ({ due, age }) =>
    age > 0 ? say`esta tarjeta vencía el ${due}, hace ${days(age)}.` : say`esta tarjeta vencía el ${due}.`,
  noDeadline: (removed) =>
    removed ? say`esta tarjeta no tiene fecha; se quitó el ${removed}.` : say`esta tarjeta aún no tiene fecha.`,
  noAssignee: () => say`aún no hay nadie asignado.`,
  help: {
    'stale-doing': '¿Espera a alguien? Al moverla, esta nota se cierra.',
    overdue: '¿Sigue siendo buena la fecha? Una fecha nueva cierra esta nota, y terminar la tarjeta también.',
    'missing-deadline': '¿Para cuándo podría estar? Una fecha en la tarjeta cierra esta nota.',
    'no-assignee': '¿Quién podría llevarla? Al asignar a alguien, esta nota se cierra.'
  },
  several: (count) => `${SPELLED[count] ?? writeNumber('es', count)} cosas siguen abiertas en esta tarjeta:`,
  staleLine: ({ column, age, atLeast, since }) =>
    atLeast
      ? say`al menos ${days(age)} en ${column}, desde el ${since} o antes`
      : say`${days(age)} en ${column}, desde el ${since}`,
  overdueLine: ({ due, age }) => (age > 0 ? say`vencía el ${due}, hace ${days(age)}` : say`vencía el ${due}`),
  noDeadlineLine: (removed) => (removed ? say`la fecha se quitó el ${removed}` : say`aún sin fecha`),
  noAssigneeLine: 'aún no hay nadie asignado',
  andMore: (count) => `y ${writeNumber('es', count)} más`,
  step: {
    'stale-doing': 'mover la tarjeta',
    overdue: 'acordar una fecha nueva',
    'missing-deadline': 'poner una fecha',
    'no-assignee': 'asignar a alguien'
  },
  steps: (list) => `Lo que ayudaría: ${list}. Lo que se resuelve sale de esta lista.`,
  whyThisNote: 'Por qué esta nota',
  reference: 'Referencia',
  updated: (moment) => `, actualizada el ${moment}`,
  allClear: {
    since: (moment) => say`Todo en orden desde el ${moment}.`,
    done: 'terminada',
    moved: (column) => (column ? say`movida a ${column}` : say`movida`),
    due: (day) => (day ? `para el ${day}` : 'sin fecha'),
    assigned: 'hay alguien asignado',
    thanks: (names) => `Gracias, ${names}.`,
    whatWasOpen: 'Qué estaba abierto y cuánto tiempo'
  }
}
