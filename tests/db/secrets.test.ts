import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { bytesParam, sql } from '../../src/db/database.ts'
import { keyring, openKeyring, WrongKey } from '../../src/db/secrets.ts'
import { openHub } from '../../src/hub.ts'
import { testDatabase } from '../helpers/hub.ts'

const [KEY, OTHER] = ['a1'.repeat(32), 'b2'.repeat(32)]
const ring = keyring(Buffer.from(KEY, 'hex'))

describe('a sealed secret', () => {
  test('opens to what was sealed, whatever the script, and never looks the same twice', () => {
    const [one, two] = [ring.seal('tökén 🔑', 'trello-1'), ring.seal('tökén 🔑', 'trello-1')]
    expect(ring.open(one, 'trello-1')).toBe('tökén 🔑')
    expect(ring.open(two, 'trello-1')).toBe('tökén 🔑')
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false)
    expect(Buffer.from(one).includes('tök')).toBe(false)
  })

  test('does not open for another owner, so a ciphertext moved to another row is worth nothing', () => {
    expect(() => ring.open(ring.seal('token', 'trello-1'), 'trello-2')).toThrow()
  })

  test('does not open with another key', () => {
    expect(() => keyring(Buffer.from(OTHER, 'hex')).open(ring.seal('token', 'a'), 'a')).toThrow()
  })

  test('does not open when any of its bytes was flipped, or some are missing', () => {
    const sealed = Buffer.from(ring.seal('token', 'a'))
    for (let at = 0; at < sealed.length; at++) {
      const flipped = Buffer.from(sealed)
      flipped[at] = (flipped[at] as number) ^ 1
      expect(() => ring.open(flipped, 'a'), `byte ${at}`).toThrow()
    }
    expect(() => ring.open(sealed.subarray(0, -1), 'a')).toThrow()
    expect(() => ring.open(new Uint8Array(), 'a')).toThrow()
  })
})

describe('the key of an installation', () => {
  let folder: string
  let base: Awaited<ReturnType<typeof testDatabase>>
  beforeAll(async () => {
    base = await testDatabase()
  })
  afterAll(() => base.drop())
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'throughline-key-'))
    await base.db.run(sql`delete from settings`)
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  test('is replaced by starting with both: what was sealed is sealed anew, and the former key is needed no more', async () => {
    const at = { DATA_DIR: folder }
    const before = await openKeyring(base.db, { ...at, HUB_SECRET: KEY })
    await base.db.run(sql`
      insert into connections (id, tool, account, account_name, credentials)
      values ('trello-1', 'trello', 'a', 'Ana', ${bytesParam(before.seal('token', 'trello-1'))})`)
    const kept = async () =>
      (await base.db.rows<{ credentials: Uint8Array }>(sql`select credentials from connections`))[0]!.credentials
    const former = await kept()
    const both = await openKeyring(base.db, { ...at, HUB_SECRET: OTHER, HUB_SECRET_FORMER: KEY })
    expect(both.open(former, 'trello-1')).toBe('token')
    expect(both.open(await kept(), 'trello-1')).toBe('token')
    const after = await openKeyring(base.db, { ...at, HUB_SECRET: OTHER })
    expect(after.open(await kept(), 'trello-1')).toBe('token')
    expect(() => after.open(former, 'trello-1')).toThrow()
    await expect(openKeyring(base.db, { ...at, HUB_SECRET: KEY })).rejects.toBeInstanceOf(WrongKey)
    await base.db.run(sql`delete from connections`)
  })

  test('seals what comes back from the database byte for byte', async () => {
    const sealed = ring.seal('token', 'a')
    const [row] = await base.db.rows<{ body: Uint8Array }>(sql`select ${bytesParam(sealed)} as body`)
    expect(ring.open(row?.body as Uint8Array, 'a')).toBe('token')
  })

  const file = () => join(folder, 'secret.key')

  test('is made once, as a file that only its owner can read', async () => {
    const first = await openKeyring(base.db, { DATA_DIR: folder })
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    const made = readFileSync(file(), 'utf8')
    expect(made).toMatch(/^[0-9a-f]{64}\n$/)
    const second = await openKeyring(base.db, { DATA_DIR: folder })
    expect(readFileSync(file(), 'utf8')).toBe(made)
    expect(second.open(first.seal('token', 'a'), 'a')).toBe('token')
  })

  test('is HUB_SECRET where that is set, and then no file is made', async () => {
    const opened = await openKeyring(base.db, { DATA_DIR: folder, HUB_SECRET: KEY })
    expect(opened.open(ring.seal('token', 'a'), 'a')).toBe('token')
    expect(() => statSync(file())).toThrow('ENOENT')
  })

  test('that is a wrong HUB_SECRET refuses to boot, in a sentence without any key', async () => {
    await openKeyring(base.db, { DATA_DIR: folder, HUB_SECRET: KEY })
    const wrong = await openKeyring(base.db, { DATA_DIR: folder, HUB_SECRET: OTHER }).catch((error) => error)
    expect(wrong).toBeInstanceOf(WrongKey)
    expect(wrong.message).toBe(
      'HUB_SECRET is not the key this database was set up with. Start with the former one, or reconnect every account.'
    )
    const again = await openKeyring(base.db, { DATA_DIR: folder, HUB_SECRET: KEY })
    expect(again.open(ring.seal('token', 'a'), 'a')).toBe('token')
  })

  test('that is the file of another installation refuses to boot and names the file', async () => {
    await openKeyring(base.db, { DATA_DIR: folder })
    writeFileSync(file(), `${OTHER}\n`)
    await expect(openKeyring(base.db, { DATA_DIR: folder })).rejects.toThrow(
      `${file()} is not the key this database was set up with. Restore it, or set HUB_SECRET.`
    )
  })

  test('that is no key at all refuses to boot and says what the file should hold', async () => {
    writeFileSync(file(), 'hello')
    await expect(openKeyring(base.db, { DATA_DIR: folder })).rejects.toThrow(
      `${file()} should hold 64 hexadecimal digits.`
    )
  })

  test('keeps the whole hub from opening when it is wrong', async () => {
    const keep = { ...base.db, close: async () => {} }
    await openHub(readConfig({ DATA_DIR: folder, HUB_SECRET: KEY }), { db: keep })
    await expect(openHub(readConfig({ DATA_DIR: folder, HUB_SECRET: OTHER }), { db: keep })).rejects.toBeInstanceOf(
      WrongKey
    )
  })
})
