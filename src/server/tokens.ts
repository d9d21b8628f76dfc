/**
 * Who may use the API: whoever holds the one token of this installation. Only its SHA-256 is stored. On the embedded
 * engine the word in the lock file is accepted as well, so that the command line of this machine gets in; only the
 * account that runs the hub can read that file.
 */
import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { lockWord } from '../db/lock.ts'
import { type Hub, once } from '../hub.ts'

export interface TokenCheck {
  check(bearer: string): Promise<boolean>
}

export interface Tokens extends TokenCheck {
  /** The token just made, to be shown this once; null when there is one already or `API_TOKEN` takes its place. */
  fresh: string | null
}

export async function openTokens(hub: Hub): Promise<Tokens> {
  const { digest, fresh } = hub.config.API_TOKEN
    ? { digest: sha256(hub.config.API_TOKEN), fresh: null }
    : await storedToken(hub)
  return {
    fresh,
    async check(bearer) {
      const given = sha256(bearer)
      const word = hub.db.engine === 'pglite' ? lockWord(hub.config.DATA_DIR) : null
      const fits = [digest, ...(word === null ? [] : [sha256(word)])].map((known) => timingSafeEqual(given, known))
      return fits.includes(true)
    }
  }
}

/** Of several processes that start at once, one makes the token and shows it; the others take its digest. */
async function storedToken(hub: Hub): Promise<{ digest: Buffer; fresh: string | null }> {
  const made = `tl_${randomBytes(32).toString('base64url')}`
  const mine = sha256(made).toString('hex')
  const stored = await once(hub.db, 'api_token_hash', () => mine)
  return { digest: Buffer.from(stored, 'hex'), fresh: stored === mine ? made : null }
}

const sha256 = (text: string): Buffer => hash('sha256', text, 'buffer')
