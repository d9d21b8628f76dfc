/** The first steps: connect a tool, choose boards, check what the columns mean. */
import { count, list, number } from './say.ts'

export const welcomeWords = {
  as: (name: string) => `Signed in as ${name}`,
  skip: 'Go to Throughline',
  steps: ['Connect a tool', 'Choose boards', 'Check the columns'],
  stepsLabel: 'First steps',
  tool: {
    title: 'Where does your team keep its work?',
    sub: 'Connect one tool to start; the others can follow. We only read until you say otherwise. Cards stay where they are.',
    label: 'Tools',
    ways: (oauth: boolean, asks: string[]) =>
      oauth ? `by allowing access there, or with ${list(asks)}` : `about 2 minutes, with ${list(asks)}`,
    connected: (accounts: number) => count(accounts, 'account connected', 'accounts connected'),
    on: 'Go on to the boards',
    sees: 'What managers will see:',
    seesWhat: 'cards, findings and results.',
    never: 'What nobody will see:',
    neverWhat: 'hours, activity counts or rankings of people.'
  },
  drop: {
    title: 'Drop a Trello export here',
    why: 'On Trello: board menu, “Print, export, and share”, “Export as JSON”. Up to 32 MB. No token needed; nothing is kept, nothing is written back.',
    button: 'Choose a file',
    label: 'A Trello export',
    rejected: 'This is no JSON file of 32 MB at most. Export the board as JSON and drop that file.',
    failed: 'The export could not be read',
    looking: 'Reading the board and judging its cards. It takes some seconds.'
  },
  sample: {
    title: 'Try with sample data',
    why: 'A made-up studio’s board: 17 cards, some of them waiting for someone. Nothing is stored.',
    failed: 'The sample could not be judged'
  },
  checked: {
    sub: (cards: number, open: number) => `${count(cards, 'card', 'cards')}, ${number(open)} not archived`,
    findings: (n: number) => count(n, 'finding', 'findings'),
    none: 'Nothing waits for anyone on this board.',
    more: (rest: number) => `and ${count(rest, 'more', 'more')}`,
    columns: 'What we think its columns mean',
    close: 'Put it away',
    on: 'Nothing of this was kept. Connect Trello to see it for all boards, day by day.'
  },
  boards: {
    title: 'Which boards should we read?',
    sub: 'Only chosen boards are read. Whatever you leave out can be chosen later under Projects.',
    go: (boards: number) => `Read ${count(boards, 'board', 'boards')}`,
    back: 'Connect another tool'
  },
  columns: {
    title: 'Do these columns mean what we think?',
    sub: (open: number) =>
      open === 0
        ? 'Rules look at To do, Doing and Blocked only. All of them have a meaning; you can wave them through.'
        : `Rules look at To do, Doing and Blocked only. ${open === 1 ? 'One column needs' : `${number(open)} columns need`} your word; the rest you can wave through.`,
    board: (place: number, all: number) => `board ${number(place)} of ${number(all)}`,
    next: 'Next board',
    before: 'Board before',
    finish: 'Looks right, finish',
    later: 'Decide later',
    off: 'Comments stay off until you have seen the findings. Switch them on per board, under Projects.',
    first: 'First findings',
    soFar: (n: number) => `${number(n)} so far`,
    noneYet: 'They appear here as soon as a board has been read.',
    noneAtAll: 'Nothing waits for anyone. That is good news.',
    noBoards: 'No board is chosen yet',
    noBoardsWhy: 'Choose at least one; its columns appear here as soon as it has been read.',
    choose: 'Choose boards'
  },
  rules: {
    'missing-deadline': 'no date yet',
    'no-assignee': 'nobody assigned',
    'stale-doing': 'long in the same column',
    overdue: 'past its date'
  } as Record<string, string>
}
