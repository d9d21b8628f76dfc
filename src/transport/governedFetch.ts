/**
 * The one way out to a tool's API. Waits for every budget the request counts against, bounds time and size, follows no
 * redirect (credentials would travel along), honours Retry-After, retries what may be retried with capped jittered
 * back-off, and turns every failure into an `AdapterError` from status and code.
 *
 * Guarantee: a request that is not idempotent is sent at most once unless the tool refused it before acting (429).
 */
import { type Adapter, AdapterError, type Host, type HostRequest, type HostResponse } from '../adapter.ts'
import { type Clock, type GiveBack, type Meters, systemClock, type Urgency } from './budget.ts'
import { parseJson } from './json.ts'

export interface GovernedFetchOptions {
  adapter: Pick<Adapter, 'tool' | 'baseUrl' | 'budgets' | 'budgetKeys'>
  credentials: unknown
  baseUrl?: string | null | undefined
  instance: string
  meters: Meters
  urgency: Urgency
  signal?: AbortSignal | undefined
  clock?: Clock
  random?: () => number
  /** Told of every request that left. */
  onRequest?: (() => void) | undefined
}

/** Milliseconds; bytes. */
export const LIMITS = {
  timeout: 60_000,
  body: 100_000_000,
  attempts: 4,
  backoff: 500,
  backoffCap: 30_000,
  patience: 120_000
}

/** A host for one opened account. */
export function createHost(options: GovernedFetchOptions): Host {
  return { instance: options.instance, fetch: (request) => governedFetch(request, options) }
}

async function governedFetch(request: HostRequest, options: GovernedFetchOptions): Promise<HostResponse> {
  const { signal, clock = systemClock, random = Math.random } = options
  const idempotent = request.idempotent ?? request.method !== 'POST'
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted()
    try {
      return await once(request, options)
    } catch (error) {
      if (!(error instanceof AdapterError)) throw error
      const wait = pause(error, attempt, idempotent, random)
      if (wait === null) throw error
      await clock.sleep(wait, signal)
    }
  }
}

/** How long to wait before asking again, or null when not to. */
function pause(error: AdapterError, attempt: number, idempotent: boolean, random: () => number): number | null {
  const refusedUnread = error.kind === 'rate_limited'
  const worthIt = refusedUnread || (error.kind === 'provider_down' && idempotent)
  if (!worthIt || attempt >= LIMITS.attempts) return null
  const backoff = Math.min(LIMITS.backoffCap, LIMITS.backoff * 2 ** attempt) * (0.5 + random() / 2)
  const asked = error.retryAt === null ? 0 : Date.parse(error.retryAt) - Date.now()
  // Longer than this is for the caller to plan, not to sit through.
  return asked > LIMITS.patience ? null : Math.max(asked + backoff / 4, backoff)
}

async function once(request: HostRequest, options: GovernedFetchOptions): Promise<HostResponse> {
  const { adapter, credentials, meters, urgency, signal } = options
  const owners = adapter.budgetKeys(credentials)
  const counted = adapter.budgets
    .filter((budget) => !budget.paths || budget.paths.test(request.path))
    .map((budget) => ({
      budget,
      meter: meters.meter(`${adapter.tool} ${options.baseUrl ?? ''}`, budget, owners[budget.scope])
    }))
  const longest = Math.max(0, ...counted.map(({ meter }) => meter.closedFor))
  if (longest > LIMITS.patience) {
    throw new AdapterError('rate_limited', { code: 'waiting', retryAt: new Date(Date.now() + longest).toISOString() })
  }
  const returns: GiveBack[] = []
  let sent = false
  try {
    for (const { meter } of counted) returns.push(await meter.take(request.units ?? 1, urgency, signal))
    sent = true
    options.onRequest?.()
    return await send(request, options, (code, ms) => {
      // The tool may say which budget is used up; the others, and who shares them, go on.
      const named = counted.filter(({ budget }) => code !== null && budget.refusals?.includes(code))
      for (const { meter } of named.length > 0 ? named : counted) meter.close(ms)
    })
  } finally {
    for (const giveBack of returns) giveBack(sent)
  }
}

