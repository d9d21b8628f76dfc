/** What Linear's answers mean: errors by their code or type, budgets by their headers. */
import type { AdapterErrorKind, Answer, Quota, Refusal } from '../../src/adapter.ts'

/** https://linear.app/developers/graphql#errors – `extensions.code` where there is one, else `extensions.type`. */
const KINDS: Record<string, AdapterErrorKind> = {
  RATELIMITED: 'rate_limited',
  AUTHENTICATION_ERROR: 'auth_revoked',
  FORBIDDEN: 'forbidden',
  FEATURE_NOT_ACCESSIBLE: 'plan_limit',
  USAGE_LIMIT_EXCEEDED: 'plan_limit',
  LOCK_TIMEOUT: 'provider_down',
  INTERNAL_ERROR: 'provider_down',
  INTERNAL_SERVER_ERROR: 'provider_down',
  NETWORK_ERROR: 'provider_down',
  BOOTSTRAP_ERROR: 'provider_down'
}

/** An answer with errors is none, whatever data came along: half a page must never pass for a whole one. */
export function refusal({ status, headers, body }: Answer): Refusal | null {
  const errors = (body as { errors?: unknown } | undefined)?.errors
  if (!Array.isArray(errors) || errors.length === 0) return status === 429 ? limited(headers, null) : null
  const codes = errors.map(codeOf)
  const worst = codes.find((code) => code !== null && KINDS[code] !== undefined) ?? codes[0] ?? null
  const kind = (worst !== null ? KINDS[worst] : undefined) ?? (status >= 500 ? 'provider_down' : 'bad_response')
  if (kind === 'rate_limited') return limited(headers, worst)
  return { kind, code: worst, ...(kind === 'provider_down' ? { unclear: true } : {}) }
}

function codeOf(error: unknown): string | null {
  const { code, type } = (error as { extensions?: { code?: unknown; type?: unknown } } | null)?.extensions ?? {}
  const named = [code, type].map(constant).filter((name) => name !== null)
  return named.find((name) => KINDS[name] !== undefined) ?? named[0] ?? null
}

/** `feature not accessible` → `FEATURE_NOT_ACCESSIBLE`. */
const constant = (name: unknown): string | null =>
  typeof name === 'string' && name !== '' ? name.toUpperCase().replace(/\W+/g, '_').slice(0, 80) : null

function limited(headers: Headers, code: string | null): Refusal {
  const spent = LIMITED.map((name) => limit(headers, name)).filter(({ left }) => left !== undefined && left <= 0)
  const waits = spent.map(({ resetMs }) => resetMs).filter((ms) => ms !== undefined)
  return {
    kind: 'rate_limited',
    code: code ?? 'RATELIMITED',
    retryAfterMs: waits.length > 0 ? Math.max(...waits) : null
  }
}

/** https://linear.app/developers/rate-limiting – the parts of `X-RateLimit-{part}-{Limit,Remaining,Reset}`. */
const LIMITED = ['requests', 'complexity', 'endpoint-requests'] as const

export function quotas({ headers }: Answer): Quota[] {
  return (['requests', 'complexity'] as const).flatMap((budget) => {
    const { amount, left, resetMs } = limit(headers, budget)
    return amount === undefined || left === undefined
      ? []
      : [{ budget, amount, left, ...(resetMs === undefined ? {} : { resetMs }) }]
  })
}

function limit(headers: Headers, name: string): { amount?: number; left?: number; resetMs?: number } {
  const amount = number(headers, name, 'limit')
  const left = number(headers, name, 'remaining')
  const reset = number(headers, name, 'reset')
  const now = Date.parse(headers.get('date') ?? '')
  return {
    ...(amount === undefined || amount <= 0 ? {} : { amount }),
    ...(left === undefined ? {} : { left }),
    // Milliseconds since 1970, on the tool's own clock.
    ...(reset === undefined ? {} : { resetMs: Math.max(0, reset - (Number.isNaN(now) ? Date.now() : now)) })
  }
}

function number(headers: Headers, limit: string, part: string): number | undefined {
  const text = headers.get(`x-ratelimit-${limit}-${part}`)
  const value = text === null || text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : undefined
}
