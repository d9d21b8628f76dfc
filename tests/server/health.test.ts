import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { readinessOf } from '../../src/server/readiness.ts'
import { serving, sharedHub, withoutDatabase } from './serving.ts'

let hub: Hub
beforeAll(async () => {
  hub = await sharedHub()
})
afterAll(() => hub?.close())

const withoutAnswer = (rows: () => Promise<never>): Database => ({ rows }) as unknown as Database

describe('a process', () => {
  test('is alive and ready', async () => {
    await using server = await serving({ hub })
    const [alive, ready] = [await server.app.inject('/healthz'), await server.app.inject('/readyz')]
    expect([alive.statusCode, alive.json()]).toEqual([200, { status: 'ok' }])
    expect([ready.statusCode, ready.json()]).toEqual([200, { status: 'ready', parts: { database: 'ok' } }])
  })

  test('is alive but not ready without its database, and says which part is missing', async () => {
    await using server = await serving({ ...(await withoutDatabase(hub)) })
    expect((await server.app.inject('/healthz')).statusCode).toBe(200)
    const ready = await server.app.inject('/readyz')
    expect([ready.statusCode, ready.headers['retry-after'], ready.json()]).toEqual([
      503,
      '5',
      { status: 'not ready', parts: { database: 'not answering' } }
    ])
    expect((await server.app.inject('/')).body).toContain('Not ready: the database isn’t answering.')
  })
})

describe('readiness', () => {
  test('waits two seconds for the database, and asks it only once at a time', async () => {
    let asked = 0
    const readiness = readinessOf(
      withoutAnswer(() => {
        asked++
        return new Promise(() => {})
      })
    )
    const began = performance.now()
    const answers = await Promise.all([readiness(), readiness(), readiness()])
    expect(performance.now() - began).toBeGreaterThanOrEqual(1_990)
    expect(performance.now() - began).toBeLessThan(4_000)
    expect(answers.map(({ ready }) => ready)).toEqual([false, false, false])
    expect(asked).toBe(1)
  })

  test('comes back with the database', async () => {
    let works = false
    const readiness = readinessOf({
      rows: async () => {
        if (!works) throw new Error('gone')
        return []
      }
    } as unknown as Database)
    expect((await readiness()).ready).toBe(false)
    works = true
    expect((await readiness()).ready).toBe(true)
  })
})
