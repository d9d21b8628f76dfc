/** What Findings says. */
import { count } from './say.ts'

export const findingsWords = {
  title: 'Findings',
  counted: (n: number, cards: number) => `${count(n, 'finding', 'findings')} open on ${count(cards, 'card', 'cards')}.`,
  countedClosed: (n: number, cards: number) =>
    `${count(n, 'finding', 'findings')} closed on ${count(cards, 'card', 'cards')}.`,
  state: 'Open or closed',
  states: { open: 'Open', closed: 'Closed' },
  by: 'Put together by',
  ways: { rule: 'Rule', person: 'Person', project: 'Project', reason: 'Reason' },
  all: 'All findings',
  nobody: 'Nobody yet',
  groupsLabel: 'Groups',
  columns: {
    finding: 'Finding',
    card: 'Card',
    project: 'Project',
    column: 'Column',
    assignee: 'Assignee',
    since: 'Since',
    closed: 'Closed',
    reason: 'Because'
  },
  of: (title: string, finding: string) => `${finding}: ${title}`,
  failed: 'The findings could not be read',
  empty: {
    open: 'Nothing open',
    openWhy: (looked: number) => `Rules look at ${count(looked, 'open card', 'open cards')}.`,
    lastClosed: 'The last finding closed',
    closed: 'No finding has closed yet',
    closedWhy:
      'When a card is mended, gone or no longer looked at, its finding closes and stands here with the reason.',
    group: 'Nothing here',
    groupWhy: 'What stood here has closed meanwhile.',
    all: 'Show all findings'
  }
}
