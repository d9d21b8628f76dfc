/** Ids as Trello makes them: 24 hex digits whose first eight are the second of creation. */
import { randomBytes } from 'node:crypto'
import type { Clock } from '../kit/clock.ts'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export const isId = (text: string): boolean => /^[0-9a-fA-F]{24}$/.test(text)
export const isShortLink = (text: string): boolean => /^[0-9A-Za-z]{8}$/.test(text)

/** Milliseconds since 1970 at which an id was made; whole seconds. */
export const createdAt = (id: string): number => Number.parseInt(id.slice(0, 8), 16) * 1000

/** An id made at `at`; `rest` (16 hex digits) tells ids of one second apart. */
export const idAt = (at: number, rest: string): string =>
  Math.floor(at / 1000)
    .toString(16)
    .padStart(8, '0') + rest

export function createIds(clock: Clock, machine = randomBytes(5).toString('hex')): () => string {
  let count = 0
  return () => {
    count = (count + 1) % 0x1000000
    return idAt(clock.now(), machine + count.toString(16).padStart(6, '0'))
  }
}

/** Eight letters and digits that no other card or board has. */
export function freshShortLink(taken: (link: string) => boolean): string {
  for (;;) {
    const link = Array.from(randomBytes(8), (byte) => ALPHABET[byte % ALPHABET.length]).join('')
    if (!taken(link)) return link
  }
}
