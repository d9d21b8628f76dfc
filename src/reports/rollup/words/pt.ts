import { counting, type RollupWords } from './rollupWords.ts'

const { number, of } = counting('pt')
const cards = (count: number) => of(count, 'cartão', 'cartões')
const days = (count: number) => of(count, 'dia útil', 'dias úteis')
const SPELLED = ['', 'Uma', 'Duas', 'Três', 'Quatro', 'Cinco', 'Seis', 'Sete', 'Oito']

export const pt: RollupWords = {
  language: 'pt',
  subject: (week, done) => `${week}: ${done === 0 ? 'nada concluído' : of(done, 'concluído', 'concluídos')}`,
  behind: (amount) => `${amount} abaixo do ritmo`,
  ahead: (amount) => `${amount} acima do ritmo`,
  onPace: 'no ritmo previsto',
  points: (amount, count) => `${amount} ${count < 2 ? 'ponto' : 'pontos'}`,
  headline: {
    done(done, before) {
      const so = done === 0 ? 'Nenhum cartão concluído' : of(done, 'cartão concluído', 'cartões concluídos')
      if (done === before) return `${so}, tantos como na semana anterior.`
      return `${so}, ${number(Math.abs(done - before))} a ${done > before ? 'mais' : 'menos'} do que na semana anterior.`
    },
    quiet: 'Uma semana calma. Nenhum cartão foi concluído e nada espera por ninguém.',
    moved: ({ title, amount, back, pace }) =>
      `${title} ${back ? 'recuou' : 'avançou'} ${amount}${pace ? ` e está ${pace}` : ''}.`,
    stoodStill: (title) => `${title} não se moveu e precisa de uma decisão.`,
    waits: (title, workingDays) => `“${title}” espera há ${days(workingDays)} e precisa de uma decisão.`
  },
  figures: {
    done: 'Concluídos',
    carriedOver: 'Continuam',
    overdue: 'Atrasados',
    stuck: 'Parados',
    doneBefore: (count) => `${number(count)} na semana anterior`,
    more: (count) => `${number(count)} a mais`,
    fewer: (count) => `${number(count)} a menos`,
    same: 'tantos como antes',
    newAndFixed: (fresh, fixed) => `${of(fresh, 'novo', 'novos')}, ${of(fixed, 'resolvido', 'resolvidos')}`,
    oldest: (day) => `o mais antigo desde ${day}`,
    none: 'nenhum'
  },
  keyResults: {
    title: 'Resultados-chave que se moveram',
    mark: 'a marca mostra onde estaria o ritmo',
    none: 'Nenhum resultado-chave se moveu.',
    status: { 'on track': 'No caminho', 'at risk': 'Em risco', 'off track': 'Fora do caminho' },
    of: (now, target) => `${now} de ${target}`,
    towards: (now, target) => `${now}, rumo a ${target}`,
    expected: (amount) => `, ${amount} esperados até agora`,
    counted: (count, back) =>
      [
        count > 0 ? of(count, 'cartão contado', 'cartões contados') : 'Nada contado',
        ...(back > 0 ? [of(back, 'retirado', 'retirados')] : [])
      ].join(', '),
    noChange: 'sem mudança'
  },
  cards,
  workingDays: days,
  done: { title: 'Concluídos, por projeto', none: 'Nenhum cartão foi concluído.' },
  carriedOver: {
    title: 'Continuam, por projeto',
    since: (day) => `desde ${day}`,
    due: (day) => `prazo ${day}`,
    overdue: 'Atrasado',
    wasDue: (day, age) => `prazo ${day}${age > 0 ? `, há ${days(age)}` : ''}`,
    stuck: 'Parado',
    stuckFor: (age, day) => `há ${days(age)}${day ? `, desde ${day}` : ''}`
  },
  nobody: 'Sem responsável',
  more: (count) => `e mais ${number(count)}`,
  morePeople: (count) => `e cartões de mais ${of(count, 'pessoa', 'pessoas')}`,
  moreProjects: (count) => `e mais ${of(count, 'projeto', 'projetos')}`,
  untitled: (count) => `mais ${number(count)}, contados sem título`,
  waiting: {
    title: 'À espera de alguém',
    none: 'Nada espera por ninguém.',
    stuck: (day, age) => `Parado desde ${day}, ${days(age)}`,
    overdue: (day, age) => `Prazo ${day}${age > 0 ? `, há ${days(age)}` : ''}`,
    withPeople: (names) => `Com ${names}`,
    nobody: 'Ainda sem responsável',
    counts: (noAssignee, noDeadline) => `${cards(noAssignee)} sem responsável, ${number(noDeadline)} sem data.`,
    seeThem: 'Ver'
  },
  findings: {
    title: 'Alertas',
    about: (opened, fixed, medianDays, count) =>
      `${of(opened, 'aberto', 'abertos')}, ${of(fixed, 'resolvido', 'resolvidos')}${
        medianDays === null ? '' : `, metade em até ${medianDays} ${count < 2 ? 'dia útil' : 'dias úteis'}`
      }`,
    openedFixed: (opened, fixed) => `${of(opened, 'aberto', 'abertos')}, ${of(fixed, 'resolvido', 'resolvidos')}`
  },
  weeks: {
    title: (count) => `${SPELLED[count] ?? number(count)} semanas`,
    done: 'Cartões concluídos por semana',
    doneAbout: (now, week, least, most) =>
      `${number(now)} na semana ${week}; ${least === most ? number(least) : `de ${number(least)} a ${number(most)}`} nas anteriores`,
    days: 'Dias do início à conclusão, mediana',
    daysAbout: (now, week, first, firstWeek) => `${now ?? 'Nenhum'} na semana ${week}, ${first} na semana ${firstWeek}`,
    noValue: 'nenhum'
  },
  open: 'Abrir a semana',
  leftOut: (projects) => `Não incluídos, porque não puderam ser lidos desde então: ${projects}.`,
  footer: {
    sent: (name, weekday, time, place) => `Para ${name}, toda semana (${weekday}) às ${time} (${place}).`,
    asked: (name) => `Para ${name}.`,
    asOf: (moment) => `Cartões lidos até ${moment}`,
    older: (project, moment) => `${project} até ${moment}`,
    promise: 'O Throughline não guarda horas nem classifica ninguém.',
    settings: 'Alterar ou parar este e-mail'
  }
}
