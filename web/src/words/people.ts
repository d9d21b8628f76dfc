/** The same person across tools. */
import { count } from './say.ts'

export const peopleWords = {
  title: 'People',
  sub: (people: number, loose: number) =>
    `${count(people, 'person', 'people')}; ${count(loose, 'account', 'accounts')} in the tools belong to nobody yet`,
  find: 'Find a name or an address',
  add: 'Add a person',
  views: { label: 'What is shown', people: 'People', accounts: 'Accounts of nobody' },
  failed: 'People could not be read',
  list: 'People and their accounts',
  heads: {
    name: 'Name',
    email: 'E-mail',
    accounts: 'Accounts',
    zone: 'Time zone',
    language: 'Language',
    days: 'Working days'
  },
  noAccounts: 'None',
  days: (days: string, team: string | null) => (team === null ? days : `${days} · ${team}`),
  more: (shown: number, all: number) => `The first ${shown} of ${all} are shown. Type a name to find the others.`,
  empty: {
    title: 'Nobody yet',
    why: 'People appear here as soon as a connected tool tells their e-mail address. Add one by hand for a tool that tells none.',
    noHit: (q: string) => `Nobody is called “${q}”`,
    noHitWhy: 'Names, e-mail addresses and the names used in the tools were searched.',
    all: 'Show everybody'
  },
  suggestions: {
    title: 'May be the same person',
    count: (n: number) => count(n, 'account', 'accounts'),
    what: (account: string, person: string) => `${account} may be ${person}`,
    because: { 'same name': 'They have the same name', 'name in the address': 'The name is in the e-mail address' },
    yes: (person: string) => `Yes, this is ${person}`,
    no: 'Someone else',
    all: (n: number) => `Show all ${n}`,
    failed: 'This was not kept'
  },
  accounts: {
    title: 'Accounts of nobody',
    list: 'Accounts that belong to nobody',
    heads: { account: 'Account', user: 'In the tool', state: 'What we know', whose: 'Whose is it' },
    open: 'Not told yet',
    nobody: 'Said to be nobody’s',
    may: (person: string, because: string) => `May be ${person}: ${because}`,
    because: { 'same name': 'same name', 'name in the address': 'name in the address' },
    yes: 'Yes',
    choose: 'Say whose it is',
    whose: (account: string) => `Whose is ${account}`,
    ask: 'Suggest again',
    more: (shown: number, all: number) => `The first ${shown} of ${all} are shown. Type a name to find the others.`,
    empty: 'Every account has its person',
    emptyWhy: 'Accounts that tools tell of without a known e-mail address will wait here, with whom they may belong to.'
  },
  done: {
    linked: (account: string, person: string) => `${account} is ${person}`,
    apart: (account: string) => `${account} is nobody’s`,
    open: (account: string) => `${account} may be suggested again`,
    added: (name: string) => `${name} added`,
    saved: (name: string) => `${name} saved`,
    removed: (name: string) => `${name} removed`
  },
  panel: {
    facts: 'Person',
    accounts: 'Accounts in the tools',
    none: 'No account is known to be theirs. Find it under “Accounts of nobody” and say so.',
    because: { mail: 'The tool tells the same e-mail address', word: 'Somebody here said so' },
    apart: 'Not theirs',
    apartOf: (account: string, tool: string) => `${account} in ${tool} is not theirs`,
    edit: 'Change',
    days: 'Working days',
    daysFrom: (calendar: string, team: string | null) =>
      team === null ? `${calendar} of the hub, as they are in no team` : `${calendar}, of the team ${team}`,
    remove: 'Remove'
  },
  form: {
    addTitle: 'Add a person',
    editTitle: (name: string) => `Change ${name}`,
    name: 'Name',
    email: 'E-mail',
    emailWhy: 'Accounts that tell this address become theirs.',
    zone: 'Time zone',
    zoneWhy: 'Their mails leave by this clock.',
    hubZone: 'As the hub',
    language: 'Language',
    languageWhy: 'Of their mails.',
    add: 'Add the person',
    failed: 'The person was not saved'
  },
  remove: {
    title: (name: string) => `Remove ${name}`,
    kept: 'Cards, findings and notes. Their accounts in the tools stay and belong to nobody then. If they can sign in here, they still can.',
    deleted: 'The person, and the reports they get by mail.',
    action: 'Remove the person',
    failed: 'The person was not removed'
  }
}
