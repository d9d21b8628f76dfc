/**
 * The one way out to a tool's API. Waits for every budget the request counts against, bounds time and size, follows no
 * redirect (credentials would travel along), honours Retry-After, retries what may be retried with capped jittered
 * back-off, and turns every failure into an `AdapterError` from status and code.
 *
 * Guarantee: a request that is not idempotent is sent at most once unless the tool refused it before acting (429).
 */
import {
  type Adapter,
  AdapterError,
  type Answer,
  type Budget,
  type Host,
  type HostRequest,
  type HostResponse,
  type Quota
} from '../adapter.ts'
import { BudgetUsedUp, type Clock, type GiveBack, type Meters, systemClock, type Urgency } from './budget.ts'
import { parseJson } from './json.ts'

export interface GovernedFetchOptions {
  adapter: Pick<Adapter, 'tool' | 'baseUrl' | 'hosts' | 'budgets' | 'budgetKeys' | 'authorize' | 'refusal' | 'quotas'>
  credentials: CredentialSource
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

/** Where a request's credentials come from, each time anew: they may be renewed while a session is open. */
export interface CredentialSource {
  current(): unknown
  /** Renews what the tool refused; false when that cannot be done. Absent: these credentials are not renewed. */
  renew?(refused: unknown): Promise<boolean>
}

/** Milliseconds; bytes. */
export const LIMITS = {
  timeout: 60_000,
  body: 100_000_000,
  attempts: 4,
  backoff: 500,
  backoffCap: 30_000,
  patience: 120_000,
  /** How long nobody asks after a refusal that names no time. */
  refused: 10_000
}

/** A host for one opened account. */
export function createHost(options: GovernedFetchOptions): Host {
  // Waiting goes by the clock that the budgets go by.
  const clocked = { ...options, clock: options.clock ?? options.meters.clock }
  return { instance: options.instance, fetch: (request) => governedFetch(request, clocked) }
}

async function governedFetch(request: HostRequest, options: GovernedFetchOptions): Promise<HostResponse> {
  const { signal, clock = systemClock, random = Math.random, credentials, meters } = options
  const idempotent = request.idempotent ?? request.method !== 'POST'
  let renewed = false
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted()
    const used = credentials.current()
    try {
      const ask = () => once(request, used, options)
      return await (request.lane === undefined ? ask() : meters.lane(laneOf(request.lane, used, options), ask, signal))
    } catch (error) {
      if (!(error instanceof AdapterError)) throw error
      if (error.kind === 'auth_revoked' && !renewed && credentials.renew) {
        renewed = true
        if (await credentials.renew(used)) continue
      }
      const wait = pause(error, attempt, idempotent, random, clock)
      if (wait === null) throw error
      await clock.sleep(wait, signal)
    }
  }
}

/** The meters that an account's requests count against, budget by budget. */
export function metersOf(
  {
    adapter,
    meters,
    baseUrl
  }: Pick<GovernedFetchOptions, 'meters' | 'baseUrl'> & {
    adapter: Pick<Adapter, 'tool' | 'budgets' | 'budgetKeys'>
  },
  credentials: unknown
) {
  const owners: Record<string, string> = { address: 'here', ...adapter.budgetKeys(credentials) }
  return adapter.budgets.map((budget) => ({
    budget,
    meter: meters.meter(`${adapter.tool} ${baseUrl ?? ''}`, budget, owners[budget.scope] ?? '')
  }))
}

const laneOf = (lane: string, credentials: unknown, { adapter }: GovernedFetchOptions): string =>
  `${adapter.tool} ${adapter.budgetKeys(credentials).account} ${lane}`

/** How long to wait before asking again, or null when not to. */
function pause(
  error: AdapterError,
  attempt: number,
  idempotent: boolean,
  random: () => number,
  clock: Clock
): number | null {
  const refusedUnread = error.kind === 'rate_limited'
  const worthIt = refusedUnread || (error.kind === 'provider_down' && (idempotent || !error.unclear))
  if (!worthIt || attempt >= LIMITS.attempts) return null
  const backoff = Math.min(LIMITS.backoffCap, LIMITS.backoff * 2 ** attempt) * (0.5 + random() / 2)
  const asked = error.retryAt === null ? 0 : Date.parse(error.retryAt) - clock.wall()
  // Longer than this is for the caller to plan, not to sit through.
  return asked > LIMITS.patience ? null : Math.max(asked + backoff / 4, backoff)
}

async function once(request: HostRequest, credentials: unknown, options: GovernedFetchOptions): Promise<HostResponse> {
  const { urgency, signal, clock = systemClock } = options
  const url = addressOf(request.path, options)
  const counted = metersOf(options, credentials)
    .filter(({ budget }) => !budget.paths || budget.paths.test(request.path))
    .map((one) => ({ ...one, units: unitsOf(request, one.budget) }))
  const taking = { signal, patience: LIMITS.patience }
  const returns: GiveBack[] = []
  let sent = false
  try {
    for (const { meter, units } of counted) if (units > 0) returns.push(await meter.take(units, urgency, taking))
    sent = true
    options.onRequest?.()
    return await send(url, request, credentials, options, {
      learn: (quotas) => {
        for (const quota of quotas) counted.find(({ budget }) => budget.name === quota.budget)?.meter.learn(quota)
      },
      close: (code, ms) => {
        // The tool may say which budget is used up; the others, and who shares them, go on.
        const named = counted.filter(({ budget }) => code !== null && budget.refusals?.includes(code))
        const unnamed = counted.filter(({ budget }) => !budget.calendarDay)
        for (const { meter } of named.length > 0 ? named : unnamed) meter.close(ms)
      }
    })
  } catch (error) {
    if (!(error instanceof BudgetUsedUp)) throw error
    // Longer than this is for the caller to plan, not to sit through: a job that sits keeps others from running.
    const retryAt = new Date(clock.wall() + error.forMs).toISOString()
    throw new AdapterError('rate_limited', { code: 'waiting', retryAt })
  } finally {
    for (const giveBack of returns) giveBack(sent)
  }
}

