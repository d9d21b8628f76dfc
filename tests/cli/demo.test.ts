import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { freePort } from '../helpers/freePort.ts'
import { installation } from './running.ts'

/** The object of `demo --once --json`, key by key as it is promised. */
const Demo = z.strictObject({
  projects: z.int(),
  tasks: z.int(),
  findings: z.record(z.string(), z.int()),
  comments: z.strictObject({ posted: z.int(), edited: z.int(), failed: z.literal(0) }),
  keyResults: z.array(
    z.strictObject({
      name: z.string(),
      start: z.number(),
      target: z.number(),
      current: z.number(),
      contributions: z.int()
    })
  ),
  mail: z.strictObject({ to: z.string(), subject: z.string(), path: z.string() }),
  requests: z.int(),
  seconds: z.number()
})

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** The stand-in that a demo started: the child of that process. */
const standInOf = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0])

describe('the demo', () => {
  test('runs the line once, prints one object and nothing else, writes the mail, and leaves no process behind', async () => {
    await using home = await installation(
      { SMTP_URL: 'smtp://127.0.0.1:1', DATABASE_URL: 'postgres://127.0.0.1:1/never' },
      true
    )
    // Its stand-in writes to the same stderr: the run would not come to its end while that process lives.
    const { code, stdout, stderr } = await home.run(['demo', '--once', '--json'])
    expect([code, stderr]).toEqual([0, ''])
    const demo = Demo.parse(JSON.parse(stdout))
    expect(demo.projects).toBe(7)
    expect(demo.tasks).toBeGreaterThan(240)
    expect(Object.keys(demo.findings).sort()).toEqual(['missing-deadline', 'no-assignee', 'overdue', 'stale-doing'])
    expect(demo.comments.posted).toBeGreaterThan(10)
    expect(demo.keyResults.map(({ name }) => name).sort()).toEqual([
      'Contracts and payrolls closed',
      'Placements signed',
      'Platform issues shipped',
      'Portal points accepted',
      'Support questions answered'
    ])
    for (const { current, contributions } of demo.keyResults)
      expect([current > 0, contributions > 0]).toEqual([true, true])
    expect(demo.mail.path.startsWith(join(home.folder, 'demo', 'mail'))).toBe(true)
    const mail = await simpleParser(readFileSync(demo.mail.path))
    expect([mail.subject, (mail.to as { value: { address?: string }[] }).value[0]?.address]).toEqual([
      demo.mail.subject,
      demo.mail.to
    ])
    expect(mail.attachments.length).toBeGreaterThan(0)
    // The same person works in all five tools; Trello does not tell mail addresses, so somebody had to say so.
    const ask = (...words: string[]) =>
      home
        .run([...words, '--json'], { env: { DATA_DIR: join(home.folder, 'demo'), DATABASE_URL: '', SMTP_URL: '' } })
        .then((ended) => JSON.parse(ended.stdout))
    const { people } = (await ask('people')) as {
      people: { email: string; accounts: { tool: string; because: string }[] }[]
    }
    const elif = people.find(({ email }) => email === 'elif.demir@larkfield.example')
    expect(elif?.accounts.map(({ tool, because }) => [tool, because])).toEqual([
      ['basecamp', 'mail'],
      ['clickup', 'mail'],
      ['linear', 'mail'],
      ['monday', 'mail'],
      ['trello', 'word']
    ])
    const { projects } = (await ask('projects')) as { projects: { tool: string; openFindings: number }[] }
    expect([...new Set(projects.map(({ tool }) => tool))].sort()).toEqual([
      'basecamp',
      'clickup',
      'linear',
      'monday',
      'trello'
    ])
    for (const { tool, openFindings } of projects) expect([tool, openFindings > 0]).toEqual([tool, true])
    const { outbox, tasks, openFindings } = await home
      .run(['doctor', '--json'], { env: { DATA_DIR: join(home.folder, 'demo'), DATABASE_URL: '', SMTP_URL: '' } })
      .then((ended) => JSON.parse(ended.stdout))
    expect([outbox, tasks]).toEqual([{ due: 0, unclear: 0, dead: 0 }, demo.tasks])
    expect(openFindings).toBe(Object.values(demo.findings).reduce((sum, n) => sum + n))
  })

  test('keeps serving; its comments really stand on the cards; at SIGTERM it ends with its stand-in', async () => {
    const port = String(await freePort())
    await using home = await installation({ PORT: port }, true)
    const demo = home.keep(['demo'])
    const LINK = /signed in as Ana Ribeiro[\s\S]+?(http:\S+verify\S+)/
    const told = await demo.said(/Stop the hub with Ctrl\+C/)
    const address = `http://127.0.0.1:${port}`
    const standIn = standInOf(demo.pid)
    expect(isRunning(standIn)).toBe(true)
    expect((await fetch(`${address}/healthz`)).status).toBe(200)
    const posted = Number(/Comments: (\d+) posted, 0 edited, 0 failed\./.exec(told)?.[1])

    const env = { DATA_DIR: join(home.folder, 'demo'), PORT: '' }
    const came = await fetch(LINK.exec(told)?.[1] as string, { redirect: 'manual' })
    expect(came.headers.get('location')).toBe(`${address}/`)
    const cookie = came.headers
      .getSetCookie()
      .map((one) => one.split(';', 1)[0])
      .join('; ')
    const notes = await fetch(`${address}/api/findings?limit=10000`, { headers: { cookie } })
    const { findings } = (await notes.json()) as { findings: { task: string }[] }
    expect(posted).toBe(new Set(findings.map(({ task }) => task)).size)
    const removed = await home.run(['alerts', 'remove-all', '--json'], { env })
    expect(JSON.parse(removed.stdout)).toEqual({ posted: 0, edited: 0, removed: posted, failed: 0, left: 0 })

    const second = await home.run(['demo', '--once'])
    expect([second.code, second.stderr]).toEqual([
      1,
      `Another throughline process (pid ${demo.pid}) is using ${join(home.folder, 'demo')}. Stop it first, or wait until it is done.\n`
    ])
    expect(await demo.stop('SIGTERM')).toBe(0)
    expect(isRunning(standIn)).toBe(false)
  })
})
