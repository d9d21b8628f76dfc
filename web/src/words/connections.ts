/** Accounts in tools: who we act as, what they may do, what is read with them. */
import { count, list, number, span } from './say.ts'

const RIGHTS = {
  read: ['Read boards and cards', 'to keep the table up to date'],
  comment: ['Write comments', 'to leave notes on cards'],
  members: ['Read members', 'to know who a card belongs to, and who sees a board'],
  webhooks: ['Manage webhooks', 'to hear of changes within seconds']
} as const

export const connectionsWords = {
  title: 'Connections',
  sub: (accounts: number) => count(accounts, 'account in a tool', 'accounts in tools'),
  failed: 'The accounts could not be listed',
  connect: 'Connect',
  connectTitle: 'Connect an account',
  accounts: 'Accounts',
  all: 'All accounts',
  empty: 'No account is connected',
  emptyWhy: 'Connect one tool to start. We only read until you say otherwise.',
  line: (tool: string, boards: number) => `${tool}, ${count(boards, 'board', 'boards')}`,
  states: {
    paused: 'Paused',
    parked: 'Refused',
    reading: 'Reading',
    failing: 'Last look failed',
    never: 'Not read yet',
    nothing: 'Nothing chosen'
  },
  connectedBy: (tool: string, by: string | null) => (by ? `${tool}, connected by ${by},` : `${tool}, connected`),
  expires: 'Its token ends',
  reconnect: 'Reconnect',
  handOver: 'Hand over',
  pause: 'Pause',
  resume: 'Resume',
  more: 'More',
  check: 'Ask the tool again',
  checked: (boards: number) => `${count(boards, 'board is', 'boards are')} shown to this account`,
  notChecked: 'The tool did not answer',
  pausedNow: 'Paused. Nothing is read or written with this account until you resume it.',
  resumed: 'Resumed; its boards are read again now',
  notPaused: 'The account was not changed',
  pausedSince: 'Paused since',
  pausedWhy:
    'Nothing is read or written with it. Its cards are as they were then; boards that another account sees are read with that one.',
  refusedSince: 'The tool has refused this account since',
  refusedWhy:
    'No further calls are made with it. Reconnect it with a new token and everything goes on where it stopped.',
  failedOne: 'This account could not be read',
  first: {
    title: 'First sync',
    started: 'started',
    cards: (read: number, expected: number | null): [string, string] =>
      expected === null ? [number(read), 'cards so far'] : [number(read), `of about ${number(expected)} cards`],
    speed: 'cards per second',
    left: (seconds: number): [string, string] =>
      seconds < 90 ? [number(Math.max(1, seconds), 0), 's left, about'] : [span(seconds / 60), 'left, about'],
    findings: (n: number): [string, string] => [number(n), n === 1 ? 'finding so far' : 'findings so far'],
    off: 'You can leave this page; reading goes on. Nothing is written to the tool: notes stay off until you switch them on, board by board.'
  },
  sample: {
    title: 'Comments will be posted as',
    now: 'just now',
    why: (tool: string) =>
      `${tool} shows the name of whoever connected. To speak with a voice of its own, connect with a member called Throughline.`,
    notes: (n: number) =>
      n === 0
        ? 'It has left no note yet.'
        : `${count(n, 'note of this account stands', 'notes of this account stand')} on cards.`
  },
  rights: {
    title: 'Rights',
    found: (n: number, of: number) => `${number(n)} of ${number(of)} shown in use`,
    names: RIGHTS,
    states: { found: 'Found', missing: 'Missing', unproven: 'Not used yet', unneeded: 'Not needed' },
    /** Reasons by the last word of the hub's. */
    reasons: {
      no_app_secret: 'it needs the app’s secret: reconnect with that, to be told at once'
    } as Record<string, string>,
    refused: 'the tool refuses them to this account',
    told: (missing: string[]) => `The tool says this account lacks: ${list(missing)}.`,
    why: 'No tool lists all rights of a token, so some show at their first use.',
    noAddress: 'The hub has no public address (PUBLIC_URL), so tools can’t tell it anything; it asks them instead.'
  },
  boards: {
    title: 'Boards',
    counts: (chosen: number, boards: number, lost: number) =>
      [`${number(chosen)} of ${number(boards)} read`, lost > 0 ? `${number(lost)} no longer shown` : '']
        .filter(Boolean)
        .join(', '),
    choose: 'Choose',
    cards: (n: number) => count(n, 'card', 'cards'),
    reading: (read: number, expected: number | null) =>
      expected === null ? `${number(read)} read` : `${number(read)} of ${number(expected)}`,
    waiting: 'waiting',
    notChosen: 'left out by you',
    lost: 'no longer shown to it',
    with: (account: string) => `read with ${account}`,
    archived: 'archived',
    unread: 'not read yet',
    more: (n: number) => `and ${count(n, 'more', 'more')}`,
    none: 'It is shown no board.'
  },
  webhook: {
    title: 'Webhooks',
    none: 'None: the tool is asked every few minutes.',
    alive: 'Live',
    some: (alive: number, all: number) => `${number(alive)} of ${number(all)} live`,
    last: 'Last event',
    never: 'none yet',
    today: 'Last 24 hours',
    received: (n: number) => `${number(n)} received`,
    checked: 'Checked',
    quiet: 'If it goes quiet',
    asks: 'We ask every few minutes instead',
    states: {
      alive: 'live',
      registering: 'registering',
      silent: 'tells us nothing',
      off: 'switched off',
      refused: 'refused'
    }
  },
  budget: {
    title: 'Call budget',
    allows: (tool: string) => `what ${tool} allows`,
    used: (amount: number, per: string, of: string) => `of ${number(amount)} ${of} in ${per}`,
    of: { requests: 'calls', complexity: 'points' },
    per: (ms: number) => (ms < 60_000 ? `${number(ms / 1000)} s` : span(ms / 60_000)),
    spoken: (used: number, amount: number) => `${number(used)} of ${number(amount)} used`,
    names: {
      token: 'per token',
      key: 'per app',
      members: 'for people',
      address: 'per address',
      account: 'per account'
    } as Record<string, string>
  },
  runs: {
    title: 'Last looks',
    none: 'Nothing has been looked at yet.',
    sweep: 'whole',
    incremental: 'what changed',
    states: { running: 'Reading', complete: 'Done', failed: 'Failed' },
    stored: (cards: number) => count(cards, 'card changed', 'cards changed'),
    calls: (requests: number) => count(requests, 'call', 'calls'),
    why: {
      auth_revoked: 'the token was refused',
      forbidden: 'the tool does not allow it',
      not_found: 'the tool no longer shows it',
      rate_limited: 'asked to slow down',
      provider_down: 'the tool did not answer',
      bad_response: 'the answer was not what it should be',
      plan_limit: 'not in the tool’s plan'
    } as Record<string, string>
  },
  setAside: {
    title: 'Set aside',
    cards: (n: number) => count(n, 'card', 'cards'),
    none: 'Every card could be read.',
    why: (path: string, reason: string) => `“${path}” ${reason}. It is tried again when the card changes.`,
    retry: 'Retry',
    retried: (read: number, left: number) =>
      left === 0
        ? `${count(read, 'card', 'cards')} read now`
        : `${number(read)} read now, ${number(left)} still not understood`,
    failed: 'They could not be read again',
    more: (n: number) => `and ${count(n, 'more', 'more')}`
  },
  removal: {
    title: 'What happens if you remove this account',
    go: 'Remove this account',
    instead: 'Hand over to a colleague instead',
    kept: (cards: number, notes: number) =>
      `Its ${count(cards, 'card', 'cards')} and their history, unseen until somebody connects again. Points that key results counted. ${
        notes === 0
          ? 'It has no notes on cards.'
          : `${count(notes, 'note', 'notes')} on cards; nobody else may change them there.`
      }`,
    goesOn: (boards: string[]) => `Boards that another account goes on reading: ${list(boards)}.`,
    deleted: (webhooks: number, findings: number) =>
      `The token, at once. ${webhooks === 0 ? '' : `${count(webhooks, 'webhook', 'webhooks')} at the tool. `}${
        findings === 0
          ? ''
          : `${count(findings, 'open finding closes', 'open findings close')}, counted as out of sight, not as fixed.`
      }`,
    stops: (boards: string[]) => `Nobody reads these any more: ${list(boards)}.`,
    question: (tool: string, name: string) => `Remove the ${tool} account of ${name}`,
    failed: 'The account was not removed',
    done: 'Removed. Its token is deleted.',
    looking: 'Looking what would follow'
  },
  handing: {
    title: (name: string) => `Hand over the boards of ${name}`,
    why: 'Another account of the same tool reads and speaks on these boards from then on, as far as it sees them. Notes this one wrote stay its own.',
    to: 'To',
    nobody: 'No other account of this tool is connected. Ask a colleague to connect theirs first.',
    go: 'Hand over',
    failed: 'The boards were not handed over',
    done: (moved: number, left: number) =>
      `${count(moved, 'board', 'boards')} handed over${left > 0 ? `; ${number(left)} stay, which that account is not shown` : ''}`
  }
}
