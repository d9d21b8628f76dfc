/** A child process that delivers what is due, to be killed while it does. */
import { channels } from '../../src/channels/index.ts'
import { readConfig } from '../../src/config.ts'
import { openHub } from '../../src/hub.ts'
import { deliverDue, releaseDeadLeases } from '../../src/outbox/outbox.ts'

const hub = await openHub(readConfig())
await releaseDeadLeases(hub)
process.stdout.write('delivering\n')
await deliverDue(hub, channels)
await hub.close()
