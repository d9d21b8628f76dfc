#!/usr/bin/env node
/** The monday stand-in as a process of its own. */
import { playLarkfield } from '../demo/play.ts'
import { run } from '../kit/main.ts'
import { serveMonday } from './server.ts'

await run({
  name: 'monday',
  file: 'sandbox/monday/main.ts',
  credentials: 'Credentials: token "sandbox-token". The API is under /v2.',
  options: { schema: 'FILE     the vendor’s own schema instead of the part that is played' },
  async start({ port, clock, limits, given, demo }) {
    const served = await serveMonday({ port, clock, limits, ...(given.schema?.[0] ? { schema: given.schema[0] } : {}) })
    const { planting } = served.standIn
    const stage = { planting, clock, dueTimes: false, labels: true, priorities: true, estimates: true }
    if (demo) await playLarkfield('monday', stage)
    return served
  }
})
