import { counting, type RollupWords } from './rollupWords.ts'

const { number, of } = counting('fr')
const cards = (count: number) => of(count, 'carte', 'cartes')
const days = (count: number) => of(count, 'jour ouvré', 'jours ouvrés')
const SPELLED = ['', 'Une', 'Deux', 'Trois', 'Quatre', 'Cinq', 'Six', 'Sept', 'Huit']

export const fr: RollupWords = {
  language: 'fr',
  subject: (week, done) => `${week} : ${done === 0 ? 'rien de terminé' : of(done, 'terminée', 'terminées')}`,
  behind: (amount) => `${amount} en dessous du rythme`,
  ahead: (amount) => `${amount} au-dessus du rythme`,
  onPace: 'au rythme prévu',
  points: (amount, count) => `${amount} ${count < 2 ? 'point' : 'points'}`,
  headline: {
    done(done, before) {
      const so = done === 0 ? 'Aucune carte terminée' : of(done, 'carte terminée', 'cartes terminées')
      if (done === before) return `${so}, autant que la semaine précédente.`
      return `${so}, ${number(Math.abs(done - before))} de ${done > before ? 'plus' : 'moins'} que la semaine précédente.`
    },
    quiet: 'Une semaine calme. Aucune carte terminée, et rien n’attend personne.',
    moved: ({ title, amount, back, pace }) =>
      `${title} a ${back ? 'reculé' : 'avancé'} de ${amount}${pace ? ` et se trouve ${pace}` : ''}.`,
    stoodStill: (title) => `${title} n’a pas bougé et demande une décision.`,
    waits: (title, workingDays) => `« ${title} » attend depuis ${days(workingDays)} et demande une décision.`
  },
  figures: {
    done: 'Terminées',
    carriedOver: 'Reportées',
    overdue: 'En retard',
    stuck: 'Bloquées',
    doneBefore: (count) => `${number(count)} la semaine précédente`,
    more: (count) => `${number(count)} de plus`,
    fewer: (count) => `${number(count)} de moins`,
    same: 'autant qu’avant',
    newAndFixed: (fresh, fixed) => `${of(fresh, 'nouvelle', 'nouvelles')}, ${of(fixed, 'réglée', 'réglées')}`,
    oldest: (day) => `la plus ancienne depuis le ${day}`,
    none: 'aucune'
  },
  keyResults: {
    title: 'Résultats clés qui ont bougé',
    mark: 'le repère montre où serait le rythme',
    none: 'Aucun résultat clé n’a bougé.',
    status: { 'on track': 'En bonne voie', 'at risk': 'À risque', 'off track': 'Hors trajectoire' },
    of: (now, target) => `${now} sur ${target}`,
    towards: (now, target) => `${now}, vers ${target}`,
    expected: (amount) => `, ${amount} attendus à ce jour`,
    counted: (count, back) =>
      [
        count > 0 ? of(count, 'carte comptée', 'cartes comptées') : 'Rien de compté',
        ...(back > 0 ? [of(back, 'retirée', 'retirées')] : [])
      ].join(', '),
    noChange: 'sans changement'
  },
  cards,
  workingDays: days,
  done: { title: 'Terminées, par projet', none: 'Aucune carte terminée.' },
  carriedOver: {
    title: 'Reportées, par projet',
    since: (day) => `depuis le ${day}`,
    due: (day) => `échéance le ${day}`,
    overdue: 'En retard',
    wasDue: (day, age) => `échéance le ${day}${age > 0 ? `, il y a ${days(age)}` : ''}`,
    stuck: 'Bloquée',
    stuckFor: (age, day) => `depuis ${days(age)}${day ? ` (${day})` : ''}`
  },
  nobody: 'Personne d’assigné',
  more: (count) => `et ${number(count)} de plus`,
  morePeople: (count) => `et les cartes de ${of(count, 'autre personne', 'autres personnes')}`,
  moreProjects: (count) => `et ${of(count, 'autre projet', 'autres projets')}`,
  untitled: (count) => `${number(count)} de plus, comptées sans titre`,
  waiting: {
    title: 'En attente de quelqu’un',
    none: 'Rien n’attend personne.',
    stuck: (day, age) => `Bloquée depuis le ${day}, ${days(age)}`,
    overdue: (day, age) => `Échéance le ${day}${age > 0 ? `, il y a ${days(age)}` : ''}`,
    withPeople: (names) => `Chez ${names}`,
    nobody: 'Personne d’assigné pour l’instant',
    counts: (noAssignee, noDeadline) => `${cards(noAssignee)} sans responsable, ${number(noDeadline)} sans échéance.`,
    seeThem: 'Les voir'
  },
  findings: {
    title: 'Constats',
    about: (opened, fixed, medianDays, count) =>
      `${of(opened, 'ouvert', 'ouverts')}, ${of(fixed, 'réglé', 'réglés')}${
        medianDays === null ? '' : `, la moitié en ${medianDays} ${count < 2 ? 'jour ouvré' : 'jours ouvrés'}`
      }`,
    openedFixed: (opened, fixed) => `${of(opened, 'ouvert', 'ouverts')}, ${of(fixed, 'réglé', 'réglés')}`
  },
  weeks: {
    title: (count) => `${SPELLED[count] ?? number(count)} semaines`,
    done: 'Cartes terminées par semaine',
    doneAbout: (now, week, least, most) =>
      `${number(now)} en semaine ${week} ; ${least === most ? number(least) : `de ${number(least)} à ${number(most)}`} les semaines d’avant`,
    days: 'Jours du début à la fin, médiane',
    daysAbout: (now, week, first, firstWeek) =>
      `${now ?? 'Aucun'} en semaine ${week}, ${first} en semaine ${firstWeek}`,
    noValue: 'aucun'
  },
  open: 'Ouvrir la semaine',
  leftOut: (projects) => `Non inclus, car ils n’ont pas pu être lus depuis : ${projects}.`,
  footer: {
    sent: (name, weekday, time, place) => `Pour ${name}, chaque ${weekday} à ${time} (${place}).`,
    asked: (name) => `Pour ${name}.`,
    asOf: (moment) => `Cartes lues jusqu’au ${moment}`,
    older: (project, moment) => `${project} jusqu’à ${moment}`,
    promise: 'Throughline ne compte aucune heure et ne classe personne.',
    settings: 'Modifier ou arrêter ce message'
  }
}
