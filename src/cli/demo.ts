/**
 * `throughline demo`: the whole line on a made-up company that works in all its tools at once. Each tool's stand-in runs as a
 * process of its own; everything after that is the real hub, over real HTTP, on an embedded database of its own below the
 * data folder.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { DEMO_ACCOUNTS, type DemoAccount } from '../../sandbox/demo/accounts.ts'
import { demoMappings } from '../../sandbox/demo/mappings.ts'
import { makeUser } from '../access/comingIn.ts'
import { newestLetIn } from '../access/mail.ts'
import { type Config, readConfig } from '../config.ts'
import { FolderHeld, holderOf } from '../db/lock.ts'
import { type Hub, openHub } from '../hub.ts'
import type { Tool } from '../model/task.ts'
import { connectTool } from '../operations/connections/connections.ts'
import { deliver, setAlerts } from '../operations/findings/alerts.ts'
import { findings } from '../operations/findings/findings.ts'
import { addKeyResult, addObjective, objectives } from '../operations/okr/objectives.ts'
import { addPerson, linkAccount } from '../operations/people/people.ts'
import { choose, projects, setColumn } from '../operations/projects/projects.ts'
import { sendReport, subscribe } from '../operations/reports/reports.ts'
import { sync } from '../operations/sync/sync.ts'
import { bold, count, print, quiet, say, table } from './print.ts'
import { local, type Reach } from './reach.ts'
import { type Serving, serve, untilStopped } from './serve.ts'

export interface DemoResult {
  projects: number
  tasks: number
  findings: Record<string, number>
  comments: { posted: number; edited: number; failed: number }
  keyResults: { name: string; start: number; target: number; current: number; contributions: number }[]
  mail: { to: string; subject: string; path: string }
  /** Requests that the stand-ins answered. */
  requests: number
  seconds: number
}

export const demoVerb = (): Command =>
  new Command('demo')
    .description(
      'the whole line on a made-up company: boards in; findings, comments, key results and the weekly mail out'
    )
    .option('--once', 'stop when it is done instead of serving the API')
    .option('--json', 'print one JSON object', false)
    .action(async (options: { once?: boolean; json: boolean }) => {
      const config = demoConfig()
      clear(config.DATA_DIR)
      const company = await startCompany()
      try {
        const hub = await openHub(config)
        const result = await runLine(hub, company, options.json).catch(async (error) => {
          await hub.close()
          throw error
        })
        if (options.once) {
          await hub.close()
          return print(options, result, () => words(result, null))
        }
        const serving = await serve(hub, config)
        const signIn = await ownerLink(hub, serving)
        const stopped = untilStopped()
        print(options, result, () => words(result, { address: serving.address, signIn }))
        await stopped
        await serving.close()
      } finally {
        await company.stop()
      }
    })

/** The demo never touches a real account, database or mail server, whatever the environment says. */
function demoConfig(): Config {
  const { DATABASE_URL: _, REDIS_URL: __, SMTP_URL: ___, HUB_SECRET: ____, ...env } = process.env
  const real = readConfig(env)
  return readConfig({
    ...env,
    DATA_DIR: join(real.DATA_DIR, 'demo'),
    PUBLIC_URL: real.PUBLIC_URL ?? `http://${real.HOST}:${real.PORT}`,
    TIME_ZONE: env.TIME_ZONE || 'Europe/Lisbon'
  })
}

/** Each demo begins with an empty folder. Throws `FolderHeld` when another demo runs on it. */
function clear(folder: string): void {
  const holder = holderOf(folder)
  if (holder && holder.pid !== process.pid) throw new FolderHeld(folder, holder)
  rmSync(folder, { recursive: true, force: true })
}

/** Connects, reads, judges, comments, counts and mails: what the demo shows. `silent`: no progress on stderr. */
export async function runLine(hub: Hub, company: Company, silent: boolean): Promise<DemoResult> {
  const started = performance.now()
  const step = (text: string) => (silent ? undefined : say(quiet(text)))
  const reach = local(hub)

  step(`Connecting to ${count(company.tools.length, 'tool')} …`)
  for (const { account, url } of company.tools) {
    const { tool, credentials } = account
    await reach.call(connectTool, { tool, credentials, baseUrl: account.baseUrl(url) })
  }
  const boards = (await reach.call(projects, {})).projects.filter(({ archived }) => !archived)
  await reach.call(choose, { projects: boards.map(({ id }) => id) })

  step(`Reading ${count(boards.length, 'project')} …`)
  const { failed } = await reach.call(sync, {})
  if (failed[0]) throw new Error(failed[0].message)

  step('Saying what the columns mean that their names leave open …')
  for (const { project, column, category } of demoMappings.columns)
    await reach.call(setColumn, { project, column, category })

  step('Switching alerts on and posting the comments …')
  for (const { id } of boards) await reach.call(setAlerts, { project: id, on: true })
  const comments = await reach.call(deliver, {})

  step('Saying whose accounts are whose …')
  for (const { email, account } of demoMappings.people) await reach.call(linkAccount, { email, account })

  step('Computing key results …')
  await addOkrs(reach, hub.now())

  step('Writing the weekly mail …')
  const { person } = demoMappings
  await reach.call(addPerson, person)
  await reach.call(subscribe, { email: person.email })
  const mail = await reach.call(sendReport, { email: person.email })

  const after = (await reach.call(projects, { chosen: 'true' })).projects
  const okrs = await reach.call(objectives, {})
  const { byRule } = await reach.call(findings, { limit: 1 })
  let requests = 0
  for (const { url } of company.tools) {
    const answer = await fetch(`${url}/_sandbox/requests?last=0`)
    requests += ((await answer.json()) as { total: number }).total
  }
  return {
    projects: after.length,
    tasks: after.reduce((sum, { tasks }) => sum + tasks, 0),
    findings: byRule,
    comments: { posted: comments.posted, edited: comments.edited, failed: comments.failed },
    keyResults: okrs.objectives.flatMap(({ keyResults }) =>
      keyResults.map(({ title, start, target, current, contributions }) => ({
        name: title,
        start,
        target,
        current,
        contributions
      }))
    ),
    mail: { to: mail.to, subject: mail.subject, path: mail.path ?? '' },
    requests,
    seconds: Math.round((performance.now() - started) / 100) / 10
  }
}

