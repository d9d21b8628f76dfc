import { counting, type RollupWords } from './rollupWords.ts'

const { number, of } = counting('de')
const cards = (count: number) => of(count, 'Karte', 'Karten')
const days = (count: number) => of(count, 'Arbeitstag', 'Arbeitstage')
/** After "seit" and "vor". */
const dative = (count: number) => of(count, 'Arbeitstag', 'Arbeitstagen')
const SPELLED = ['', 'Eine', 'Zwei', 'Drei', 'Vier', 'Fünf', 'Sechs', 'Sieben', 'Acht']

export const de: RollupWords = {
  language: 'de',
  subject: (week, done) => `${week}: ${done === 0 ? 'nichts' : number(done)} erledigt`,
  behind: (amount) => `${amount} hinter dem Tempo`,
  ahead: (amount) => `${amount} vor dem Tempo`,
  onPace: 'im Tempo',
  points: (amount, count) => `${amount} ${count === 1 ? 'Punkt' : 'Punkte'}`,
  headline: {
    done(done, before) {
      const so = done === 0 ? 'Keine Karte erledigt' : `${cards(done)} erledigt`
      if (done === before) return `${so}, so viele wie in der Woche davor.`
      return `${so}, ${number(Math.abs(done - before))} ${done > before ? 'mehr' : 'weniger'} als in der Woche davor.`
    },
    quiet: 'Eine ruhige Woche. Keine Karte wurde erledigt, und nichts wartet auf jemanden.',
    moved: ({ title, amount, back, pace }) =>
      `${title}: ${back ? 'zurück um' : 'weiter um'} ${amount}${pace ? `, jetzt ${pace}` : ''}.`,
    stoodStill: (title) => `${title} hat sich nicht bewegt und braucht eine Entscheidung.`,
    waits: (title, workingDays) => `„${title}“ wartet seit ${dative(workingDays)} und braucht eine Entscheidung.`
  },
  figures: {
    done: 'Erledigt',
    carriedOver: 'Mitgenommen',
    overdue: 'Überfällig',
    stuck: 'Stehen still',
    doneBefore: (count) => `${number(count)} in der Woche davor`,
    more: (count) => `${number(count)} mehr`,
    fewer: (count) => `${number(count)} weniger`,
    same: 'so viele wie zuvor',
    newAndFixed: (fresh, fixed) => `${number(fresh)} neu, ${number(fixed)} behoben`,
    oldest: (day) => `älteste seit ${day}`,
    none: 'keine'
  },
  keyResults: {
    title: 'Key Results, die sich bewegt haben',
    mark: 'der Strich zeigt, wo das Tempo läge',
    none: 'Kein Key Result hat sich bewegt.',
    status: { 'on track': 'Im Plan', 'at risk': 'Gefährdet', 'off track': 'Nicht im Plan' },
    of: (now, target) => `${now} von ${target}`,
    towards: (now, target) => `${now}, Ziel ${target}`,
    expected: (amount) => `, bis jetzt erwartet ${amount}`,
    counted: (count, back) =>
      [
        count > 0 ? `${cards(count)} gezählt` : 'Nichts gezählt',
        ...(back > 0 ? [`${number(back)} zurückgenommen`] : [])
      ].join(', '),
    noChange: 'unverändert'
  },
  cards,
  workingDays: days,
  done: { title: 'Erledigt, nach Projekt', none: 'Keine Karte wurde erledigt.' },
  carriedOver: {
    title: 'Mitgenommen, nach Projekt',
    since: (day) => `seit ${day}`,
    due: (day) => `fällig ${day}`,
    overdue: 'Überfällig',
    wasDue: (day, age) => `Frist war ${day}${age > 0 ? `, vor ${dative(age)}` : ''}`,
    stuck: 'Steht still',
    stuckFor: (age, day) => `seit ${dative(age)}${day ? ` (${day})` : ''}`
  },
  nobody: 'Niemand zugewiesen',
  more: (count) => `und ${number(count)} weitere`,
  morePeople: (count) => `und Karten von ${of(count, 'weiterer Person', 'weiteren Personen')}`,
  moreProjects: (count) => `und ${of(count, 'weiteres Projekt', 'weitere Projekte')}`,
  untitled: (count) => `${number(count)} weitere, ohne Titel mitgezählt`,
  waiting: {
    title: 'Wartet auf jemanden',
    none: 'Nichts wartet auf jemanden.',
    stuck: (day, age) => `Steht still seit ${day}, ${days(age)}`,
    overdue: (day, age) => `Fällig ${day}${age > 0 ? `, vor ${dative(age)}` : ''}`,
    withPeople: (names) => `Bei ${names}`,
    nobody: 'Noch niemand zugewiesen',
    counts: (noAssignee, noDeadline) =>
      `${cards(noAssignee)} ohne zugewiesene Person, ${number(noDeadline)} ohne Frist.`,
    seeThem: 'Ansehen'
  },
  findings: {
    title: 'Befunde',
    about: (opened, fixed, medianDays, count) =>
      `${number(opened)} eröffnet, ${number(fixed)} behoben${
        medianDays === null ? '' : `, die Hälfte binnen ${medianDays} ${count === 1 ? 'Arbeitstag' : 'Arbeitstagen'}`
      }`,
    openedFixed: (opened, fixed) => `${number(opened)} eröffnet, ${number(fixed)} behoben`
  },
  weeks: {
    title: (count) => `${SPELLED[count] ?? number(count)} Wochen`,
    done: 'Erledigte Karten je Woche',
    doneAbout: (now, week, least, most) =>
      `${number(now)} in Woche ${week}; ${least === most ? number(least) : `${number(least)} bis ${number(most)}`} in den Wochen davor`,
    days: 'Tage vom Beginn bis erledigt, Median',
    daysAbout: (now, week, first, firstWeek) => `${now ?? 'Keine'} in Woche ${week}, ${first} in Woche ${firstWeek}`,
    noValue: 'keine'
  },
  open: 'Woche öffnen',
  leftOut: (projects) => `Nicht enthalten, weil sie seither nicht gelesen werden konnten: ${projects}.`,
  footer: {
    sent: (name, weekday, time, place) => `Für ${name}, jeden ${weekday} um ${time} (${place}).`,
    asked: (name) => `Für ${name}.`,
    asOf: (moment) => `Karten gelesen bis ${moment}`,
    older: (project, moment) => `${project} bis ${moment}`,
    promise: 'Throughline führt keine Stunden und stellt niemanden in eine Rangfolge.',
    settings: 'Diese Mail ändern oder abbestellen'
  }
}
