import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openEmbedded, sql } from '../../src/db/database.ts'
import { lockWord } from '../../src/db/lock.ts'
import { openTokens } from '../../src/server/tokens.ts'
import { testHub } from '../helpers/hub.ts'

const stored = async (hub: Awaited<ReturnType<typeof testHub>>) =>
  (await hub.db.rows<{ value: string }>(sql`select value from settings where key = 'api_token_hash'`))[0]?.value

describe('the token of an installation', () => {
  test('is made at the first start, given out once, and stored only as its digest', async () => {
    const hub = await testHub()
    const first = await openTokens(hub)
    expect(first.fresh).toMatch(/^tl_[\w-]{43}$/)
    expect(await stored(hub)).toBe(createHash('sha256').update(String(first.fresh)).digest('hex'))
    const second = await openTokens(hub)
    expect(second.fresh).toBeNull()
    for (const { check } of [first, second]) {
      expect(await check(String(first.fresh))).toBe(true)
      expect(await check(`${first.fresh}x`)).toBe(false)
      expect(await check('')).toBe(false)
    }
    await hub.close()
  })

  test('is made by one of several that start at once', async () => {
    const hub = await testHub()
    const all = await Promise.all([openTokens(hub), openTokens(hub), openTokens(hub)])
    const fresh = all.flatMap((tokens) => tokens.fresh ?? [])
    expect(fresh).toHaveLength(1)
    for (const { check } of all) expect(await check(String(fresh[0]))).toBe(true)
    await hub.close()
  })

  test('gives way to API_TOKEN, and holds again without it', async () => {
    const hub = await testHub()
    const made = String((await openTokens(hub)).fresh)
    const API_TOKEN = 'chosen-by-the-operator-42'
    const chosen = await openTokens({ ...hub, config: { ...hub.config, API_TOKEN } })
    expect(chosen.fresh).toBeNull()
    expect(await chosen.check(API_TOKEN)).toBe(true)
    expect(await chosen.check(made)).toBe(false)
    expect(await (await openTokens(hub)).check(made)).toBe(true)
    await hub.close()
  })

  test('is never made when API_TOKEN is there from the start', async () => {
    const hub = await testHub({ API_TOKEN: 'chosen-by-the-operator-42' })
    expect((await openTokens(hub)).fresh).toBeNull()
    expect(await stored(hub)).toBeUndefined()
    await hub.close()
  })
})

test('the word of the folder’s lock lets this machine’s command line in while the lock is held', async () => {
  const hub = await testHub()
  // Only the embedded engine locks its folder, whatever engine the other tests run on.
  const db = await openEmbedded(hub.folder)
  const { check } = await openTokens({ ...hub, db })
  const word = String(lockWord(hub.folder))
  expect(await check(word)).toBe(true)
  expect(await check(`${word}x`)).toBe(false)
  await db.close()
  expect(await check(word)).toBe(false)
  await hub.close()
})
