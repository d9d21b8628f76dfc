import { type NoteWords, say } from './noteWords.ts'
import { plural, writeNumber } from './writing.ts'

const SPELLED = 'zero uma duas três quatro cinco seis sete oito nove dez onze doze'.split(' ')

const days = (count: number): string =>
  `${writeNumber('pt', count)} ${plural('pt', count, { one: 'dia útil', other: 'dias úteis' })}`

export const pt: NoteWords = {
  address: ', ',
  rule: {
    'missing-deadline': 'Sem prazo',
    'no-assignee': 'Sem responsável',
    'stale-doing': 'Parado em andamento',
    overdue: 'Atrasado'
  },
  stale: ({ column, age, atLeast, since, limit }) =>
    atLeast
      ? say`este cartão está em ${column} há pelo menos ${days(age)}, desde ${since} ou antes. A marca deste quadro é ${limit}.`
      : say`este cartão está em ${column} há ${days(age)}, desde ${since}. A marca deste quadro é ${limit}.`,
  overdue: ({ due, age }) =>
    age > 0 ? say`este cartão tinha prazo até ${due}, há ${days(age)}.` : say`este cartão tinha prazo até ${due}.`,
  noDeadline: (removed) =>
    removed ? say`este cartão não tem data; foi retirada em ${removed}.` : say`este cartão ainda não tem data.`,
  noAssignee: () => say`ainda não há ninguém atribuído.`,
  help: {
    'stale-doing': 'Está à espera de alguém? Movê-lo encerra esta nota.',
    overdue: 'A data ainda serve? Uma nova data encerra esta nota, e concluir o cartão também.',
    'missing-deadline': 'Para quando poderia ficar pronto? Uma data no cartão encerra esta nota.',
    'no-assignee': 'Quem poderia ficar com ele? Atribuir alguém encerra esta nota.'
  },
  several: (count) => `${SPELLED[count] ?? writeNumber('pt', count)} coisas estão em aberto neste cartão:`,
  staleLine: ({ column, age, atLeast, since }) =>
    atLeast
      ? say`pelo menos ${days(age)} em ${column}, desde ${since} ou antes`
      : say`${days(age)} em ${column}, desde ${since}`,
  overdueLine: ({ due, age }) => (age > 0 ? say`prazo até ${due}, há ${days(age)}` : say`prazo até ${due}`),
  noDeadlineLine: (removed) => (removed ? say`a data foi retirada em ${removed}` : say`ainda sem data`),
  noAssigneeLine: 'ainda não há ninguém atribuído',
  andMore: (count) => `e mais ${writeNumber('pt', count)}`,
  step: {
    'stale-doing': 'mover o cartão',
    overdue: 'combinar uma nova data',
    'missing-deadline': 'definir uma data',
    'no-assignee': 'atribuir alguém'
  },
  steps: (list) => `O que ajudaria: ${list}. O que se resolve sai desta lista.`,
  whyThisNote: 'Por que esta nota',
  reference: 'Referência',
  updated: (moment) => `, atualizada em ${moment}`,
  allClear: {
    since: (moment) => say`Tudo em ordem desde ${moment}.`,
    done: 'concluído',
    moved: (column) => (column ? say`movido para ${column}` : say`movido`),
    due: (day) => (day ? `prazo até ${day}` : 'sem data'),
    assigned: 'há alguém atribuído',
    thanks: (names) => `Obrigado, ${names}.`,
    whatWasOpen: 'O que esteve em aberto, e por quanto tempo'
  }
}
