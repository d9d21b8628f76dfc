/**
 * What monday's answers mean beyond their status: errors come inside 200, codes stand in `extensions.code`, budgets in
 * the headers. https://developer.monday.com/api-reference/docs/error-handling.md · /docs/rate-limits.md
 */
import type { AdapterErrorKind, Answer, Budget, Quota, Refusal } from '../../src/adapter.ts'

const DAY = 86_400_000

/** Calls a day by plan; the largest until the plan is known, as the tool itself says when a smaller one is used up. */
const DAILY_CALLS: Record<string, number> = { free: 1000, basic: 1000, standard: 1000, pro: 10_000, enterprise: 25_000 }

export const budgets: readonly Budget[] = [
  {
    name: 'complexity',
    scope: 'token',
    amount: 5_000_000,
    perMs: 60_000,
    of: 'complexity',
    refusals: ['COMPLEXITY_BUDGET_EXHAUSTED', 'ComplexityException', 'FIELD_MINUTE_RATE_LIMIT_EXCEEDED']
  },
  {
    name: 'requests',
    scope: 'account',
    amount: 1000,
    perMs: 60_000,
    refusals: ['Rate Limit Exceeded', 'Minute limit rate exceeded', 'maxConcurrencyExceeded', 'IP_RATE_LIMIT_EXCEEDED']
  },
  {
    name: 'day',
    scope: 'account',
    amount: DAILY_CALLS.enterprise!,
    perMs: DAY,
    calendarDay: true,
    refusals: ['DAILY_LIMIT_EXCEEDED']
  }
]

const KINDS: Record<string, AdapterErrorKind> = {
  COMPLEXITY_BUDGET_EXHAUSTED: 'rate_limited',
  ComplexityException: 'rate_limited',
  FIELD_MINUTE_RATE_LIMIT_EXCEEDED: 'rate_limited',
  maxConcurrencyExceeded: 'rate_limited',
  'Rate Limit Exceeded': 'rate_limited',
  'Minute limit rate exceeded': 'rate_limited',
  IP_RATE_LIMIT_EXCEEDED: 'rate_limited',
  API_TEMPORARILY_BLOCKED: 'rate_limited',
  DAILY_LIMIT_EXCEEDED: 'rate_limited',
  // Whoever owns the token is no longer active, or may only look: every board is refused alike.
  USER_ACCESS_DENIED: 'auth_revoked',
  UserUnauthorizedException: 'forbidden',
  USER_UNAUTHORIZED: 'forbidden',
  missingRequiredPermissions: 'forbidden',
  InvalidBoardIdException: 'not_found',
  ResourceNotFoundException: 'not_found',
  InvalidColumnIdException: 'bad_response',
  ColumnValueException: 'bad_response',
  ItemsLimitationException: 'plan_limit'
}

/** Refused before anything was done: asked again after a pause, and nobody else has to wait for it. */
const LOCKED = new Set([409, 423])

interface GraphqlError {
  path?: unknown
  extensions?: { code?: unknown; status_code?: unknown; retry_in_seconds?: unknown } | null
}

export function refusal(answer: Answer): Refusal | null {
  const body = (typeof answer.body === 'object' && answer.body !== null ? answer.body : {}) as Record<string, unknown>
  const errors = (Array.isArray(body.errors) ? body.errors : []).filter(
    (error): error is GraphqlError => typeof error === 'object' && error !== null
  )
  const codes = errors.map(({ extensions }) => extensions?.code).filter((code) => typeof code === 'string')
  const own = [body.error_code, body.code].find((code) => typeof code === 'string') as string | undefined
  const code = codes.find((one) => KINDS[one] !== undefined) ?? codes[0] ?? own ?? null
  // A status that comes without a word of monday's says it all.
  if (errors.length === 0 && own === undefined && !LOCKED.has(answer.status)) return null
  const status = statusOf(answer, errors, body)
  const kind = (code === null ? undefined : KINDS[code]) ?? kindOf(status)
  if (kind === null) {
    // A field that could not be read costs only itself, as long as what it stands in is there.
    if (errors.length > 0 && errors.every((error) => isSmall(error, body.data))) return null
    // What is left to the status of the answer is judged there.
    return answer.status === 200 ? { kind: 'bad_response', code: code ?? 'graphql' } : null
  }
  return { kind, code, retryAfterMs: wait(code, errors, answer.headers), unclear: status >= 500 }
}

