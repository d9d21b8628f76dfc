import { type NoteWords, say } from './noteWords.ts'
import { plural, writeNumber } from './writing.ts'

const SPELLED = 'zéro une deux trois quatre cinq six sept huit neuf dix onze douze'.split(' ')

const days = (count: number): string =>
  `${writeNumber('fr', count)} ${plural('fr', count, { one: 'jour ouvré', other: 'jours ouvrés' })}`

export const fr: NoteWords = {
  address: ', ',
  rule: {
    'missing-deadline': 'Sans échéance',
    'no-assignee': 'Sans responsable',
    'stale-doing': 'En cours depuis longtemps',
    overdue: 'En retard'
  },
  stale: ({ column, age, atLeast, since, limit }) =>
    atLeast
      ? say`cette carte est dans ${column} depuis au moins ${days(age)} (depuis le ${since} ou avant). Le repère de ce tableau est ${limit}.`
      : say`cette carte est dans ${column} depuis ${days(age)} (depuis le ${since}). Le repère de ce tableau est ${limit}.`,
  overdue: ({ due, age }) =>
    age > 0
      ? say`cette carte était prévue pour le ${due}, il y a ${days(age)}.`
      : say`cette carte était prévue pour le ${due}.`,
  noDeadline: (removed) =>
    removed
      ? say`cette carte n’a pas d’échéance ; elle a été retirée le ${removed}.`
      : say`cette carte n’a pas encore d’échéance.`,
  noAssignee: () => say`personne n’est encore assigné.`,
  help: {
    'stale-doing': 'Attend-elle quelqu’un ? La déplacer suffit à clore cette note.',
    overdue: 'La date tient-elle encore ? Une nouvelle date clôt cette note, terminer la carte aussi.',
    'missing-deadline': 'Pour quand pourrait-elle être prête ? Une date sur la carte clôt cette note.',
    'no-assignee': 'Qui pourrait la prendre ? Assigner quelqu’un clôt cette note.'
  },
  several: (count) => `${SPELLED[count] ?? writeNumber('fr', count)} points sont ouverts sur cette carte :`,
  staleLine: ({ column, age, atLeast, since }) =>
    atLeast
      ? say`au moins ${days(age)} dans ${column}, depuis le ${since} ou avant`
      : say`${days(age)} dans ${column}, depuis le ${since}`,
  overdueLine: ({ due, age }) =>
    age > 0 ? say`prévue pour le ${due}, il y a ${days(age)}` : say`prévue pour le ${due}`,
  noDeadlineLine: (removed) => (removed ? say`la date a été retirée le ${removed}` : say`pas encore de date`),
  noAssigneeLine: 'personne n’est encore assigné',
  andMore: (count) => `et ${writeNumber('fr', count)} de plus`,
  step: {
    'stale-doing': 'déplacer la carte',
    overdue: 'convenir d’une nouvelle date',
    'missing-deadline': 'fixer une date',
    'no-assignee': 'assigner quelqu’un'
  },
  steps: (list) => `Ce qui aiderait : ${list}. Chaque point réglé quitte cette liste.`,
  whyThisNote: 'Pourquoi cette note',
  reference: 'Référence',
  updated: (moment) => `, mise à jour le ${moment}`,
  allClear: {
    since: (moment) => say`Tout est en ordre depuis le ${moment}.`,
    done: 'terminée',
    moved: (column) => (column ? say`déplacée vers ${column}` : say`déplacée`),
    due: (day) => (day ? `prévue pour le ${day}` : 'sans échéance'),
    assigned: 'quelqu’un est assigné',
    thanks: (names) => `Merci, ${names}.`,
    whatWasOpen: 'Ce qui était ouvert, et combien de temps'
  }
}
