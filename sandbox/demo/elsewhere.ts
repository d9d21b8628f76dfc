/** What Larkfield does in its other tools: one project in each, small enough to read. */
import type { PlantCategory } from '../kit/plant.ts'
import type { DemoBoard, Meaning } from './company.ts'

export type OtherTool = 'clickup' | 'basecamp' | 'monday' | 'linear'

export interface OtherProject extends Pick<DemoBoard, 'name' | 'team' | 'titles' | 'notes'> {
  lists: [name: string, meaning: Meaning, category: PlantCategory][]
  labels: string[]
}

export const ELSEWHERE: Readonly<Record<OtherTool, OtherProject>> = {
  clickup: {
    name: 'Support desk',
    lists: [
      ['to do', 'todo', 'todo'],
      ['in progress', 'doing', 'doing'],
      ['waiting for client', 'blocked', 'doing'],
      ['complete', 'done', 'done']
    ],
    team: [3, 4, 7, 1],
    labels: ['client', 'urgent call', 'how-to'],
    titles: [
      'Fjord Bank cannot open a shortlist',
      'Nordwind asks for a second log-in',
      'Vela: scorecards printed without names',
      'Brightwell: wrong time zone in an invitation',
      'Tallow wants invoices as one file',
      'How-to: invite a colleague to a search',
      'How-to: export a shortlist',
      'Log-in mail lands in spam at Fjord Bank',
      'Candidate withdrew, client still sees the profile',
      'Interview moved, the calendar did not',
      'Slow page at Vela on Monday mornings',
      'Refund for a cancelled search',
      'Access for a new hiring manager at Tallow',
      'Wrong logo in Brightwell’s mails',
      'Data export for Nordwind’s works council',
      'Call back: unhappy with the shortlist',
      'Two clients with the same name',
      'Phone numbers with a plus sign',
      'Deleted by mistake: a note to a candidate',
      'Explain the status words once more',
      'Guest sees too many columns',
      'Client asks for weekly numbers',
      'Certificate of our provider for Fjord Bank',
      'Attachment cannot be opened on a phone',
      'Question about notice periods',
      'Training session for new hiring managers',
      'Answer templates in Spanish'
    ],
    notes: [
      'Called back, they will send a screenshot.',
      'It works again for them, I ask once more tomorrow.',
      'Their own firewall; sent the list of addresses.',
      'Answered with the how-to, asked whether it helped.'
    ]
  },
  monday: {
    name: 'Events and content',
    lists: [
      ['Ideas', 'backlog', 'backlog'],
      ['Planned', 'todo', 'todo'],
      ['Working on it', 'doing', 'doing'],
      ['Stuck', 'blocked', 'doing'],
      ['Done', 'done', 'done']
    ],
    team: [1, 7, 2],
    labels: ['event', 'article', 'video'],
    titles: [
      'Breakfast for heads of data in Lisbon',
      'Article: what a good scorecard asks',
      'Video tour of the client portal',
      'Booth at the Tallinn engineering days',
      'Salary report for Portugal',
      'Case study with Vela',
      'Newsletter of the month',
      'Webinar: hiring across time zones',
      'Photos of the Accra office',
      'Talk proposals for spring',
      'Guest article by Fjord Bank',
      'Landing page for payroll services',
      'Podcast with Kofi',
      'Poster for the university fair',
      'Survey among placed engineers',
      'Thank-you cards to candidates',
      'Page about how we work without meetings',
      'Glossary of contract words',
      'Interview series, part three',
      'Numbers for the yearly review',
      'Short clips from the webinar',
      'New pictures for job posts',
      'Translate the salary report',
      'Workshop: writing job ads',
      'Alumni meeting in Bogotá'
    ],
    notes: [
      'First draft is in the folder.',
      'The venue confirmed, forty seats.',
      'Legal wants one sentence changed.',
      'Waiting for the photographer’s offer.'
    ]
  },
  basecamp: {
    name: 'Office and onboarding',
    lists: [
      ['Triage', 'backlog', 'backlog'],
      ['Figuring it out', 'todo', 'todo'],
      ['In progress', 'doing', 'doing'],
      ['Done', 'done', 'done']
    ],
    team: [5, 0, 7],
    labels: [],
    titles: [
      'Desks for the new Lisbon room',
      'First-week plan for two starters',
      'Coffee machine, again',
      'Fire drill with the neighbours',
      'Welcome parcels for Accra',
      'Quiet room for calls',
      'Handbook: holidays and sick days',
      'Keys for the Tallinn co-working',
      'Chairs that do not squeak',
      'Visitors’ Wi-Fi',
      'Buddy list for November',
      'Cleaning plan over the holidays',
      'Old monitors to the school',
      'Sign at the front door',
      'Better light in room two',
      'Allergies for the team lunch',
      'Post for people who moved',
      'Plants',
      'First-aid kit check',
      'Onboarding survey, questions',
      'Feedback from the October starters',
      'Bicycle stands',
      'Shared calendar of office days',
      'Emergency numbers by city',
      'Heating in the meeting room'
    ],
    notes: [
      'Ordered, arrives on Thursday.',
      'The landlord says yes.',
      'Two offers in, one is missing.',
      'Done with Kofi.'
    ]
  },
  linear: {
    name: 'Platform',
    lists: [
      ['Backlog', 'backlog', 'backlog'],
      ['Todo', 'todo', 'todo'],
      ['In Progress', 'doing', 'doing'],
      ['In Review', 'doing', 'doing'],
      ['Done', 'done', 'done']
    ],
    team: [3, 4, 6],
    labels: ['bug', 'reliability', 'security'],
    titles: [
      'Move log-ins to the new session table',
      'Restore test of last night’s backup',
      'Rate limit per API key',
      'Alert when the mail queue grows',
      'Smaller images for candidate lists',
      'Replace the PDF renderer',
      'Flaky test: time zones in invitations',
      'Rotate the signing keys',
      'Trace slow requests of the shortlist page',
      'Upgrade the database to the new version',
      'Remove the old search index',
      'Retry webhooks to applicant systems',
      'Audit log for admin actions',
      'Two-factor log-in for clients',
      'Cost of storage, by client',
      'Cache for public pages',
      'Build in under five minutes',
      'Delete profiles on time',
      'Feature flags that end by themselves',
      'Dead code in the import',
      'On-call notes for the holidays',
      'Uploads over 20 MB',
      'Health page for clients',
      'Keyboard shortcuts in the list',
      'Errors with a number people can quote'
    ],
    notes: [
      'Reproduced, it is the second retry.',
      'Merged, goes out with the next release.',
      'Measured: 900 ms before, 210 ms after.',
      'Reviewed, one question about the lock.'
    ]
  }
}
