/**
 * Secrets at rest: AES-256-GCM, the owner's id as additional data, so that a ciphertext moved to another row does not
 * open. Key: `HUB_SECRET`, else `secret.key` (0600) in the data folder, made at first start.
 *
 * A wrong key refuses to boot (a proof sealed with the first key is kept in `settings`); a lost key means reconnecting
 * accounts, nothing else is lost.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Database, json, sql } from './database.ts'

export interface Keyring {
  seal(plain: string, owner: string): Uint8Array
  /** Throws when the bytes were sealed with another key or for another owner. */
  open(sealed: Uint8Array, owner: string): string
}

export class WrongKey extends Error {
  override readonly name = 'WrongKey'
}

const VERSION = 1
const PROOF = 'throughline'

/** The keyring of this installation, checked against the database it is used with. Throws `WrongKey`. */
export async function openKeyring(
  db: Database,
  config: { HUB_SECRET?: string | undefined; DATA_DIR: string }
): Promise<Keyring> {
  const ring = keyring(config.HUB_SECRET ? Buffer.from(config.HUB_SECRET, 'hex') : keyFile(config.DATA_DIR))
  const proof = Buffer.from(ring.seal(PROOF, 'proof')).toString('base64')
  await db.run(sql`insert into settings (key, value) values ('key_proof', ${json(proof)}) on conflict do nothing`)
  const [stored] = await db.rows<{ value: string }>(sql`select value from settings where key = 'key_proof'`)
  try {
    ring.open(Buffer.from(stored?.value ?? '', 'base64'), 'proof')
  } catch {
    throw new WrongKey(
      config.HUB_SECRET
        ? 'HUB_SECRET is not the key this database was set up with. Start with the former one, or reconnect every account.'
        : `${join(config.DATA_DIR, 'secret.key')} is not the key this database was set up with. Restore it, or set HUB_SECRET.`
    )
  }
  return ring
}

export function keyring(key: Uint8Array): Keyring {
  return {
    seal(plain, owner) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(owner))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), body])
    },
    open(sealed, owner) {
      const bytes = Buffer.from(sealed)
      if (bytes[0] !== VERSION) throw new Error('Unknown version of a sealed secret.')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 13))
        .setAAD(Buffer.from(owner))
        .setAuthTag(bytes.subarray(13, 29))
      return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()]).toString('utf8')
    }
  }
}

function keyFile(folder: string): Uint8Array {
  const file = join(folder, 'secret.key')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
  if (key.length !== 32) throw new WrongKey(`${file} should hold 64 hexadecimal digits.`)
  return key
}
