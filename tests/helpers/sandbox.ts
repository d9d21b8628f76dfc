/** Starts a stand-in as a child process and speaks to its switches. The child ends with the test, also a killed one. */
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Fault, FaultOrder } from '../../sandbox/kit/faults.ts'
import type { Exchange, Recorder } from '../../sandbox/kit/recorder.ts'
import type { Account, AccountOrder } from '../../sandbox/trello/accounts.ts'
import { DEFAULT_ACCOUNT } from '../../sandbox/trello/accounts.ts'
import type { BoardExport, Row } from '../../sandbox/trello/facts.ts'

const MAIN = fileURLToPath(new URL('../../sandbox/trello/main.ts', import.meta.url))

export interface TrelloStart {
  limits?: 'real' | 'off'
  /** ISO, UTC. */
  now?: string
  demo?: boolean
  /** Files of board exports. */
  boards?: string[]
}

interface Answer {
  status: number
  headers: Headers
  text: string
  /** The body parsed; undefined where it is not JSON. */
  json: unknown
}

export interface TrelloSandbox extends AsyncDisposable {
  url: string
  key: string
  token: string
  pid: number
  /** A call of the API as an account makes it; `path` without `/1`. Never throws for a status. */
  call(method: string, path: string, options?: { body?: Row; token?: string; headers?: Row }): Promise<Answer>
  get<T = Row>(path: string): Promise<T>
  /** Loads a board export, from a file or as an object. The same id again replaces it. */
  load(board: string | BoardExport): Promise<{ id: string; cards: number; actions: number }>
  /** The whole state of a board, past the API. */
  dump(board: string): Promise<Required<Pick<BoardExport, 'cards' | 'actions' | 'lists' | 'members' | 'labels'>> & Row>
  drop(board: string): Promise<void>
  requests(last?: number): Promise<ReturnType<Recorder['summary']>>
  forgetRequests(): Promise<void>
  record(keep?: number): Promise<void>
  exchanges(): Promise<Exchange[]>
  fault(order: FaultOrder): Promise<Fault>
  faults(): Promise<Fault[]>
  clearFaults(): Promise<void>
  /** Sets the clock, or moves it on; gives the time it shows then. */
  clock(to?: { now?: string; advanceMs?: number }): Promise<string>
  limits(mode: 'real' | 'off'): Promise<void>
  account(order: AccountOrder | (Partial<AccountOrder> & { token: string })): Promise<Account>
  access(board: string, allowed: boolean, member?: string): Promise<void>
  /** Changes a card behind Trello's back: no action, no date moves. */
  plant(card: string, facts: Row): Promise<void>
  stop(): Promise<void>
}

export async function startTrello(options: TrelloStart = {}): Promise<TrelloSandbox> {
  const args = [MAIN, '--with-parent', '--limits', options.limits ?? 'off']
  if (options.now) args.push('--now', options.now)
  if (options.demo) args.push('--demo')
  for (const board of options.boards ?? []) args.push('--board', board)
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const url = await new Promise<string>((ready, failed) => {
    child.once('exit', (code) => failed(new Error(`the Trello stand-in ended with ${code} before it was ready`)))
    createInterface({ input: child.stdout }).once('line', (line) => ready((JSON.parse(line) as { url: string }).url))
  })
  const { key, token } = DEFAULT_ACCOUNT

  async function admin<T>(method: string, path: string, body?: unknown): Promise<T> {
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
    const response = await fetch(`${url}/_sandbox/${path}`, { method, ...sent })
    const answer = (await response.json()) as T & { error?: string }
    if (!response.ok) throw new Error(`${method} ${path}: ${answer.error}`)
    return answer
  }

  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }

  const sandbox: TrelloSandbox = {
    url,
    key,
    token,
    pid: child.pid!,
    async call(method, path, { body, token: as = token, headers } = {}) {
      const known = await accountKey(as)
      const response = await fetch(`${url}/1${path}`, {
        method,
        headers: {
          authorization: `OAuth oauth_consumer_key="${known}", oauth_token="${as}"`,
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...(headers as Record<string, string>)
        },
        ...(body ? { body: JSON.stringify(body) } : {})
      })
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('json')
      return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined }
    },
    async get<T>(path: string) {
      const answer = await sandbox.call('GET', path)
      if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${answer.text}`)
      return answer.json as T
    },
    load: async (board) => admin('POST', 'boards', typeof board === 'string' ? await readFile(board, 'utf8') : board),
    dump: (board) => admin('GET', `boards/${board}`),
    drop: (board) => admin('DELETE', `boards/${board}`),
    requests: (last = 100) => admin('GET', `requests?last=${last}`),
    forgetRequests: () => admin('DELETE', 'requests'),
    record: (keep = 500) => admin('POST', 'exchanges', { keep }),
    exchanges: () => admin('GET', 'exchanges'),
    fault: (order) => admin('POST', 'faults', order),
    faults: () => admin('GET', 'faults'),
    clearFaults: () => admin('DELETE', 'faults'),
    clock: async (to) => (await admin<{ now: string }>(to ? 'POST' : 'GET', 'clock', to)).now,
    limits: (mode) => admin('POST', 'limits', { mode }),
    account: async (order) => {
      const account = await admin<Account>('POST', 'accounts', { key, ...order })
      keys.set(account.token, account.key)
      return account
    },
    access: (board, allowed, member) => admin('POST', 'access', { board, allowed, ...(member ? { member } : {}) }),
    plant: async (card, facts) => void (await admin('POST', `cards/${card}`, facts)),
    stop,
    [Symbol.asyncDispose]: stop
  }
  const keys = new Map<string, string>([[token, key]])
  const accountKey = async (as: string) => keys.get(as) ?? key
  return sandbox
}
