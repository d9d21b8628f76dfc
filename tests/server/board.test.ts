/** The board of queues over real HTTP, on a real Redis. */
import { afterEach, describe, expect, it } from 'vitest'
import { redisJobs } from '../../src/jobs/bullmq.ts'
import { JOB_KINDS } from '../../src/jobs/jobs.ts'
import { userWithKey } from '../helpers/access.ts'
import { onRedis, REDIS, wayToRedis } from '../transport/redis.ts'
import { type Serving, serving, TOKEN } from './serving.ts'

const open: Serving[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server[Symbol.asyncDispose]()
})

async function started(redis: string | undefined = REDIS): Promise<{ server: Serving; at: string }> {
  const server = await serving(redis === undefined ? {} : { env: { REDIS_URL: redis } })
  open.push(server)
  return { server, at: await server.app.listen({ host: '127.0.0.1', port: 0 }) }
}
const bearer = (key: string) => `Bearer ${key}`
const basic = (key: string) => `Basic ${Buffer.from(`anybody:${key}`).toString('base64')}`
const ask = (url: string, authorization?: string, method = 'GET') =>
  fetch(url, { method, redirect: 'manual', ...(authorization === undefined ? {} : { headers: { authorization } }) })

const cases: Record<string, () => Promise<void>> = {
  'lets nobody in who is not signed in': async () => {
    const { at } = await started()
    for (const path of ['', '/', '/api/queues', '/static/css/main.css', '/queue/sync']) {
      const answer = await ask(`${at}/admin/queues${path}`)
      expect([path, answer.status]).toEqual([path, 401])
      expect(((await answer.json()) as { error: { code: string } }).error.code).toBe('not_signed_in')
    }
    for (const wrong of [basic(TOKEN), bearer(`${TOKEN}x`), 'Bearer', 'Digest x', `Basic ${TOKEN}`]) {
      expect([wrong, (await ask(`${at}/admin/queues/api/queues`, wrong)).status]).toEqual([wrong, 401])
    }
  },

  'shows every queue to those who tend the hub, and to nobody else': async () => {
    const { server, at } = await started()
    const [managers, ops] = ['tl_a-key-of-a-manager-0123', 'tl_a-key-of-an-ops-0123456']
    await userWithKey(server.hub, 'manager', managers, 'Maria Manager')
    await userWithKey(server.hub, 'ops', ops, 'Oskar Ops')
    expect((await ask(`${at}/admin/queues/api/queues`, bearer(managers))).status).toBe(403)
    const jobs = redisJobs(REDIS, server.hub.instance)
    await jobs.wake({ kind: 'judge', id: 'all' })
    for (const authorization of [bearer(TOKEN), bearer(ops)]) {
      const answer = await ask(`${at}/admin/queues/api/queues`, authorization)
      const { queues } = (await answer.json()) as {
        queues: { name: string; readOnlyMode: boolean; counts: { waiting: number } }[]
      }
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
      expect(queues.map(({ name }) => name).toSorted()).toEqual(JOB_KINDS.toSorted())
      expect(queues.every(({ readOnlyMode }) => readOnlyMode)).toBe(true)
      expect(queues.find(({ name }) => name === 'judge')?.counts.waiting).toBe(1)
    }
    await jobs.close(100)
  },

  'comes with its page and all the page loads, under a policy of its own': async () => {
    const { at } = await started()
    const page = await ask(`${at}/admin/queues/`, bearer(TOKEN))
    const html = await page.text()
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy.split(';').toSorted()).toEqual([
      "base-uri 'self'",
      "connect-src 'self'",
      "default-src 'none'",
      "font-src 'self'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "img-src 'self' data:",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'"
    ])
    const loaded = [...html.matchAll(/(?:src|href)="(static\/[^"]+\.(?:js|css))"/g)].map(([, path]) => path)
    expect(loaded.length).toBeGreaterThan(1)
    for (const path of loaded) {
      expect([path, (await ask(`${at}/admin/queues/${path}`, bearer(TOKEN))).status]).toEqual([path, 200])
    }
    // Every script comes from here: one written into the page would be stopped by the policy.
    for (const [, attributes] of html.matchAll(/<script([^>]*)>/g))
      expect(attributes).toMatch(/src="|application\/json/)
    const elsewhere = await ask(at)
    expect(elsewhere.headers.get('content-security-policy')).not.toContain('script-src')
  },

  'changes nothing': async () => {
    const { server, at } = await started()
    const jobs = redisJobs(REDIS, server.hub.instance)
    await jobs.wake({ kind: 'judge', id: 'all' })
    for (const [method, path] of [
      ['PUT', '/api/queues/pause'],
      ['PUT', '/api/queues/judge/empty'],
      ['PUT', '/api/queues/judge/obliterate'],
      ['POST', '/api/queues/judge/add']
    ] as const) {
      const answer = await ask(`${at}/admin/queues${path}`, bearer(TOKEN), method)
      expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 405, 'GET, HEAD'])
    }
    const { queues } = (await (await ask(`${at}/admin/queues/api/queues`, bearer(TOKEN))).json()) as {
      queues: { name: string; isPaused: boolean; counts: { waiting: number } }[]
    }
    expect(queues.filter(({ isPaused }) => isPaused)).toEqual([])
    expect(queues.find(({ name }) => name === 'judge')?.counts.waiting).toBe(1)
    await jobs.close(100)
  },

  'does not let keys be tried without end': async () => {
    const { at } = await started()
    const statuses: number[] = []
    for (let tries = 0; tries < 302; tries++) statuses.push((await ask(`${at}/admin/queues/`, bearer('guess'))).status)
    expect(statuses.slice(0, 300).every((status) => status === 401)).toBe(true)
    expect(statuses.slice(300)).toEqual([429, 429])
    expect((await ask(`${at}/healthz`)).status).toBe(200)
  },

  'is not part of the API’s description': async () => {
    const { at } = await started()
    const description = await (await ask(`${at}/openapi.json`)).text()
    expect(description).not.toContain('/admin')
  },

  'says so when Redis is away, and the rest of the server goes on': async () => {
    await using way = await wayToRedis()
    const { at } = await started(way.url)
    expect((await ask(`${at}/admin/queues/api/queues`, bearer(TOKEN))).status).toBe(200)
    for (const state of ['silent', 'cut'] as const) {
      way.be(state)
      const answer = await ask(`${at}/admin/queues/api/queues`, bearer(TOKEN))
      expect([state, answer.status]).toEqual([state, 503])
      expect((await ask(`${at}/readyz`)).status).toBe(200)
    }
    way.be('open')
  }
}

describe('The board of queues', () => {
  if (onRedis) it.each(Object.entries(cases))('%s', (_title, run) => run())

  it('is not there where no Redis is set', async () => {
    const { at } = await started('')
    expect((await ask(`${at}/admin/queues`, bearer(TOKEN))).status).toBe(404)
  })
})
