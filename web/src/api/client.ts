/**
 * The hub's API, typed from its own description. Answers that are no success, and no answer at all, become an `ApiError`; its message is the hub's own words,
 * fit to be shown.
 */
import createClient from 'openapi-fetch'
import { words } from '../words/en.ts'
import { line } from './line.ts'
import type { paths } from './schema.d.ts'

/** A hub that starts or stops; or what stands before it finds nobody there. */
const AWAY = [502, 503, 504]

export class ApiError extends Error {
  override readonly name = 'ApiError'
  /** HTTP status; 0 when there was no answer. */
  readonly status: number
  /** Stays the same, for programs: `bad_input`, `not_found`, `unreachable`, … */
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }

  /** It goes away by itself: the hub is restarting, or the line is down. */
  get passing(): boolean {
    return this.status === 0 || AWAY.includes(this.status)
  }
}

/** `fetch`, but what is no success throws an `ApiError`. */
export async function reach(request: Request): Promise<Response> {
  const answer = await fetch(request).catch((error: unknown) => {
    if (request.signal.aborted) throw error
    line.lost()
    throw new ApiError(0, 'unreachable', words.line.unreachable)
  })
  if (answer.ok) return answer
  if (AWAY.includes(answer.status)) await line.doubted()
  throw await problemOf(answer)
}

export const client = createClient<paths>({ credentials: 'same-origin', fetch: reach })

async function problemOf(answer: Response): Promise<ApiError> {
  const body = (await answer.json().catch(() => null)) as { error?: { code?: string; message?: string } } | null
  const { code = `http_${answer.status}`, message = words.line.unexpected } = body?.error ?? {}
  // Sent with a page that stood open too long: what is on it stays, and can be sent again.
  return new ApiError(answer.status, code, answer.status === 401 ? words.line.signedOut : message)
}