async function send(
  request: HostRequest,
  { adapter, baseUrl, signal }: GovernedFetchOptions,
  closeFor: (code: string | null, ms: number) => void
): Promise<HostResponse> {
  const url = `${(baseUrl ?? adapter.baseUrl).replace(/\/+$/, '')}${request.path}`
  const timeout = AbortSignal.timeout(LIMITS.timeout)
  let response: Response
  let text: string
  try {
    response = await fetch(url, {
      method: request.method,
      headers: {
        accept: 'application/json',
        'user-agent': 'Throughline (https://throughline.example)',
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout
    })
    text = await bounded(response)
  } catch (cause) {
    if (cause instanceof AdapterError) throw cause
    signal?.throwIfAborted()
    const code = timeout.aborted ? 'timeout' : (causeCode(cause) ?? 'no_answer')
    throw new AdapterError('provider_down', { code, unclear: code !== 'ECONNREFUSED' && code !== 'ENOTFOUND', cause })
  }
  if (response.ok) return answer(response, text)
  const error = failure(response, text)
  if (error.kind === 'rate_limited') {
    closeFor(error.code, error.retryAt ? Math.max(0, Date.parse(error.retryAt) - Date.now()) : intervalOf(response))
  }
  throw error
}

function answer(response: Response, text: string): HostResponse {
  const date = Date.parse(response.headers.get('date') ?? '')
  return {
    status: response.status,
    headers: response.headers,
    at: new Date(Number.isNaN(date) ? Date.now() : date).toISOString(),
    json() {
      try {
        return parseJson(text)
      } catch (cause) {
        const code = /^\s*</.test(text) ? 'html' : text === '' ? 'empty' : 'not_json'
        throw new AdapterError('bad_response', { status: response.status, code, path: '', unclear: true, cause })
      }
    }
  }
}

/** What a status says. The tool's own code is kept; message text decides nothing. */
function failure(response: Response, text: string): AdapterError {
  const facts = { status: response.status, code: codeOf(text) }
  switch (response.status) {
    case 401:
      return new AdapterError('auth_revoked', facts)
    case 402:
      return new AdapterError('plan_limit', facts)
    case 403:
      return new AdapterError('forbidden', facts)
    case 404:
    case 410:
      return new AdapterError('not_found', facts)
    case 429:
      return new AdapterError('rate_limited', { ...facts, retryAt: retryAt(response) })
    case 408:
    case 425:
    case 449:
      return new AdapterError('provider_down', { ...facts, unclear: true })
    default:
      return response.status >= 500
        ? new AdapterError('provider_down', { ...facts, retryAt: retryAt(response), unclear: true })
        : new AdapterError('bad_response', facts)
  }
}

function codeOf(text: string): string | null {
  try {
    const body = JSON.parse(text) as { error?: unknown; code?: unknown } | null
    const code = body?.error ?? body?.code
    return typeof code === 'string' && /^[\w.-]{1,80}$/.test(code) ? code : null
  } catch {
    return null
  }
}

/** Retry-After as seconds or as a date (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after). */
function retryAt(response: Response): string | null {
  const header = response.headers.get('retry-after')
  if (header === null) return null
  const at = /^\d+$/.test(header.trim()) ? Date.now() + Number(header) * 1000 : Date.parse(header)
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

const intervalOf = (response: Response): number => {
  const interval = Number(response.headers.get('x-rate-limit-api-token-interval-ms'))
  return interval > 0 && interval <= 900_000 ? interval : 10_000
}

async function bounded(response: Response): Promise<string> {
  if (!response.body) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body) {
    size += chunk.byteLength
    if (size > LIMITS.body)
      throw new AdapterError('bad_response', { status: response.status, code: 'too_large', path: '' })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function causeCode(error: unknown): string | null {
  const code = (error as { cause?: { code?: unknown } }).cause?.code ?? (error as { code?: unknown }).code
  return typeof code === 'string' ? code : null
}
