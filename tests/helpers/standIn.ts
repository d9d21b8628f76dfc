/** Starts any tool's stand-in as a child process and speaks to the switches that all of them have. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Fault, FaultOrder } from '../../sandbox/kit/faults.ts'
import type {
  PersonDraft,
  PlantedProject,
  ProjectDraft,
  TaskChange,
  TaskDraft,
  TaskState
} from '../../sandbox/kit/plant.ts'
import type { Exchange, Recorder } from '../../sandbox/kit/recorder.ts'
import type { Tool } from '../../src/model/task.ts'

export interface StandInStart {
  limits?: 'real' | 'off'
  /** ISO, UTC. */
  now?: string
  demo?: boolean
  /** Further arguments of the tool's own. */
  args?: string[]
}

export interface Delivered {
  url: string
  headers: Record<string, string>
  body: string
  at: string
  status: number | null
}

export interface StandInProcess extends AsyncDisposable {
  url: string
  pid: number
  /** A switch under `/_sandbox`. */
  admin<T>(method: string, path: string, body?: unknown): Promise<T>
  person(draft: PersonDraft): Promise<string>
  project(draft: ProjectDraft): Promise<PlantedProject>
  task(draft: TaskDraft): Promise<string>
  /** In one request; ids in the same order. */
  tasks(drafts: TaskDraft[]): Promise<string[]>
  change(task: string, change: TaskChange): Promise<void>
  comment(task: string, draft: { by: string; text: string }): Promise<string>
  /** What is really there, past the API. */
  look(task: string): Promise<TaskState | null>
  spoil(task: string, spoil: { set?: Record<string, unknown>; drop?: string[] }): Promise<void>
  access(project: string, allowed: boolean): Promise<void>
  requests(last?: number): Promise<ReturnType<Recorder['summary']>>
  forgetRequests(): Promise<void>
  record(keep?: number): Promise<void>
  exchanges(): Promise<Exchange[]>
  fault(order: FaultOrder): Promise<Fault>
  clearFaults(): Promise<void>
  /** Sets the clock, or moves it on; gives the time it shows then. */
  clock(to?: { now?: string; advanceMs?: number }): Promise<string>
  limits(mode: 'real' | 'off'): Promise<void>
  deliveries(order?: {
    mode?: 'send' | 'hold' | 'lose'
    release?: true | number[]
    again?: number
  }): Promise<Delivered[]>
  stop(): Promise<void>
}

export async function startStandIn(tool: Tool, options: StandInStart = {}): Promise<StandInProcess> {
  const main = fileURLToPath(new URL(`../../sandbox/${tool}/main.ts`, import.meta.url))
  const args = [main, '--with-parent', '--limits', options.limits ?? 'off', ...(options.args ?? [])]
  if (options.now) args.push('--now', options.now)
  if (options.demo) args.push('--demo')
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const url = await new Promise<string>((ready, failed) => {
    child.once('exit', (code) => failed(new Error(`the ${tool} stand-in ended with ${code} before it was ready`)))
    createInterface({ input: child.stdout }).once('line', (line) => ready((JSON.parse(line) as { url: string }).url))
  })

  async function admin<T>(method: string, path: string, body?: unknown): Promise<T> {
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
    const response = await fetch(`${url}/_sandbox/${path}`, { method, ...sent })
    const answer = (await response.json()) as T & { error?: string }
    if (!response.ok) throw new Error(`${method} ${path}: ${answer.error}`)
    return answer
  }
  const id = async (planted: Promise<{ id: string }>) => (await planted).id
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  return {
    url,
    pid: child.pid!,
    admin,
    person: (draft) => id(admin('POST', 'people', draft)),
    project: (draft) => admin('POST', 'projects', draft),
    task: (draft) => id(admin('POST', 'tasks', draft)),
    tasks: async (drafts) => (await admin<{ id: string }[]>('POST', 'tasks', drafts)).map((one) => one.id),
    change: async (task, change) => void (await admin('PUT', `tasks/${encodeURIComponent(task)}`, change)),
    comment: (task, draft) => id(admin('POST', `comments/${encodeURIComponent(task)}`, draft)),
    look: async (task) => (await admin<{ task: TaskState | null }>('GET', `tasks/${encodeURIComponent(task)}`)).task,
    spoil: async (task, spoil) => void (await admin('POST', `spoil/${encodeURIComponent(task)}`, spoil)),
    access: async (project, allowed) => void (await admin('POST', 'access', { project, allowed })),
    requests: (last = 100) => admin('GET', `requests?last=${last}`),
    forgetRequests: async () => void (await admin('DELETE', 'requests')),
    record: async (keep = 500) => void (await admin('POST', 'exchanges', { keep })),
    exchanges: () => admin('GET', 'exchanges'),
    fault: (order) => admin('POST', 'faults', order),
    clearFaults: async () => void (await admin('DELETE', 'faults')),
    clock: async (to) => (await admin<{ now: string }>(to ? 'POST' : 'GET', 'clock', to)).now,
    limits: async (mode) => void (await admin('POST', 'limits', { mode })),
    deliveries: async (order) => {
      if (order) await admin('POST', 'deliveries', order)
      return admin('GET', 'deliveries')
    },
    stop,
    [Symbol.asyncDispose]: stop
  }
}
