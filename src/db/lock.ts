/**
 * One process per data folder. The lock file names its owner (pid, process start, address it serves on) and is touched
 * every second; a lock whose owner is dead, or whose heartbeat has stopped for ten seconds, is taken over.
 *
 * Guarantee: at most one live holder on one machine. Limit: folders shared over a network are not covered.
 */
import { randomBytes } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, unlinkSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export interface LockFacts {
  pid: number
  /** Start of the process in clock ticks since boot (Linux), so that a reused pid is not mistaken for the owner. */
  started: string | null
  heartbeat: number
  /** Where the hub that holds the folder answers, and the word that lets this machine's CLI in; null until it serves. */
  address: string | null
  word: string
}

/** The folder is held by a running process; `holder` says which, and where it answers. */
export class FolderHeld extends Error {
  override readonly name = 'FolderHeld'
  readonly holder: LockFacts
  constructor(folder: string, holder: LockFacts) {
    super(`Another throughline process (pid ${holder.pid}) is using ${folder}.`)
    this.holder = holder
  }
}

const HEARTBEAT_MS = 1_000
const DEAD_AFTER_MS = 10_000
const held = new Map<string, LockFacts>()

/** Takes the folder or throws `FolderHeld`. Returns what gives it back. */
export function takeLock(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'lock.json')
  const facts: LockFacts = {
    pid: process.pid,
    started: processStart(process.pid),
    heartbeat: Date.now(),
    address: null,
    word: randomBytes(24).toString('base64url')
  }
  claim(folder, file, facts)
  held.set(folder, facts)
  const beat = setInterval(() => write(file, facts), HEARTBEAT_MS)
  beat.unref()
  return () => {
    clearInterval(beat)
    held.delete(folder)
    if (readLock(folder)?.word === facts.word) unlinkSync(file)
  }
}

/** Tells other processes on this machine where the holder of the folder answers. */
export function announce(folder: string, address: string): void {
  const facts = held.get(folder)
  if (!facts) throw new Error('Only the holder of a folder can announce its address.')
  facts.address = address
  write(join(folder, 'lock.json'), facts)
}

/** The word that a CLI on this machine proves itself with to the hub holding the folder; null when nobody holds it. */
export const lockWord = (folder: string): string | null => held.get(folder)?.word ?? null

export function readLock(folder: string): LockFacts | null {
  try {
    return JSON.parse(readFileSync(join(folder, 'lock.json'), 'utf8')) as LockFacts
  } catch {
    return null
  }
}

function claim(folder: string, file: string, facts: LockFacts): void {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = openSync(file, 'wx', 0o600)
      writeSync(handle, JSON.stringify(facts))
      closeSync(handle)
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = readLock(folder)
    if (holder && isAlive(holder)) throw new FolderHeld(folder, holder)
    // A dead owner's file is moved aside under a name only we use, so that of two takers one loses the race.
    try {
      renameSync(file, `${file}.${facts.word}`)
      unlinkSync(`${file}.${facts.word}`)
    } catch {}
  }
  throw new Error(`Could not take ${file}; remove it if no throughline process is running.`)
}

function isAlive(holder: LockFacts): boolean {
  if (holder.pid === process.pid) return [...held.values()].some((mine) => mine.word === holder.word)
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const started = processStart(holder.pid)
  if (holder.started !== null && started !== null) return holder.started === started
  return Date.now() - holder.heartbeat < DEAD_AFTER_MS
}

/** Field 22 of /proc/PID/stat; null where there is no /proc. */
function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

function write(file: string, facts: LockFacts): void {
  facts.heartbeat = Date.now()
  writeFileSync(`${file}.next`, JSON.stringify(facts), { mode: 0o600 })
  renameSync(`${file}.next`, file)
}
