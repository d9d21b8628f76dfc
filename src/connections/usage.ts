import { adapterOf } from '../../adapters/index.ts'
import type { Hub } from '../hub.ts'
import { metersOf } from '../transport/governedFetch.ts'
import { credentialsOf } from './renewal.ts'

export interface BudgetUse {
  name: string
  /** Units that count now, over all processes. */
  used: number
  amount: number
  perMs: number
  of: 'requests' | 'complexity'
}

/** What an account has used of its tool's budgets, counted as its requests are. Asks the tool nothing. */
export async function budgetsOf(hub: Hub, connectionId: string): Promise<BudgetUse[]> {
  const { tool, credentials, baseUrl } = await credentialsOf(hub, connectionId)
  const meters = metersOf({ adapter: adapterOf(tool), meters: hub.meters, baseUrl }, credentials)
  return Promise.all(
    meters.map(async ({ budget: { name, perMs, of = 'requests' }, meter }) => ({
      name,
      perMs,
      of,
      ...(await meter.usage())
    }))
  )
}
