/** Connecting, choosing boards and saying what columns mean: what Welcome, Connections and Projects have in common. */
import { count, number, span } from './say.ts'

const left = (seconds: number): string =>
  seconds < 90 ? `${number(Math.max(1, Math.round(seconds)), 0)} s left` : `${span(seconds / 60)} left`

export const tendingWords = {
  connect: {
    title: (tool: string) => `Connect ${tool}`,
    back: 'Another tool',
    optional: (label: string) => `${label} (optional)`,
    go: 'Connect',
    oauth: (tool: string) => `Allow access at ${tool}`,
    oauthWhy: (tool: string) =>
      `${tool} asks you what Throughline may do, then sends you back here. You never show us a password.`,
    or: 'or paste a token',
    failed: (tool: string) => `${tool} is not connected yet`,
    theTool: 'The tool',
    /** Why somebody came back from a tool without an account. */
    came: {
      denied: (tool: string) =>
        `You did not allow access at ${tool}, so nothing was connected. Start again when you are ready.`,
      unknown_state: () =>
        'This way in was used already, or ten minutes have passed. Choose the tool and start again here.',
      other_person: (tool: string) =>
        `Access to ${tool} was asked for by somebody else, or you were no longer signed in when you came back. Start again here.`,
      refused: (tool: string, prefix: string) =>
        `${tool} did not confirm the access you gave. Ask whoever runs the hub to check ${prefix}_CLIENT_ID and ${prefix}_CLIENT_SECRET, then start again.`,
      not_configured: (tool: string) => `The hub is no longer registered at ${tool}. Paste a token instead.`
    },
    cameElse: (tool: string) =>
      `You allowed access, but ${tool} did not let us read the account. Start again in a minute, or paste a token.`,
    done: (tool: string, account: string) => `${tool} is connected as ${account}`,
    kept: 'Kept encrypted, and never shown again.',
    failedTools: 'The tools could not be listed'
  },
  boards: {
    find: 'Find a board',
    chosen: (chosen: number, all: number) => `${number(chosen)} of ${number(all)} chosen`,
    all: 'Choose all shown',
    none: 'Choose none of them',
    archived: 'archived',
    guests: 'guests can read',
    more: (rest: number) => `${count(rest, 'more board', 'more boards')}; type to find them.`,
    nothing: 'No board of that name.',
    empty: 'This account sees no board',
    emptyWhy: 'Give it access in the tool, then ask again.',
    again: 'Ask the tool again',
    failed: 'The boards could not be listed',
    notSaved: 'The choice was not kept',
    saved: (chosen: number) => `${count(chosen, 'board is', 'boards are')} read from now on`
  },
  columns: {
    column: 'Column',
    cards: 'Cards',
    means: 'Means',
    because: 'Because',
    choose: 'Choose',
    meaningOf: (column: string) => `What ${column} means`,
    archived: 'archived',
    sources: {
      tool: 'the tool says so',
      confirmed: 'chosen by someone here',
      named: (phrase: string) => `its name: “${phrase}”`,
      position: 'its name, and where it stands',
      nothing: 'The name says nothing.'
    },
    would: (what: string, opened: number, closed: number) =>
      opened + closed === 0
        ? `Choosing ${what} would change no finding.`
        : `Choosing ${what} would ${[
            opened > 0 ? `open ${count(opened, 'finding', 'findings')}` : '',
            closed > 0 ? `close ${opened > 0 ? number(closed) : count(closed, 'finding', 'findings')}` : ''
          ]
            .filter(Boolean)
            .join(' and ')}.`,
    wouldBoth: (doing: number, todo: number) =>
      `Choosing Doing would open ${count(doing, 'finding', 'findings')}, To do ${number(todo)}.`,
    looking: 'Looking what that would change.',
    set: (column: string, means: string) => `${column} means ${means}`,
    failed: 'What the columns mean could not be read',
    notSet: (column: string) => `What ${column} means was not changed`,
    toChoose: (columns: number) => `${number(columns)} to choose`,
    none: 'Its columns appear here once it has been read.'
  },
  progress: {
    title: (boards: number) => `Reading ${count(boards, 'board', 'boards')}`,
    done: 'All boards have been read',
    left,
    cards: (read: number, expected: number | null) =>
      expected === null
        ? `${count(read, 'card', 'cards')} so far`
        : `${number(read)} of about ${count(expected, 'card', 'cards')}`,
    speed: (perSecond: number) => `${number(perSecond, perSecond < 10 ? 1 : 0)} per second`,
    spoken: (share: string) => `${share} read`,
    leave: 'You can leave this page; reading goes on.',
    parts: {
      label: 'What has been read so far',
      people: 'People',
      boards: 'Boards',
      columns: 'Columns',
      cards: 'Cards',
      history: 'History',
      found: (n: number) => `${number(n)} found`,
      unmapped: (n: number, open: number) =>
        open === 0 ? `${number(n)} found` : `${number(n)} found, ${number(open)} not chosen yet`,
      entries: (n: number) => count(n, 'entry', 'entries'),
      next: 'comes with the cards',
      notYet: 'not read yet'
    }
  },
  note: { whyThis: 'Why this note' }
}