function kindOf(status: number): AdapterErrorKind | null {
  if (LOCKED.has(status) || status >= 500) return 'provider_down'
  if (status === 429) return 'rate_limited'
  if (status === 401) return 'auth_revoked'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not_found'
  return null
}

const statusOf = (answer: Answer, errors: GraphqlError[], body: Record<string, unknown>): number => {
  if (answer.status !== 200) return answer.status
  const said = [...errors.map(({ extensions }) => extensions?.status_code), body.status_code]
  return said.map(Number).find((status) => status >= 400) ?? 200
}

function isSmall({ path }: GraphqlError, data: unknown): boolean {
  if (!Array.isArray(path) || path.length < 2) return false
  const holder = path
    .slice(0, -1)
    .reduce<unknown>((here, step) => (here as Record<string, unknown> | null | undefined)?.[step as string], data)
  return typeof holder === 'object' && holder !== null && !Array.isArray(holder)
}

function wait(code: string | null, errors: GraphqlError[], headers: Headers): number | null {
  if (code === 'DAILY_LIMIT_EXCEEDED') {
    const date = Date.parse(headers.get('date') ?? '')
    return DAY - ((Number.isNaN(date) ? Date.now() : date) % DAY)
  }
  const seconds = errors.map(({ extensions }) => Number(extensions?.retry_in_seconds)).filter((one) => one > 0)
  return seconds.length > 0 ? Math.max(...seconds) * 1000 : null
}

/** monday's names for what it counts, and ours. */
const COUNTED: Record<string, string> = { minuteRate: 'requests', complexityMinute: 'complexity' }

/**
 * `RateLimit-Policy: "minuteRate";q=1335;w=60, …` and `RateLimit: "minuteRate";r=1334, "complexityMinute";r=…;t=60`;
 * the plan from whom the account says it is.
 */
export function quotas({ headers, body }: Answer): Quota[] {
  const sizes = parameters(headers.get('ratelimit-policy'))
  const states = parameters(headers.get('ratelimit'))
  const found = Object.entries(COUNTED).flatMap(([name, budget]): Quota[] => {
    const amount = sizes.get(name)?.q
    const left = states.get(name)?.r
    const seconds = states.get(name)?.t
    if (amount === undefined && left === undefined) return []
    return [
      {
        budget,
        ...(amount === undefined ? {} : { amount }),
        ...(left === undefined ? {} : { left }),
        ...(seconds === undefined ? {} : { resetMs: seconds * 1000 })
      }
    ]
  })
  const daily = dailyCalls(body)
  return daily === null ? found : [...found, { budget: 'day', amount: daily }]
}

function parameters(header: string | null): Map<string, Record<string, number>> {
  const items = (header ?? '').split(',').flatMap((item) => {
    const [name, ...rest] = item.trim().split(';')
    const values = rest.map((part) => part.split('=')).map(([key, value]) => [key?.trim(), Number(value)] as const)
    const numbers = Object.fromEntries(values.filter(([, value]) => Number.isFinite(value)))
    return name ? [[name.replaceAll('"', ''), numbers] as const] : []
  })
  return new Map(items)
}

function dailyCalls(body: unknown): number | null {
  const { data } = (body ?? {}) as { data?: { me?: { account?: unknown } | null; account?: unknown } | null }
  const account = (data?.me?.account ?? data?.account) as
    | { tier?: unknown; plan?: { tier?: unknown } | null }
    | null
    | undefined
  const tier = account?.plan?.tier ?? account?.tier
  return typeof tier === 'string' ? (DAILY_CALLS[tier.toLowerCase()] ?? null) : null
}
