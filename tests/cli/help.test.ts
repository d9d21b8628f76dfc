import { expect, test } from 'vitest'
import { throughline } from './running.ts'

/** Every verb and sub-verb, with the options its help has to name. */
const VERBS: [words: string, options: string[]][] = [
  ['check', ['--now', '--tz', '--json']],
  ['demo', ['--once', '--json']],
  ['serve', ['--port']],
  ['work', []],
  ['connect', []],
  ['connect trello', ['--key', '--token', '--secret', '--oauth', '--url', '--json']],
  ['projects', ['--json']],
  ['projects choose', ['--all', '--json']],
  ['projects set', ['--json']],
  ['columns', ['--json']],
  ['columns set', ['--json']],
  ['sync', ['--sweep', '--json']],
  ['findings', ['--project', '--rule', '--closed', '--limit', '--json']],
  ['alerts', []],
  ['alerts preview', ['--json']],
  ['alerts on', ['--json']],
  ['alerts off', ['--json']],
  ['alerts remove-all', ['--project', '--json']],
  ['okr', ['--json']],
  ['okr objective', ['--from', '--to', '--json']],
  ['okr key-result', ['--objective', '--target', '--filter', '--start', '--unit', '--sum', '--from', '--to', '--json']],
  ['okr ledger', ['--json']],
  ['okr remove', ['--json']],
  ['people', ['--json']],
  ['people add', ['--zone', '--language', '--json']],
  ['people link', ['--json']],
  ['people unlink', ['--json']],
  ['people remove', ['--json']],
  ['report', ['--json']],
  ['report subscribe', ['--project', '--day', '--time', '--json']],
  ['report unsubscribe', ['--json']],
  ['report preview', ['--week', '--html', '--json']],
  ['report send', ['--week', '--json']],
  ['doctor', ['--json']],
  ['doctor retry', ['--json']]
]

/** Two at a time: each is a process. */
async function each<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (let at = 0; at < items.length; at += 2) results.push(...(await Promise.all(items.slice(at, at + 2).map(work))))
  return results
}

test('the help of every verb names its options, its sub-verbs and what it is for, and opens nothing', async () => {
  const told = await each(VERBS, async ([words]) => ({
    words,
    ...(await throughline([...words.split(' '), '--help'], { env: { DATA_DIR: '/nowhere/at/all' } }))
  }))
  for (const [index, { words, code, stdout, stderr }] of told.entries()) {
    expect([words, code, stderr]).toEqual([words, 0, ''])
    expect(stdout.split('\n')[0]).toMatch(new RegExp(`^Usage: throughline ${words}\\b`))
    const named = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option]) => option)
    expect([words, named.filter((option) => !['--help', '--version'].includes(option as string)).sort()]).toEqual([
      words,
      VERBS[index]?.[1].toSorted()
    ])
    for (const [other] of VERBS.filter(([other]) => other.startsWith(`${words} `))) {
      expect(stdout).toMatch(new RegExp(`^ {2}${other.slice(words.length + 1)}\\b`, 'm'))
    }
  }
})

test('the first help lists every verb', async () => {
  const { code, stdout } = await throughline(['--help'])
  expect(code).toBe(0)
  for (const [words] of VERBS.filter(([words]) => !words.includes(' ')))
    expect(stdout).toMatch(new RegExp(`^ {2}${words}\\b`, 'm'))
  const { stdout: version } = await throughline(['--version'])
  expect(version).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('a call that cannot be understood ends with 2 and points to the help', async () => {
  const HINT = 'Add --help to see what this command takes.'
  const calls = [
    [['frobnicate'], "error: unknown command 'frobnicate'"],
    [['findings', '--frobnicate'], "error: unknown option '--frobnicate'"],
    [['alerts', 'frobnicate', 'x'], "error: unknown command 'frobnicate'"],
    [['okr', 'frobnicate'], 'error: too many arguments'],
    [['connect', 'nothing'], "error: unknown command 'nothing'"],
    [['alerts', 'on'], "error: missing required argument 'project'"],
    [['okr', 'objective', 'Title', '--from', '2026-01-01'], "error: required option '--to <date>' not specified"],
    [['people', 'add', 'Ana'], "error: missing required argument 'email'"]
  ] as const
  const told = await each(calls, ([args]) => throughline([...args]))
  for (const [index, { code, stdout, stderr }] of told.entries()) {
    const [args, message] = calls[index] as (typeof calls)[number]
    expect([args, code, stdout]).toEqual([args, 2, ''])
    expect(stderr).toContain(message)
    expect(stderr).toContain(HINT)
  }
})

test('a wrong setting is named with the shape it should have, never with the value it had', async () => {
  const { code, stdout, stderr } = await throughline(['projects', '--json'], {
    env: { HUB_SECRET: 'canary-secret', PORT: 'canary-port' }
  })
  expect(code).toBe(1)
  expect(stderr).toBe(
    'HUB_SECRET should be 64 hexadecimal digits (openssl rand -hex 32); unset: a key file in DATA_DIR.\nPORT should be a port number from 0 to 65535.\n'
  )
  expect(JSON.parse(stdout)).toEqual({ error: { code: 'config', message: stderr.trim() } })
})