function unitsOf({ units = 1 }: HostRequest, { name, of = 'requests' }: Budget): number {
  if (typeof units === 'number') return of === 'requests' ? units : 0
  return units[name] ?? (of === 'requests' ? 1 : 0)
}

/**
 * Where a request goes. Credentials travel to the tool's own hosts and nowhere else. A stand-in answers for a tool's
 * other hosts below its own address.
 */
function addressOf(path: string, { adapter, baseUrl }: GovernedFetchOptions): string {
  const base = (baseUrl ?? adapter.baseUrl).replace(/\/+$/, '')
  if (path.startsWith('/')) return `${base}${path}`
  const asked = URL.parse(path)
  if (asked?.origin === new URL(base).origin) return asked.href
  if (asked?.protocol === 'https:' && adapter.hosts?.includes(asked.host)) {
    return baseUrl ? `${new URL(baseUrl).origin}/${asked.host}${asked.pathname}${asked.search}` : asked.href
  }
  throw new AdapterError('bad_response', { code: 'foreign_address', path: 'url' })
}

interface Learned {
  learn(quotas: readonly Quota[]): void
  close(code: string | null, ms: number): void
}

async function send(
  url: string,
  request: HostRequest,
  credentials: unknown,
  { adapter, signal, clock = systemClock }: GovernedFetchOptions,
  { learn, close }: Learned
): Promise<HostResponse> {
  const timeout = AbortSignal.timeout(LIMITS.timeout)
  let response: Response
  let text: string
  try {
    response = await fetch(url, {
      method: request.method,
      headers: {
        accept: 'application/json',
        'user-agent': 'Throughline (https://throughline.example)',
        ...(request.body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
        ...adapter.authorize(credentials),
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
  const answer = answerOf(response, text)
  if (adapter.quotas) learn(adapter.quotas(answer))
  const accepted = response.ok || request.accept?.includes(response.status)
  const error = refused(answer, adapter, clock) ?? (accepted ? null : failure(answer, clock))
  if (error === null) return hostResponse(response, answer, text)
  if (error.kind === 'rate_limited') {
    close(error.code, error.retryAt ? Math.max(0, Date.parse(error.retryAt) - clock.wall()) : LIMITS.refused)
  }
  throw error
}

/** The body is parsed when somebody looks at it, and once. */
function answerOf(response: Response, text: string): Answer {
  let parsed: { value: unknown } | null = null
  return {
    status: response.status,
    headers: response.headers,
    get body() {
      parsed ??= { value: parsedOr(text) }
      return parsed.value
    }
  }
}

function parsedOr(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

function hostResponse(response: Response, answer: Answer, text: string): HostResponse {
  const date = Date.parse(response.headers.get('date') ?? '')
  return {
    status: response.status,
    headers: response.headers,
    at: new Date(Number.isNaN(date) ? Date.now() : date).toISOString(),
    json() {
      const value = answer.body
      if (value !== undefined) return value
      const code = /^\s*</.test(text) ? 'html' : text === '' ? 'empty' : 'not_json'
      throw new AdapterError('bad_response', { status: response.status, code, path: '', unclear: true })
    }
  }
}

function refused(answer: Answer, adapter: GovernedFetchOptions['adapter'], clock: Clock): AdapterError | null {
  const refusal = adapter.refusal?.(answer)
  if (!refusal) return null
  const { kind, code, retryAfterMs, unclear = false } = refusal
  const waits = [retryAfterMs, retryAfter(answer.headers, clock)].filter((ms) => ms != null)
  const retryAt = waits.length > 0 ? new Date(clock.wall() + Math.max(...waits)).toISOString() : null
  return new AdapterError(kind, { status: answer.status, code, retryAt, unclear })
}

/** What a status says. The tool's own code is kept; message text decides nothing. */
function failure(answer: Answer, clock: Clock): AdapterError {
  const { status, headers } = answer
  const facts = { status, code: codeOf(answer.body) }
  const wait = retryAfter(headers, clock)
  const retryAt = wait === null ? null : new Date(clock.wall() + wait).toISOString()
  switch (status) {
    case 401:
      return new AdapterError('auth_revoked', facts)
    case 402:
    case 507:
      return new AdapterError('plan_limit', facts)
    case 403:
      return new AdapterError('forbidden', facts)
    case 404:
    case 410:
      return new AdapterError('not_found', facts)
    case 429:
      return new AdapterError('rate_limited', { ...facts, retryAt })
    case 408:
    case 425:
    case 449:
      return new AdapterError('provider_down', { ...facts, unclear: true })
    default:
      return status >= 500
        ? new AdapterError('provider_down', { ...facts, retryAt, unclear: true })
        : new AdapterError('bad_response', facts)
  }
}

function codeOf(body: unknown): string | null {
  const { error, code } = (body ?? {}) as { error?: unknown; code?: unknown }
  const found = error ?? code
  return typeof found === 'string' && /^[\w.-]{1,80}$/.test(found) ? found : null
}

/**
 * Retry-After as seconds or as a date, in milliseconds from now; null where there is none or it makes no sense
 * (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after).
 */
function retryAfter(headers: Headers, clock: Clock): number | null {
  const header = headers.get('retry-after')?.trim()
  if (!header) return null
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - clock.wall()
  return Number.isNaN(ms) || ms <= 0 ? null : ms
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
