/** Larkfield, a made-up remote firm for recruitment and engineering services: its people, its boards, its words. */

export const PEOPLE = [
  'Ana Ribeiro',
  'Lucía Fernández',
  'Tomás Ortega',
  'Jonas Keller',
  'Mei Tanaka',
  'Kofi Mensah',
  'Priya Nair',
  'Elif Demir'
] as const

/** What a column means, in the words of the task model. */
export type Meaning = 'backlog' | 'todo' | 'doing' | 'blocked' | 'done' | 'reference'

export interface DemoBoard {
  name: string
  desc: string
  /** Left to right. */
  lists: [name: string, meaning: Meaning][]
  archivedList: string
  /** Who works here; indices of PEOPLE. */
  team: number[]
  labels: [name: string, color: string][]
  titles: string[]
  notes: string[]
  template: string
  separator: string
  points: boolean
}

const ROLES = [
  'Senior Go engineer',
  'Data engineer',
  'Product designer',
  'QA lead',
  'Payroll specialist',
  'Platform engineer'
]
const MORE_ROLES = ['Support lead', 'Frontend engineer', 'Head of data', 'Office manager', 'Security engineer']
const CLIENTS = ['Brightwell', 'Fjord Bank', 'Nordwind', 'Vela', 'Tallow']

const searches: DemoBoard = {
  name: 'Searches',
  desc: 'One card per search. A search is signed when the offer is back with both names on it.',
  lists: [
    ['Backlog', 'backlog'],
    ['To do', 'todo'],
    ['Sourcing', 'doing'],
    ['Interviewing', 'doing'],
    ['On hold', 'blocked'],
    ['Signed', 'done']
  ],
  archivedList: 'Summer interns',
  team: [0, 1, 2, 6, 7],
  labels: [
    ['engineering', 'blue'],
    ['operations', 'green'],
    ['replacement', 'orange'],
    ['confidential', 'red']
  ],
  titles: [...ROLES, ...MORE_ROLES].flatMap((role) => CLIENTS.map((client) => `${role} for ${client}`)),
  notes: [
    'Two candidates are through the first round, notes are in the scorecard.',
    'The client would like someone closer to their time zone. I said we would widen it by two hours at most.',
    'Salary band confirmed by mail this morning.',
    'Can we agree on who asks the technical questions?',
    'Shortlist of four sent, feedback promised by the end of the week.',
    'References look good, one is still to come.',
    'They moved the panel once more.',
    'I have asked for a second slot, so that nobody has to wait.'
  ],
  template: 'New search: copy this card',
  separator: '— Closing this month —',
  points: false
}

const portal: DemoBoard = {
  name: 'Client portal',
  desc: 'What our clients see: candidates, interviews, contracts. Points are agreed on Tuesdays.',
  lists: [
    ['Backlog', 'backlog'],
    ['To do', 'todo'],
    ['Doing', 'doing'],
    ['Blocked', 'blocked'],
    ['In review', 'doing'],
    ['Done', 'done']
  ],
  archivedList: 'Ideas of last year',
  team: [3, 4, 6, 0],
  labels: [
    ['bug', 'red'],
    ['feature', 'blue'],
    ['accessibility', 'purple'],
    ['no-alerts', 'black']
  ],
  titles: [
    'Sign in by mailed link',
    'Show interview slots in the visitor’s own time zone',
    'Export a shortlist as PDF',
    'Comment on a candidate without leaving the list',
    'Keep filters when going back',
    'Upload of signed offers stops at 20 MB',
    'Candidate photo is cut off on small screens',
    'Audit trail for who opened a profile',
    'Two people edit one scorecard at once',
    'Weekly digest for hiring managers',
    'Faster first page for clients with many searches',
    'Translate the status words into Spanish',
    'Keyboard order on the scorecard form',
    'Contrast of the grey labels',
    'Single sign-on for the larger clients',
    'Retry webhooks to applicant systems',
    'Empty state when no search is open',
    'Remember the last board a client looked at',
    'Hide salary from guests',
    'Calendar feed with interview times',
    'Error page that says whom to write to',
    'Undo after rejecting a candidate',
    'Import past searches from spreadsheets',
    'Search by skill, also misspelt',
    'Merge two profiles of one person',
    'Delete a profile after the agreed time',
    'Show when data was last read',
    'Limit how often an API key may call',
    'Feedback form that works without JavaScript',
    'Placement report per quarter',
    'Log out everywhere',
    'Warn before an offer runs out',
    'Notes that only our side can read',
    'Attach a recording to an interview',
    'Let clients set out-of-office days',
    'Smaller images in candidate lists',
    'Test the restore of a backup',
    'Move old log-ins to the new table',
    'Sort candidates by next step',
    'Rate an interview in two taps',
    'Tell the recruiter when a client replies',
    'Page for accepted cookies',
    'Show the contract’s state beside the offer',
    'Colours for colour-blind readers',
    'Print view of a scorecard',
    'Shorter links in mails'
  ],
  notes: [
    'Works on my machine and on the test server, the build is green.',
    'Found why: the date is parsed twice. A fix is on its way.',
    'Needs a decision about old browsers before I go on.',
    'Reviewed, two small remarks in the code.',
    'A client asked about this again on Thursday’s call.',
    'Split into two, the second half is a card of its own now.',
    'Measured: 1.9 s before, 0.6 s after.',
    'Waiting for the texts in Spanish.'
  ],
  template: 'Bug report: copy this card',
  separator: '— Next release below —',
  points: true
}

