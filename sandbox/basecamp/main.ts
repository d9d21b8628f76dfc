#!/usr/bin/env node
/** The Basecamp stand-in as a process of its own. */
import { playLarkfield } from '../demo/play.ts'
import { run } from '../kit/main.ts'
import { OWN_TOKEN } from './accounts.ts'
import { serveBasecamp } from './server.ts'
import { ACCOUNT } from './world.ts'

await run({
  name: 'Basecamp',
  file: 'sandbox/basecamp/main.ts',
  credentials: `Credentials: token "${OWN_TOKEN}", account "${ACCOUNT}". The API is under /${ACCOUNT}.`,
  async start({ port, clock, limits, demo }) {
    const served = await serveBasecamp({ port, clock, limits })
    const { planting } = served.standIn
    const stage = { planting, clock, dueTimes: false, labels: false, priorities: false, estimates: false }
    if (demo) await playLarkfield('basecamp', stage)
    return served
  }
})
