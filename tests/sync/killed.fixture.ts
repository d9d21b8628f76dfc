/** One look at one scope, in a process of its own that a test may kill. */
import { readConfig } from '../../src/config.ts'
import { openHub } from '../../src/hub.ts'
import { syncScope } from '../../src/sync/run.ts'

export interface LookOrder {
  env: Record<string, string>
  scope: string
}

const { env, scope } = JSON.parse(process.argv[2] ?? '{}') as LookOrder
const hub = await openHub(readConfig(env))
const outcome = await syncScope(hub, scope)
await hub.close()
process.stdout.write(JSON.stringify(outcome))
