/** The hub that tests of this worker play on. */
import { inject } from 'vitest'
import type { Place } from './setup.ts'

export function here(): Place {
  const places = inject('places')
  const place = places[(Number(process.env.VITEST_POOL_ID) - 1) % places.length]
  if (!place) throw new Error('This worker has no hub.')
  return place
}
