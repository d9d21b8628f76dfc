/** better-auth's client at the hub's `/api/auth`, with its answers turned into our errors. */
import { magicLinkClient } from 'better-auth/client/plugins'
import { createAuthClient } from 'better-auth/react'
import { ApiError } from '../../api/client.ts'
import { words } from '../../words/en.ts'
import { signInWords } from '../../words/signIn.ts'

export const auth = createAuthClient({ basePath: '/api/auth', plugins: [magicLinkClient()] })

interface Answer {
  error: { status: number; code?: string | undefined; message?: string | undefined } | null
}

/** The words of better-auth are English and terse; what people meet most has words of ours. */
export async function succeed(answer: Promise<Answer>): Promise<void> {
  const { error } = await answer.catch(() => ({ error: { status: 0, code: 'unreachable' } }) satisfies Answer)
  if (!error) return
  const { status, code = `http_${status}` } = error
  throw new ApiError(
    status,
    code,
    OWN[status] ?? ('message' in error ? error.message : undefined) ?? words.line.unexpected
  )
}

const OWN: Record<number, string> = {
  0: words.line.unreachable,
  401: signInWords.signIn.wrong,
  429: signInWords.signIn.tooMany
}

/** The hub's own least; it says so itself when it is another. */
export const LEAST_PASSWORD = 10