/** Only ever on this machine, on data that is made up. */
const DEMO_OWNER = {
  name: demoMappings.person.name,
  email: demoMappings.person.email,
  password: 'throughline demo',
  role: 'owner'
} as const

/** Makes the demo's owner, and a link that signs them in: the one they would be mailed. */
async function ownerLink(hub: Hub, { access: { auth } }: Serving): Promise<string> {
  await makeUser(auth, DEMO_OWNER)
  await auth.api.signInMagicLink({ body: { email: DEMO_OWNER.email }, headers: new Headers() })
  return /https?:\S+/.exec((await newestLetIn(hub)) ?? '')?.[0] ?? ''
}

/** Objectives of the quarter that `now` lies in. */
async function addOkrs(reach: Reach, now: string): Promise<void> {
  const first = new Date(now)
  first.setUTCMonth(Math.floor(first.getUTCMonth() / 3) * 3, 1)
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 3, 0))
  const [from, to] = [first.toISOString().slice(0, 10), last.toISOString().slice(0, 10)]
  for (const { title, keyResults } of demoMappings.objectives) {
    const objective = await reach.call(addObjective, { title, from, to })
    for (const keyResult of keyResults) await reach.call(addKeyResult, { objective: objective.id, ...keyResult })
  }
}

function words(result: DemoResult, serving: { address: string; signIn: string } | null): string {
  const found = Object.entries(result.findings).map(([rule, n]) => `${rule} ${n}`)
  return [
    `${bold(count(result.tasks, 'card'))} in ${count(result.projects, 'project')} of five tools, read and judged with ${count(result.requests, 'request')} in ${result.seconds} s.`,
    `Findings: ${found.join(', ')}.`,
    `Comments: ${result.comments.posted} posted, ${result.comments.edited} edited, ${result.comments.failed} failed.`,
    '',
    table(
      ['Key result', 'Now', 'Of', 'Cards'],
      result.keyResults.map(({ name, current, target, contributions }) => [name, current, target, contributions])
    ),
    '',
    `Weekly mail to ${result.mail.to}: “${result.mail.subject}”`,
    `  ${result.mail.path}`,
    ...(serving
      ? [
          '',
          `Open the hub, signed in as ${DEMO_OWNER.name}. The link is good for a quarter of an hour:`,
          '',
          `  ${bold(serving.signIn)}`,
          '',
          `Later sign in at ${serving.address} with ${DEMO_OWNER.email} and ${DEMO_OWNER.password}. Stop the hub with Ctrl+C.`,
          quiet('Ask it in another terminal: npm run throughline -- findings  (with DATA_DIR=./data/demo)')
        ]
      : [])
  ].join('\n')
}

/** The demo company's tools, while they run. */
export interface Company {
  tools: { account: DemoAccount; url: string }[]
  stop(): Promise<void>
}

/** A stand-in a tool with what the company has there; all end with this process whatever happens to it. */
export async function startCompany(options: string[] = []): Promise<Company> {
  const started = await Promise.all(
    DEMO_ACCOUNTS.map(async (account) => ({ account, ...(await startStandIn(account.tool, options)) }))
  )
  return { tools: started, stop: async () => void (await Promise.all(started.map(({ stop }) => stop()))) }
}

async function startStandIn(tool: Tool, options: string[]): Promise<{ url: string; stop: () => Promise<void> }> {
  const main = fileURLToPath(new URL(`../../sandbox/${tool}/main.ts`, import.meta.url))
  const child: ChildProcess = spawn(process.execPath, [main, '--demo', '--with-parent', ...options], {
    stdio: ['pipe', 'pipe', 'inherit']
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', resolve)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The stand-in for ${tool} ended at once (${code}).`)))
  })
  return {
    url: (JSON.parse(line) as { url: string }).url,
    async stop() {
      child.kill('SIGTERM')
      await ended
    }
  }
}
