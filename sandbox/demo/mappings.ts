/** What Larkfield's ops person said after connecting: what columns mean, which key results count what, who reads. */
export const demoMappings = {
  columns: [
    { project: 'Searches', column: 'Sourcing', category: 'doing' },
    { project: 'Searches', column: 'Interviewing', category: 'doing' },
    { project: 'Searches', column: 'Signed', category: 'done' },
    { project: 'Support desk', column: 'waiting for client', category: 'blocked' },
    { project: 'Office and onboarding', column: 'Figuring it out', category: 'todo' }
  ],
  objectives: [
    {
      title: 'Fill searches faster',
      keyResults: [
        {
          title: 'Placements signed',
          target: 30,
          unit: 'placements',
          filter: 'project = "Searches"'
        }
      ]
    },
    {
      title: 'A portal clients like to use',
      keyResults: [
        {
          title: 'Portal points accepted',
          target: 120,
          unit: 'points',
          sum: 'Points',
          filter: 'project = "Client portal"'
        }
      ]
    },
    {
      title: 'Paid on the promised day, everywhere',
      keyResults: [
        {
          title: 'Contracts and payrolls closed',
          target: 40,
          unit: 'cards',
          filter: 'project = "Contracts and payroll"'
        }
      ]
    },
    {
      title: 'Clients get help, and a platform that holds',
      keyResults: [
        {
          title: 'Support questions answered',
          target: 12,
          unit: 'questions',
          filter: 'project = "Support desk"'
        },
        {
          title: 'Platform issues shipped',
          target: 10,
          unit: 'issues',
          filter: 'project = "Platform"'
        }
      ]
    }
  ],
  /** Trello shows nobody's mail address: somebody has to say who is who there. */
  people: [
    { email: 'ana.ribeiro@larkfield.example', account: 'trello:@anaribeiro' },
    { email: 'jonas.keller@larkfield.example', account: 'trello:@jonaskeller' },
    { email: 'mei.tanaka@larkfield.example', account: 'trello:@meitanaka' },
    { email: 'elif.demir@larkfield.example', account: 'trello:@elifdemir' }
  ],
  person: { name: 'Ana Ribeiro', email: 'ana.ribeiro@larkfield.example', timeZone: 'Europe/Lisbon', language: 'en' }
} as const
