/**
 * Requests to addresses that people gave us, such as the webhook of a chat. Nobody may make the hub ask its own network.
 *
 * Guarantee: a name is resolved once per hop, every address it has must be public, and the connection goes to just those
 * addresses, so a name that changes its mind in between changes nothing; TLS still checks the name. Redirects are looked
 * at like the first address. At most `maxBytes` of the answer are read, counted as they come out of decompression, within
 * `timeoutMs` for all of it. No retries: whether to ask again is the caller's to know.
 */
import { lookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Agent, fetch, type Response } from 'undici'
import { isPublic } from './publicAddress.ts'

export interface GuardedRequest {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers?: Readonly<Record<string, string>>
  body?: string
}

export interface GuardOptions {
  /** All addresses of a name. Default: what this machine says. */
  resolve?: (name: string) => Promise<string[]>
  /** For tests alone: http, other ports than 443, and addresses that count as public. */
  allow?: { http?: boolean; ports?: readonly number[]; addresses?: readonly string[] }
  /** Of the whole answer; 1 MB when absent. */
  maxBytes?: number
  /** For everything, redirects included; 10 seconds when absent. */
  timeoutMs?: number
  signal?: AbortSignal
}

export interface GuardedResponse {
  /** Where the answer came from in the end. */
  url: string
  status: number
  headers: Headers
  text: string
}

export type GuardReason =
  /** What was given is no address we would ask. */
  | 'bad_url'
  | 'not_https'
  | 'port'
  | 'credentials_in_url'
  | 'host_form'
  /** Where it leads is not the public internet. */
  | 'not_public'
  | 'too_many_redirects'
  | 'bad_redirect'
  /** It went wrong on the way. */
  | 'unknown_host'
  | 'too_large'
  | 'timeout'
  | 'no_answer'

export class GuardError extends Error {
  override readonly name = 'GuardError'
  readonly reason: GuardReason
  constructor(reason: GuardReason, options?: ErrorOptions) {
    super(WORDS[reason], options)
    this.reason = reason
  }
}

const MAX_BYTES = 1_000_000
const TIMEOUT_MS = 10_000
const MAX_REDIRECTS = 3
const PORTS = { 'https:': 443, 'http:': 80 } as const

/** Asks a public address. Throws `GuardError`; an answer of any other status than a redirect is an answer. */
export async function guardedFetch(
  address: string,
  request: GuardedRequest = {},
  options: GuardOptions = {}
): Promise<GuardedResponse> {
  const late = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS)
  const signal = options.signal ? AbortSignal.any([options.signal, late]) : late
  let url = checked(address, options)
  let asked = request
  try {
    for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
      const answer = await once(url, asked, options, signal)
      if (!('location' in answer)) return answer
      const next = checked(answer.location, options, url)
      asked = redirected(asked, answer.status, next.origin === url.origin)
      url = next
    }
  } catch (cause) {
    if (cause instanceof GuardError) throw cause
    options.signal?.throwIfAborted()
    throw new GuardError(late.aborted ? 'timeout' : 'no_answer', { cause })
  }
  throw new GuardError('too_many_redirects')
}

/** What may be said of an address before its name is resolved. */
function checked(address: string, { allow = {} }: GuardOptions, base?: URL): URL {
  const url = URL.parse(address, base)
  if (!url) throw new GuardError(base ? 'bad_redirect' : 'bad_url')
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && allow.http)) throw new GuardError('not_https')
  if (url.username !== '' || url.password !== '') throw new GuardError('credentials_in_url')
  const port = Number(url.port || PORTS[url.protocol])
  if (port !== PORTS[url.protocol] && !allow.ports?.includes(port)) throw new GuardError('port')
  if (isDisguised(address, url)) throw new GuardError('host_form')
  return url
}

