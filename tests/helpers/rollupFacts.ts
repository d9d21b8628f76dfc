/** A full week of an invented agency, for tests and for looking at: every kind of fact occurs once. */
import type { RollupCard, RollupFacts } from '../../src/reports/rollup/facts.ts'

const card = (title: string, changes: Partial<RollupCard> = {}): RollupCard => ({
  title,
  url: `https://trello.example/c/${encodeURIComponent(title.toLowerCase().replaceAll(' ', '-'))}`,
  state: 'done',
  since: null,
  dueAt: null,
  dueIsDate: false,
  workingDays: null,
  ...changes
})

const weekStarts = [
  '2026-09-27T22:00:00.000Z',
  '2026-10-04T22:00:00.000Z',
  '2026-10-11T22:00:00.000Z',
  '2026-10-18T22:00:00.000Z',
  '2026-10-25T23:00:00.000Z',
  '2026-11-01T23:00:00.000Z',
  '2026-11-08T23:00:00.000Z',
  '2026-11-15T23:00:00.000Z',
  '2026-11-22T23:00:00.000Z'
] as const
const doneByWeek = [71, 68, 80, 74, 79, 60, 76, 81]
const daysByWeek = [5.4, 5.1, 5.3, 4.8, 4.6, 4.9, 4.4, 4.2]

export const sampleFacts: RollupFacts = {
  recipient: { name: 'Sara Lind', zone: 'Europe/Stockholm', language: 'en' },
  schedule: { weekday: 1, time: '07:30', zone: 'Europe/Stockholm' },
  week: { year: 2026, week: 47, from: '2026-11-15T23:00:00.000Z', to: '2026-11-22T23:00:00.000Z' },
  asOf: '2026-11-23T05:10:00.000Z',
  older: [{ project: 'Fjord Bank careers page', asOf: '2026-11-23T04:40:00.000Z' }],
  leftOut: [],
  figures: {
    done: 81,
    doneBefore: 76,
    carriedOver: 39,
    carriedOverBefore: 43,
    overdue: 15,
    overdueNew: 6,
    overdueFixed: 11,
    stuck: 10,
    stuckOldestSince: '2026-10-28T09:00:00.000Z'
  },
  keyResults: [
    {
      title: 'Placements signed',
      objective: 'Fill searches faster',
      unit: '',
      start: 0,
      target: 60,
      direction: 'up',
      before: 27,
      after: 30,
      contributed: 4,
      reversed: 1,
      expectedByNow: 35,
      status: 'at risk',
      url: 'https://hub.larkfield.example/k/1'
    },
    {
      title: 'Days to a shortlist',
      objective: 'Fill searches faster',
      unit: 'days',
      start: 12,
      target: 5,
      direction: 'down',
      before: 8.5,
      after: 7.2,
      contributed: 9,
      reversed: 0,
      expectedByNow: 8,
      status: 'on track',
      url: 'https://hub.larkfield.example/k/2'
    },
    {
      title: 'Interview feedback within 2 days',
      objective: 'A portal clients like',
      unit: '%',
      start: 60,
      target: 90,
      direction: 'up',
      before: 79,
      after: 81,
      contributed: 12,
      reversed: 0,
      expectedByNow: null,
      status: 'on track',
      url: null
    },
    {
      title: 'Onboarding done in the first week',
      objective: 'A good first month',
      unit: '%',
      start: 50,
      target: 85,
      direction: 'up',
      before: 58,
      after: 58,
      contributed: 0,
      reversed: 0,
      expectedByNow: 70.5,
      status: 'off track',
      url: 'https://hub.larkfield.example/k/4'
    }
  ],
  projects: [
    {
      name: 'Search and shortlists',
      url: 'https://trello.example/b/search',
      done: 6,
      people: [
        {
          name: 'Tomás Ortega',
          cards: [
            card('Offer signed: Vela, data engineer'),
            card('Reference calls for the Oslo cohort', {
              state: 'overdue',
              dueAt: '2026-10-19T00:00:00.000Z',
              dueIsDate: true,
              workingDays: 25
            })
          ]
        },
        {
          name: null,
          cards: [card('Shortlist for Nordwind'), card('Salary bands for 2027', { state: 'carried over' })]
        },
        {
          name: 'Ängla Berg',
          cards: [
            card('Offer signed: Brightwell, senior Go engineer'),
            card('Second interview: Fjord Bank', {
              state: 'stuck',
              since: '2026-11-06T09:12:00.000Z',
              workingDays: 11
            })
          ]
        },
        {
          name: 'Ana Silva',
          cards: [
            card('Nine shortlists sent'),
            card('Intake call with Vela', {
              state: 'carried over',
              since: '2026-11-12T09:00:00.000Z',
              dueAt: '2026-11-27T00:00:00.000Z',
              dueIsDate: true
            })
          ]
        }
      ]
    },
    {
      name: 'Client portal',
      url: null,
      done: 2,
      people: [{ name: 'Kofi Mensah', cards: [card('Sign-in by link'), card('Upload over 20 MB', { url: null })] }]
    }
  ],
  waiting: [
    {
      title: 'Onboarding checklist: who owns step 3?',
      url: 'https://trello.example/c/onboarding',
      why: 'stuck',
      sinceIsDate: false,
      since: '2026-10-28T09:00:00.000Z',
      workingDays: 17,
      assignees: ['Sara Lind', 'Kofi Mensah']
    },
    {
      title: 'Reference calls for the Oslo cohort',
      url: 'https://trello.example/c/reference',
      why: 'overdue',
      sinceIsDate: false,
      since: '2026-10-19T00:00:00.000Z',
      workingDays: 25,
      assignees: []
    }
  ],
  counts: { noAssignee: 6, noDeadline: 12 },
  findings: {
    opened: 24,
    fixed: 58,
    medianDaysToFix: 1.6,
    byRule: [
      { rule: 'overdue', open: 15, opened: 6, fixed: 11 },
      { rule: 'missing-deadline', open: 12, opened: 9, fixed: 14 },
      { rule: 'stale-doing', open: 8, opened: 5, fixed: 9 },
      { rule: 'no-assignee', open: 6, opened: 4, fixed: 10 },
      { rule: 'Needs a client’s word', open: 0, opened: 0, fixed: 14 }
    ]
  },
  weeks: doneByWeek.map((done, at) => ({
    from: weekStarts[at] ?? '',
    to: weekStarts[at + 1] ?? '',
    done,
    medianDays: daysByWeek[at] ?? null
  })),
  links: {
    week: 'https://hub.larkfield.example/weeks/2026-W47',
    settings: 'https://hub.larkfield.example/settings/mail'
  }
}
