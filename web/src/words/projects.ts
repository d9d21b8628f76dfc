/** Boards: which are read, what their columns mean, whether notes are left on cards. */
import { count, number } from './say.ts'

export const projectsWords = {
  title: 'Projects',
  sub: (chosen: number, all: number) => `${number(chosen)} of ${count(all, 'board', 'boards')} read`,
  choose: 'Choose boards',
  chooseTitle: 'Which boards are read',
  chooseWhy: 'What was read of a board stays when it is left out; rules stop looking at it.',
  keep: (boards: number) => `Read ${count(boards, 'board', 'boards')}`,
  list: 'Boards that are read',
  find: 'Find a board',
  all: 'All boards',
  failed: 'The boards could not be listed',
  empty: 'No board is chosen yet',
  emptyWhy: 'Only chosen boards are read. Connect a tool first, then choose its boards here.',
  connect: 'Connect a tool',
  line: (cards: number, findings: number) =>
    `${count(cards, 'open card', 'open cards')}, ${count(findings, 'finding', 'findings')}`,
  on: 'Notes on',
  toChoose: (n: number) => `${number(n)} to choose`,
  facts: (cards: number, open: number) => `${count(cards, 'card', 'cards')}, ${number(open)} open`,
  asOf: 'as of',
  unread: 'not read yet',
  old: 'Too old to speak from',
  lost: 'No account is shown it any more',
  openIn: (tool: string) => `Open in ${tool}`,
  findings: (n: number) => count(n, 'open finding', 'open findings'),
  setAside: (n: number) => `${count(n, 'card', 'cards')} set aside`,
  columns: {
    title: 'What its columns mean',
    sub: 'Drag a column to what it means, or choose it in its menu.',
    group: (means: string, n: number) => `${means}, ${count(n, 'column', 'columns')}`,
    nothing: 'none',
    cards: (n: number) => count(n, 'card', 'cards'),
    proposal: (column: string, means: string) => `“${column}” as ${means}`,
    apply: 'Apply',
    leave: 'Leave it',
    asNamed: 'As its name suggests',
    ignored: 'Rules look at none of these',
    looked: 'Rules look at these'
  },
  notes: {
    title: 'Notes on cards',
    states: { off: 'Off', preview: 'Preview', on: 'On' },
    label: 'Notes on cards of this board',
    off: 'Off. Nothing is written on cards; findings show here only.',
    on: 'On. A card that waits gets one note, kept up to date, and “all clear” once it moves.',
    preview: (n: number) =>
      n === 0
        ? 'No card would get a note now.'
        : `${count(n, 'card', 'cards')} would get a note now. Nothing is written yet.`,
    audience: 'Guests or clients can read this board, and would read the notes as well.',
    tooOld: 'What is known of this board is too old to speak from. Notes wait until it has been read again.',
    switchOn: (n: number) =>
      n === 0 ? 'Switch notes on' : `Switch notes on: ${count(n, 'card gets', 'cards get')} one`,
    switchedOn: 'Notes are on',
    switchedOff: 'Notes are off; those that stand on cards are taken back',
    offTitle: 'Switch notes off on this board',
    offKept: 'Cards, findings and history.',
    offDeleted: (n: number) => `Our notes on its cards. ${number(n)} findings stay visible here.`,
    offGo: 'Switch notes off',
    failed: 'The notes were not switched',
    previewFailed: 'The notes could not be written for a preview',
    more: (rest: number) => `and ${count(rest, 'more note', 'more notes')}`,
    list: 'Notes as they would stand on cards'
  }
}
