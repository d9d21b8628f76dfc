import { describe, expect, test } from 'vitest'
import { openAccess } from '../../src/access/open.ts'
import { openEmbedded, sql } from '../../src/db/database.ts'
import { lockWord } from '../../src/db/lock.ts'
import { userWithKey } from '../helpers/access.ts'
import { testHub } from '../helpers/hub.ts'

const bearer = (word: string) => new Headers({ authorization: `Bearer ${word}` })

describe('who is at the door', () => {
  test('a key lets in whose it is, with their role as it is now; other words, and a key that was switched off, nobody', async () => {
    await using hub = await closing(testHub())
    const { doorkeeper } = await openAccess(hub, null)
    const id = await userWithKey(hub, 'manager', 'tl_key-of-ana')
    expect(await doorkeeper.whoIs(bearer('tl_key-of-ana'))).toEqual({
      id,
      name: 'Ana Ribeiro',
      email: 'ana.ribeiro@larkfield.example',
      via: 'key',
      role: 'manager',
      readsOnly: false,
      projects: []
    })
    await hub.db.run(sql`update users set role = 'ops'`)
    expect(await doorkeeper.whoIs(bearer('tl_key-of-ana'))).toMatchObject({ role: 'ops', projects: null })
    for (const word of ['tl_key-of-anb', '', 'x'.repeat(5000)]) expect(await doorkeeper.whoIs(bearer(word))).toBeNull()
    await hub.db.run(sql`update api_keys set enabled = false`)
    expect(await doorkeeper.whoIs(bearer('tl_key-of-ana'))).toBeNull()
  })

  test('a key that may only read says so, and one without a scope lets nobody in', async () => {
    await using hub = await closing(testHub())
    const { doorkeeper } = await openAccess(hub, null)
    await userWithKey(hub, 'ops', 'tl_key-of-ana')
    await hub.db.run(sql`update api_keys set permissions = '{"hub":["read"]}'`)
    expect(await doorkeeper.whoIs(bearer('tl_key-of-ana'))).toMatchObject({ readsOnly: true })
    await hub.db.run(sql`update api_keys set permissions = null`)
    expect(await doorkeeper.whoIs(bearer('tl_key-of-ana'))).toBeNull()
  })

  test('the word of the folder’s lock lets this machine’s command line in while the lock is held', async () => {
    await using hub = await closing(testHub())
    // Only the embedded engine locks its folder, whatever engine the other tests run on.
    const db = await openEmbedded(hub.folder)
    const { doorkeeper } = await openAccess({ ...hub, db }, null)
    const word = String(lockWord(hub.folder))
    expect(await doorkeeper.whoIs(bearer(word))).toMatchObject({ via: 'command line', role: 'owner', projects: null })
    expect(await doorkeeper.whoIs(bearer(`${word}x`))).toBeNull()
    await db.close()
  })
})

/** The hub is closed with the test. */
async function closing<T extends { close(): Promise<void> }>(opening: Promise<T>): Promise<T & AsyncDisposable> {
  const hub = await opening
  return { ...hub, [Symbol.asyncDispose]: () => hub.close() }
}
