/**
 * Secrets at rest: AES-256-GCM, the owner's id as additional data, so that a ciphertext moved to another row does not
 * open. Key: `HUB_SECRET`, else `secret.key` (0600) in the data folder, made at first start.
 *
 * A wrong key refuses to boot (a proof sealed with the key is kept in `settings`); a lost key means reconnecting
 * accounts, nothing else is lost.
 *
 * A key is replaced by starting with the new one in `HUB_SECRET` and the old one in `HUB_SECRET_FORMER`: both open, the
 * new one seals, and everything that is kept is sealed anew at start. Limit: a process that still runs with the old key
 * alone cannot open what was sealed anew; it is to be started again too.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bytesParam, type Database, json, sql } from './database.ts'

export interface Keyring {
  seal(plain: string, owner: string): Uint8Array
  /** Throws when the bytes were sealed with an unknown key or for another owner. */
  open(sealed: Uint8Array, owner: string): string
}

export interface Keys {
  HUB_SECRET?: string | undefined
  HUB_SECRET_FORMER?: string | undefined
  DATA_DIR: string
}

export class WrongKey extends Error {
  override readonly name = 'WrongKey'
}

const VERSION = 1
const PROOF = 'throughline'

/** Where sealed bytes are kept, and the column that names their owner. */
const SEALED = [
  { table: 'connections', column: 'credentials', owner: 'id' },
  { table: 'hooks', column: 'url', owner: 'id' },
  { table: 'hooks', column: 'secret', owner: 'id' },
  { table: 'oauth_attempts', column: 'verifier', owner: 'state' }
] as const

/** The keyring of this installation, checked against the database it is used with. Throws `WrongKey`. */
export async function openKeyring(db: Database, config: Keys): Promise<Keyring> {
  const key = config.HUB_SECRET ? Buffer.from(config.HUB_SECRET, 'hex') : keyFile(config.DATA_DIR)
  const former = (config.HUB_SECRET_FORMER ?? '').split(',').filter((word) => word !== '')
  const ring = keyring(key, ...former.map((word) => Buffer.from(word, 'hex')))
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
  if (former.length > 0) {
    await sealAnew(db, ring, keyring(key))
    await db.run(sql`update settings set value = ${json(proof)} where key = 'key_proof'`)
  }
  return ring
}

/** Seals with the first key; opens with any of them. */
export function keyring(...keys: [Uint8Array, ...Uint8Array[]]): Keyring {
  return {
    seal(plain, owner) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', keys[0], iv).setAAD(Buffer.from(owner))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), body])
    },
    open(sealed, owner) {
      const bytes = Buffer.from(sealed)
      if (bytes[0] !== VERSION) throw new Error('Unknown version of a sealed secret.')
      for (const [index, key] of keys.entries()) {
        try {
          return unsealed(bytes, owner, key)
        } catch (error) {
          if (index === keys.length - 1) throw error
        }
      }
      throw new Error('There is no key.')
    }
  }
}

function unsealed(bytes: Buffer, owner: string, key: Uint8Array): string {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 13))
    .setAAD(Buffer.from(owner))
    .setAuthTag(bytes.subarray(13, 29))
  return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()]).toString('utf8')
}

/** What somebody wrote meanwhile stays; what no key opens is left as it is and fails where it is used. */
async function sealAnew(db: Database, ring: Keyring, current: Keyring): Promise<void> {
  for (const { table, column, owner } of SEALED) {
    const [name, bytes, of] = [sql.identifier(table), sql.identifier(column), sql.identifier(owner)]
    const rows = await db.rows<{ owner: string; sealed: Uint8Array }>(
      sql`select ${of} as owner, ${bytes} as sealed from ${name}`
    )
    for (const row of rows) {
      if (opens(current, row.sealed, row.owner) || !opens(ring, row.sealed, row.owner)) continue
      await db.run(sql`
        update ${name} set ${bytes} = ${bytesParam(ring.seal(ring.open(row.sealed, row.owner), row.owner))}
        where ${of} = ${row.owner} and ${bytes} = ${bytesParam(row.sealed)}`)
    }
  }
}

function opens(ring: Keyring, sealed: Uint8Array, owner: string): boolean {
  try {
    ring.open(sealed, owner)
    return true
  } catch {
    return false
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
