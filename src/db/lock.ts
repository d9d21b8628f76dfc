/**
 * One process per data folder. The lock file names its owner (host, pid, process start, address it serves on) and is
 * touched every second. A lock whose owner is dead is taken over; where that cannot be told – another host, or no
 * /proc – once its heartbeat has stopped for ten seconds.
 *
 * Guarantee: at most one live holder on one machine, containers that share the folder included. Limit: folders shared
 * over a network are not covered.
 */
import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

export interface LockFacts {
  /** Pids of another host, or another container, say nothing here. */
  host: string
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
/** Taking over is a few file operations; whoever leaves it unfinished for longer was killed in the middle. */
const TAKEOVER_MS = 5_000
const held = new Map<string, LockFacts>()

/** Takes the folder or throws `FolderHeld`. Returns what gives it back. */
export function takeLock(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'lock.json')
  const facts: LockFacts = {
    host: hostname(),
    pid: process.pid,
    started: processStart(process.pid),
    heartbeat: Date.now(),
    address: null,
    word: randomBytes(24).toString('base64url')
  }
  claim(folder, file, facts)
  held.set(folder, facts)
  const beat = setInterval(() => {
    // A full disk or a folder that was moved must not end the process: the lock stands by pid as well.
    try {
      if (readLock(folder)?.word === facts.word) write(file, facts)
    } catch {}
  }, HEARTBEAT_MS)
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

/** Who holds the folder and lives; null when it is free to take. */
export function holderOf(folder: string): LockFacts | null {
  const holder = readLock(folder)
  return holder && isAlive(holder) ? holder : null
}

/** The lock appears whole or not at all: it is written aside and linked into place. */
function claim(folder: string, file: string, facts: LockFacts): void {
  const mine = `${file}.${facts.word}`
  facts.heartbeat = Date.now()
  writeFileSync(mine, JSON.stringify(facts), { mode: 0o600, flag: 'wx' })
  try {
    for (let attempt = 0; attempt < 20; attempt++) {
      if (linked(mine, file)) return
      const holder = holderOf(folder)
      if (holder) throw new FolderHeld(folder, holder)
      removeDead(folder, file, mine)
    }
  } finally {
    unlinkSync(mine)
  }
  throw new Error(`Could not take ${file}; remove it if no throughline process is running.`)
}

/** Of several that find a dead owner's lock one removes it, and only after another look: it may be a new one by then. */
function removeDead(folder: string, file: string, mine: string): void {
  const turn = `${file}.takeover`
  if (!linked(mine, turn)) {
    const since = statSync(turn, { throwIfNoEntry: false })?.mtimeMs
    if (since !== undefined && Date.now() - since > TAKEOVER_MS) unlinkSync(turn)
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 25)
    return
  }
  try {
    const holder = holderOf(folder)
    if (holder) throw new FolderHeld(folder, holder)
    unlinkSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  } finally {
    unlinkSync(turn)
  }
}

/** Links `from` to `to`; false when there is one already. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

function isAlive(holder: LockFacts): boolean {
  const beats = Date.now() - holder.heartbeat < DEAD_AFTER_MS
  if (holder.host !== hostname()) return beats
  if (holder.pid === process.pid) return [...held.values()].some((mine) => mine.word === holder.word)
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const started = processStart(holder.pid)
  return holder.started !== null && started !== null ? holder.started === started : beats
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
