/** Recordings and specifications that live beside the project and are never copied into it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'vitest'

const root = new URL('../../../shared/', import.meta.url)

/** Where a shared file lies: `sharedPath('boards/trello/he-bdika-16.json')`. */
export const sharedPath = (path: string): string => fileURLToPath(new URL(path, root))

export const readShared = <T>(path: string): T => JSON.parse(readFileSync(sharedPath(path), 'utf8')) as T

/** Every file below a shared folder, by its path within it. */
export const sharedFiles = (folder: string): string[] =>
  readdirSync(sharedPath(folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(sharedPath(folder), join(entry.parentPath, entry.name)))
    .sort()

/** A block of tests that need shared files; where they are absent its title says why nothing of it ran. */
export function describeWithShared(title: string, block: () => void): void {
  if (existsSync(root)) describe(title, block)
  // The block itself may read shared files while it is being collected, so it is not even entered.
  else describe(title, () => it.skip('skipped: there is no ../shared beside the project'))
}

/** The ten recorded Trello boards. */
export const TRELLO_BOARDS = [
  'de-pacs-spark-45',
  'en-amirite-81',
  'en-kanban-template-43',
  'en-sideline-apps-682',
  'en-sideline-apps-682-later',
  'es-encriptador-18',
  'fr-my-irc-21',
  'he-bdika-16',
  'it-mcc-sito-470',
  'ja-clipkit-67'
] as const

export const trelloBoard = (name: (typeof TRELLO_BOARDS)[number]) =>
  readShared<import('../../sandbox/trello/facts.ts').BoardExport>(`boards/trello/${name}.json`)
