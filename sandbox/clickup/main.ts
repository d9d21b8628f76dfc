#!/usr/bin/env node
/** The ClickUp stand-in as a process of its own. */
import { playLarkfield } from '../demo/play.ts'
import { run } from '../kit/main.ts'
import { OWN_TOKEN } from './accounts.ts'
import { serveClickup } from './server.ts'

await run({
  name: 'ClickUp',
  file: 'sandbox/clickup/main.ts',
  credentials: `Credentials: token "${OWN_TOKEN}". The API is under /api.`,
  async start({ port, clock, limits, demo }) {
    const served = await serveClickup({ port, clock, limits })
    const { planting } = served.standIn
    const stage = { planting, clock, dueTimes: true, labels: true, priorities: true, estimates: true }
    if (demo) await playLarkfield('clickup', stage)
    return served
  }
})
