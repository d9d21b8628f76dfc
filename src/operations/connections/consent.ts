/** A person comes back from a tool's consent screen: their account is connected, in the name of who began. */
import { keepChange } from '../../access/audit.ts'
import type { Who } from '../../access/who.ts'
import type { Connected } from '../../connections/connect.ts'
import { type Attempt, finishOAuth, OAuthFailure } from '../../connections/oauth.ts'
import type { Hub } from '../../hub.ts'
import type { Jobs } from '../../jobs/jobs.ts'
import { goOnWith } from './connections.ts'

/**
 * `reader`: who is signed in where the answer came. Whoever began on a page has to be the one who comes back: else a link
 * sent to somebody would connect their account without their knowing. Throws `OAuthFailure`, `AdapterError`.
 */
export async function finishConsent(
  { hub, jobs }: { hub: Hub; jobs: Jobs | null },
  { answer, attempt, reader }: { answer: URLSearchParams; attempt: Attempt; reader: Who | null }
): Promise<Connected> {
  const { who, tool } = attempt
  if (who.via === 'web' && reader?.id !== who.id) throw new OAuthFailure('other_person', tool)
  const connected = await finishOAuth(hub, answer, attempt)
  await keepChange(hub.db, who, {
    operation: 'connect',
    subject: `connection ${connected.connection.id}`,
    input: { tool },
    before: null,
    after: null
  })
  await goOnWith(hub, jobs, connected.connection.id)
  return connected
}
