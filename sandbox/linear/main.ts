#!/usr/bin/env node
/** The Linear stand-in as a process of its own. */
import { playLarkfield } from '../demo/play.ts'
import { run } from '../kit/main.ts'
import { serveLinear } from './server.ts'

await run({
  name: 'Linear',
  file: 'sandbox/linear/main.ts',
  credentials:
    'Credentials: API key "lin_api_sandbox"; OAuth client "sandbox-client", secret "sandbox-secret". GraphQL is at /graphql.',
  options: { schema: "FILE    the vendor's whole schema instead of the part shipped here; again for extensions" },
  async start({ given, port, clock, limits, demo }) {
    const served = await serveLinear({ port, clock, limits, schema: given.schema })
    const { planting } = served.standIn
    const stage = { planting, clock, dueTimes: false, labels: true, priorities: true, estimates: true }
    if (demo) await playLarkfield('linear', stage)
    return served
  }
})
