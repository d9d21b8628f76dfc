import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { announce, FolderHeld, holderOf, type LockFacts, lockWord, readLock, takeLock } from '../../src/db/lock.ts'

let folder: string
const children: ChildProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-lock-'))
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const HOLDER = `
  import { takeLock } from ${JSON.stringify(new URL('../../src/db/lock.ts', import.meta.url).href)}
  const wait = Number(process.env.START_AT) - Date.now()
  if (wait > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, wait)
  try { takeLock(process.env.FOLDER); console.log('held') } catch (error) { console.log(error.name) }
  setInterval(() => {}, 1000)`

/** A process that tries to take the folder; resolves to what came of it, and keeps living. */
function taker(startAt = 0): Promise<{ said: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', HOLDER], {
    env: { ...process.env, FOLDER: folder, START_AT: String(startAt) },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  children.push(child)
  return new Promise((resolve) =>
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', (said) => resolve({ said, child }))
  )
}

const killed = (child: ChildProcess) =>
  new Promise((resolve) => {
    child.once('exit', resolve)
    child.kill('SIGKILL')
  })

/** A lock as somebody else left it. */
const left = (facts: Partial<LockFacts>) =>
  writeFileSync(
    join(folder, 'lock.json'),
    JSON.stringify({
      host: hostname(),
      pid: process.ppid,
      started: null,
      heartbeat: Date.now(),
      address: null,
      word: 'somebody-else',
      ...facts
    })
  )

const startOf = (pid: number) => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] as string
}

describe('the lock of a data folder', () => {
  test('is held by one process, named in it, and free again when given back', () => {
    const release = takeLock(folder)
    expect(readLock(folder)).toMatchObject({ pid: process.pid, host: hostname(), address: null })
    expect(lockWord(folder)).toBe(readLock(folder)?.word)
    expect(() => takeLock(folder)).toThrow(FolderHeld)
    expect(() => takeLock(folder)).toThrow(`Another throughline process (pid ${process.pid}) is using ${folder}.`)
    release()
    expect(readLock(folder)).toBeNull()
    expect(lockWord(folder)).toBeNull()
    takeLock(folder)()
    expect(readdirSync(folder)).toEqual([])
  })

  test('tells where its holder answers', () => {
    const release = takeLock(folder)
    announce(folder, 'http://127.0.0.1:4000')
    expect(holderOf(folder)).toMatchObject({ pid: process.pid, address: 'http://127.0.0.1:4000' })
    release()
    expect(() => announce(folder, 'http://127.0.0.1:4000')).toThrow('Only the holder')
  })

  test('is refused while another process holds it, and taken over once that was killed', async () => {
    const { said, child } = await taker()
    expect(said).toBe('held')
    expect(() => takeLock(folder)).toThrow(`pid ${child.pid}`)
    await killed(child)
    takeLock(folder)()
  })

  test('of a pid that now belongs to a process started at another time is taken over at once', () => {
    left({ started: '1' })
    takeLock(folder)()
  })

  test('of a process that lives and started at the same time is respected, however old its heartbeat', () => {
    left({ started: startOf(process.ppid), heartbeat: Date.now() - 3_600_000 })
    expect(() => takeLock(folder)).toThrow(FolderHeld)
  })

  test('left by a former process with our own pid is taken over, as in a container where it is always the same', () => {
    left({ pid: process.pid, started: startOf(process.pid) })
    takeLock(folder)()
  })

  test('whose owner’s start is unknown is respected while its heartbeat is fresh, and taken over when it stopped', () => {
    left({ heartbeat: Date.now() - 9_000 })
    expect(() => takeLock(folder)).toThrow(FolderHeld)
    left({ heartbeat: Date.now() - 11_000 })
    takeLock(folder)()
  })

  test('of another host goes by its heartbeat alone: the pids there are not ours', () => {
    left({ host: 'elsewhere', pid: 999_999_999 })
    expect(() => takeLock(folder)).toThrow(FolderHeld)
    left({ host: 'elsewhere', pid: process.pid })
    expect(() => takeLock(folder)).toThrow(FolderHeld)
    left({ host: 'elsewhere', heartbeat: Date.now() - 11_000 })
    takeLock(folder)()
  })

  test('that cannot be read is nobody’s', () => {
    writeFileSync(join(folder, 'lock.json'), '{"pid":')
    takeLock(folder)()
  })

  test('beats every second, and does not come back from the dead when the folder was taken over', async () => {
    const release = takeLock(folder)
    const before = readLock(folder)?.heartbeat as number
    await new Promise((resolve) => setTimeout(resolve, 1_300))
    expect((readLock(folder)?.heartbeat as number) - before).toBeGreaterThanOrEqual(900)
    left({})
    await new Promise((resolve) => setTimeout(resolve, 1_300))
    expect(readLock(folder)?.word).toBe('somebody-else')
    release()
    expect(readLock(folder)?.word).toBe('somebody-else')
  })

  test('a takeover that was killed in the middle does not keep others out', () => {
    left({ started: '1' })
    const turn = join(folder, 'lock.json.takeover')
    writeFileSync(turn, '{}')
    utimesSync(turn, 0, 0)
    takeLock(folder)()
    expect(readdirSync(folder)).toEqual([])
  })

  test.each([
    ['free', null],
    ['left by a dead one', { started: '1' }]
  ])('of six processes that reach for a folder that is %s at the same moment one gets it', async (_title, lock) => {
    if (lock) left(lock)
    const said = await Promise.all(Array.from({ length: 6 }, () => taker(Date.now() + 2_500)))
    expect(said.map(({ said }) => said).sort()).toEqual([...Array(5).fill('FolderHeld'), 'held'])
    const holder = said.find(({ said }) => said === 'held')
    expect(readLock(folder)?.pid).toBe(holder?.child.pid)
  })
})
