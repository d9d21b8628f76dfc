import type { Bench } from '../bench.ts'
import { hookToComment } from './hookToComment.ts'
import { ingest } from './ingest.ts'
import { ledger } from './ledger.ts'
import { listing } from './listing.ts'
import { memory } from './memory.ts'
import { rateLimited } from './rateLimited.ts'
import { rules } from './rules.ts'
import { embedded, sync } from './sync.ts'
import { workers } from './workers.ts'

export const benches: readonly Bench[] = [
  sync,
  embedded,
  memory,
  rateLimited,
  rules,
  ledger,
  listing,
  ingest,
  hookToComment,
  workers
]
