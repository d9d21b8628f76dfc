import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'

/** No database in these, or an embedded one whatever the environment says: they run once, and not again on PostgreSQL. */
const WITHOUT_DATABASE = [
  'src/model/**',
  'tests/{trello,clickup,basecamp,monday,linear,sandbox}/**',
  'tests/transport/!(sharedBudget)*',
  'tests/contract/{comments,dates,limits,oauth,paging,reading,refusals,webhooks,writes}.test.ts',
  'tests/{boundaries,config,registry}.test.ts',
  'tests/cli/{help,check,checkInput,demo,serve}.test.ts',
  'tests/server/{hostile*,listen,log,openapi}.test.ts',
  'tests/{bench,web}/**',
  // One engine says as much as the other: who is let in and asked for what, in statements that other files play on both.
  'tests/access/rights.test.ts',
  'tests/connections/oauth.test.ts',
  'tests/operations/check.test.ts'
]

/** Nothing of these can be seen without Redis. */
const NEEDS_REDIS = ['tests/transport/sharedBudget.test.ts', 'tests/jobs/overRedis.test.ts']

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'src/**/*.test.ts', 'adapters/**/*.test.ts'],
    exclude: [
      ...configDefaults.exclude,
      // In a browser: `npm run test:e2e`.
      'tests/e2e/**',
      ...(process.env.DATABASE_URL ? WITHOUT_DATABASE : []),
      ...(process.env.REDIS_URL ? [] : NEEDS_REDIS)
    ],
    globalSetup: ['tests/helpers/setup.ts'],
    // Processes are killed and servers go silent in these tests: on a busy machine one may need a second go, never a third.
    retry: process.env.CI ? 1 : 0,
    // Half of the time is spent waiting for stand-ins and other processes: every core gets a file.
    maxWorkers: Math.max(2, availableParallelism()),
    testTimeout: 90_000,
    hookTimeout: 90_000
  }
})
