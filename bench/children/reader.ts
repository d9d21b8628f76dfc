/** `node reader.ts STAND_IN`: a hub reads all boards for the first time and says how much memory it had at the most. */
import { syncScope } from '../../src/sync/run.ts'
import { connectBench, freshHub } from '../ground.ts'
import { say } from './child.ts'

const hub = await freshHub('postgres')
const scopes = await connectBench(hub, { url: process.argv[2] ?? '' })
let fetched = 0
for (const scope of scopes) fetched += (await syncScope(hub, scope)).fetched
await hub.close()
// In kilobytes, as the operating system counts it.
say({ peak: process.resourceUsage().maxRSS / 1024, fetched })
