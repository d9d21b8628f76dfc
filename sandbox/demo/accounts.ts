/** How the demo connects to each stand-in: the account that is always there. */
import type { Tool } from '../../src/model/task.ts'

export interface DemoAccount {
  tool: Tool
  credentials: Record<string, string>
  /** The adapter's base URL at a stand-in with this address. */
  baseUrl(url: string): string
}

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  {
    tool: 'trello',
    credentials: { key: 'sandbox-key', token: 'sandbox-token' },
    baseUrl: (url) => `${url}/1`
  },
  { tool: 'clickup', credentials: { token: 'pk_183000001_SANDBOX' }, baseUrl: (url) => `${url}/api` },
  { tool: 'basecamp', credentials: { token: 'sandbox-token', account: '195539477' }, baseUrl: (url) => url },
  { tool: 'monday', credentials: { token: 'sandbox-token' }, baseUrl: (url) => url },
  { tool: 'linear', credentials: { token: 'lin_api_sandbox' }, baseUrl: (url) => url }
]
