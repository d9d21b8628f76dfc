import { counting, type RollupWords } from './rollupWords.ts'

const { number, of } = counting('es')
const cards = (count: number) => of(count, 'tarjeta', 'tarjetas')
const days = (count: number) => of(count, 'día laborable', 'días laborables')
const SPELLED = ['', 'Una', 'Dos', 'Tres', 'Cuatro', 'Cinco', 'Seis', 'Siete', 'Ocho']

export const es: RollupWords = {
  language: 'es',
  subject: (week, done) => `${week}: ${done === 0 ? 'nada terminado' : of(done, 'terminada', 'terminadas')}`,
  behind: (amount) => `${amount} por detrás del ritmo`,
  ahead: (amount) => `${amount} por delante del ritmo`,
  onPace: 'al ritmo previsto',
  points: (amount, count) => `${amount} ${count === 1 ? 'punto' : 'puntos'}`,
  headline: {
    done(done, before) {
      const so = done === 0 ? 'Ninguna tarjeta terminada' : of(done, 'tarjeta terminada', 'tarjetas terminadas')
      if (done === before) return `${so}, igual que la semana anterior.`
      return `${so}, ${number(Math.abs(done - before))} ${done > before ? 'más' : 'menos'} que la semana anterior.`
    },
    quiet: 'Una semana tranquila. No se terminó ninguna tarjeta y nada espera a nadie.',
    moved: ({ title, amount, back, pace }) =>
      `${title} ${back ? 'retrocedió' : 'avanzó'} ${amount}${pace ? ` y está ${pace}` : ''}.`,
    stoodStill: (title) => `${title} no se movió y necesita una decisión.`,
    waits: (title, workingDays) => `«${title}» lleva ${days(workingDays)} esperando y necesita una decisión.`
  },
  figures: {
    done: 'Terminadas',
    carriedOver: 'Continúan',
    overdue: 'Vencidas',
    stuck: 'Paradas',
    doneBefore: (count) => `${number(count)} la semana anterior`,
    more: (count) => `${number(count)} más`,
    fewer: (count) => `${number(count)} menos`,
    same: 'igual que antes',
    newAndFixed: (fresh, fixed) => `${of(fresh, 'nueva', 'nuevas')}, ${of(fixed, 'resuelta', 'resueltas')}`,
    oldest: (day) => `la más antigua, desde el ${day}`,
    none: 'ninguna'
  },
  keyResults: {
    title: 'Resultados clave que se movieron',
    mark: 'la marca muestra dónde estaría el ritmo',
    none: 'Ningún resultado clave se movió.',
    status: { 'on track': 'En camino', 'at risk': 'En riesgo', 'off track': 'Fuera de camino' },
    of: (now, target) => `${now} de ${target}`,
    towards: (now, target) => `${now}, hacia ${target}`,
    expected: (amount) => `, ${amount} esperados hasta ahora`,
    counted: (count, back) =>
      [
        count > 0 ? of(count, 'tarjeta contada', 'tarjetas contadas') : 'Nada contado',
        ...(back > 0 ? [of(back, 'retirada', 'retiradas')] : [])
      ].join(', '),
    noChange: 'sin cambios'
  },
  cards,
  workingDays: days,
  done: { title: 'Terminadas, por proyecto', none: 'No se terminó ninguna tarjeta.' },
  carriedOver: {
    title: 'Continúan, por proyecto',
    since: (day) => `desde el ${day}`,
    due: (day) => `vence el ${day}`,
    overdue: 'Vencida',
    wasDue: (day, age) => `con fecha del ${day}${age > 0 ? `, hace ${days(age)}` : ''}`,
    stuck: 'Parada',
    stuckFor: (age, day) => `desde hace ${days(age)}${day ? `, desde el ${day}` : ''}`
  },
  nobody: 'Sin responsable',
  more: (count) => `y ${number(count)} más`,
  morePeople: (count) => `y tarjetas de ${of(count, 'persona más', 'personas más')}`,
  moreProjects: (count) => `y ${of(count, 'proyecto más', 'proyectos más')}`,
  untitled: (count) => `${number(count)} más, contadas sin título`,
  waiting: {
    title: 'A la espera de alguien',
    none: 'Nada espera a nadie.',
    stuck: (day, age) => `Parada desde el ${day}, ${days(age)}`,
    overdue: (day, age) => `Vencía el ${day}${age > 0 ? `, hace ${days(age)}` : ''}`,
    withPeople: (names) => `Con ${names}`,
    nobody: 'Aún sin responsable',
    counts: (noAssignee, noDeadline) => `${cards(noAssignee)} sin responsable, ${number(noDeadline)} sin fecha.`,
    seeThem: 'Verlas'
  },
  findings: {
    title: 'Hallazgos',
    about: (opened, fixed, medianDays, count) =>
      `${of(opened, 'abierto', 'abiertos')}, ${of(fixed, 'resuelto', 'resueltos')}${
        medianDays === null ? '' : `, la mitad en ${medianDays} ${count === 1 ? 'día laborable' : 'días laborables'}`
      }`,
    openedFixed: (opened, fixed) => `${of(opened, 'abierto', 'abiertos')}, ${of(fixed, 'resuelto', 'resueltos')}`
  },
  weeks: {
    title: (count) => `${SPELLED[count] ?? number(count)} semanas`,
    done: 'Tarjetas terminadas por semana',
    doneAbout: (now, week, least, most) =>
      `${number(now)} en la semana ${week}; ${least === most ? number(least) : `de ${number(least)} a ${number(most)}`} en las anteriores`,
    days: 'Días desde el inicio hasta el fin, mediana',
    daysAbout: (now, week, first, firstWeek) =>
      `${now ?? 'Ninguno'} en la semana ${week}, ${first} en la semana ${firstWeek}`,
    noValue: 'ninguno'
  },
  open: 'Abrir la semana',
  leftOut: (projects) => `No incluidos, porque no se han podido leer desde entonces: ${projects}.`,
  footer: {
    sent: (name, weekday, time, place) => `Para ${name}, cada ${weekday} a las ${time} (${place}).`,
    asked: (name) => `Para ${name}.`,
    asOf: (moment) => `Tarjetas leídas hasta el ${moment}`,
    older: (project, moment) => `${project} hasta ${moment}`,
    promise: 'Throughline no lleva horas ni clasifica a nadie.',
    settings: 'Cambiar o dejar de recibir este correo'
  }
}