const contracts: DemoBoard = {
  name: 'Contracts and payroll',
  desc: 'Everybody paid on the promised day, every contract on file before the first morning.',
  lists: [
    ['Read me first', 'reference'],
    ['To do', 'todo'],
    ['Doing', 'doing'],
    ['Waiting for others', 'blocked'],
    ['Done', 'done']
  ],
  archivedList: 'Old provider',
  team: [0, 5, 6, 7],
  labels: [
    ['payroll', 'green'],
    ['contract', 'yellow'],
    ['equipment', 'sky'],
    ['tax', 'red']
  ],
  titles: [
    'Payroll for Accra',
    'Payroll for Lisbon',
    'Payroll for Bogotá',
    'Payroll for Tallinn',
    'Contract template for Colombia, second reading',
    'Laptops for two starters in Accra',
    'Right-to-work check for the Lisbon starters',
    'Bank details of three contractors have changed',
    'Sick pay rules for Estonia',
    'Public holidays of next year in every calendar',
    'Renew the insurance for contractors',
    'Invoice run for the engineering clients',
    'Late invoice of Nordwind',
    'Expense policy in plain words',
    'Parental leave cover for Vela’s payroll',
    'Pension letters for Portugal',
    'Probation talks for October starters',
    'Return of equipment from former colleagues',
    'New signature tool, trial with five contracts',
    'Overtime of the support team',
    'Answers to the auditor’s questions',
    'Contract end dates of this quarter',
    'Travel costs of the Oslo week',
    'Tax certificates for contractors',
    'Salary benchmark for Fjord Bank',
    'Onboarding list for starters in Spain',
    'Payslips that people can read on a phone',
    'Notice periods by country',
    'Correct October’s meal allowance',
    'Retention bonus for the platform team',
    'Exchange rate used for Ghana',
    'Data processing agreement with Tallow',
    'Move payroll files to the new folder',
    'Badge and keys for the Lisbon office',
    'Reminder before visas run out',
    'Freelancer invoices without a purchase order',
    'Raise letters for the spring round',
    'Check the hours of part-time colleagues',
    'Close the old payroll provider’s account',
    'Contact list for payroll emergencies'
  ],
  notes: [
    'Sent to the provider, they answer within two days.',
    'One form is missing, I have asked for it.',
    'Paid on time, all but one, whose account number was wrong.',
    'Legal has two questions about the notice period.',
    'Signed by both, filed.',
    'The bank holds it until Monday.',
    'Figures agree with last month’s, checked twice.',
    'Let us do this together on Wednesday, it is quicker.'
  ],
  template: 'New starter: copy this card',
  separator: '— Month end —',
  points: false
}

export const BOARDS: readonly DemoBoard[] = [searches, portal, contracts]