/** The four decimal numbers of an IPv4 address are written so and not otherwise; `0x7f.1` means to hide something. */
function isDisguised(written: string, { hostname }: URL): boolean {
  if (isIP(hostname) !== 4) return false
  const host = /^(?:[a-z][a-z0-9+.-]*:[/\\]*|[/\\]{2,})([^/\\?#:]*)/i.exec(written.trim())?.[1] ?? hostname
  return host !== hostname
}

type Hop = { status: number; location: string }

async function once(
  url: URL,
  { method = 'GET', headers = {}, body }: GuardedRequest,
  options: GuardOptions,
  signal: AbortSignal
): Promise<GuardedResponse | Hop> {
  const agent = pinned(await publicAddresses(url, options, signal))
  try {
    const response = await fetch(url, {
      method,
      headers: { 'user-agent': 'Throughline', ...headers },
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      dispatcher: agent,
      signal
    })
    const location = response.headers.get('location')
    if (REDIRECTS.has(response.status) && location !== null) return { status: response.status, location }
    const text = await bounded(response, options.maxBytes ?? MAX_BYTES)
    return { url: url.href, status: response.status, headers: new Headers([...response.headers]), text }
  } finally {
    // Also what is left of an answer that nobody reads to its end.
    await agent.destroy()
  }
}

async function publicAddresses(url: URL, { resolve, allow }: GuardOptions, signal: AbortSignal): Promise<string[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) ? [host] : await within(signal, (resolve ?? resolved)(host))
  if (addresses.length === 0) throw new GuardError('unknown_host')
  // One that is not public makes the name suspect, whatever else it has.
  if (!addresses.every((one) => allow?.addresses?.includes(one) || isPublic(one))) throw new GuardError('not_public')
  return addresses
}

async function resolved(name: string): Promise<string[]> {
  try {
    return (await lookup(name, { all: true })).map(({ address }) => address)
  } catch (cause) {
    throw new GuardError('unknown_host', { cause })
  }
}

/** The machine's resolver cannot be called off; whoever waits for it can. */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** Connects to these addresses and no others, whatever the name says by then. */
function pinned(addresses: string[]): Agent {
  const all = addresses.map((address) => ({ address, family: ipaddr.parse(address).kind() === 'ipv4' ? 4 : 6 }))
  const answer: LookupFunction = (_name, { all: every }, done) => {
    if (every) done(null, all)
    else done(null, all[0]?.address ?? '', all[0]?.family)
  }
  return new Agent({ connections: 1, pipelining: 0, maxHeaderSize: 16_384, connect: { lookup: answer } })
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])

/**
 * https://www.rfc-editor.org/rfc/rfc9110#name-redirection-3xx: 303 asks anew with GET, 301 and 302 do so after a POST.
 * To another origin goes nothing that was meant for the first: no headers, and no body.
 */
function redirected({ method = 'GET', headers, body }: GuardedRequest, status: number, same: boolean): GuardedRequest {
  const anew = method !== 'HEAD' && (status === 303 || (status < 303 && method === 'POST'))
  if (!anew && body !== undefined && !same) throw new GuardError('bad_redirect')
  const kept = same && headers ? { headers: anew ? withoutContent(headers) : headers } : {}
  return anew ? { method: 'GET', ...kept } : { method, ...kept, ...(body === undefined ? {} : { body }) }
}

const withoutContent = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !/^content-/i.test(name)))

async function bounded(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) throw new GuardError('too_large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const WORDS: Record<GuardReason, string> = {
  bad_url: 'This is not a web address.',
  not_https: 'The address has to begin with https://.',
  port: 'The address names a port that is not asked.',
  credentials_in_url: 'The address has a name or password in it.',
  host_form: 'The address hides its host behind another way of writing numbers.',
  not_public: 'The address leads to a place that is not on the public internet.',
  too_many_redirects: `The address leads on more than ${MAX_REDIRECTS} times.`,
  bad_redirect: 'The address leads on to where the message may not be sent.',
  unknown_host: 'There is no such host.',
  too_large: 'The answer is too large.',
  timeout: 'There was no answer in time.',
  no_answer: 'The connection failed.'
}
