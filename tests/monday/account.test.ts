/** Tokens, budgets, and comments that go out: what is monday's own in each. */
import { describe, expect, it } from 'vitest'
import { monday } from '../../adapters/monday/index.ts'
import { note } from '../../adapters/monday/note.ts'
import { refusal } from '../../adapters/monday/refusal.ts'
import { paragraph, text } from '../../src/model/richText.ts'
import { startStandIn } from '../helpers/standIn.ts'
import { open, project, pull } from './opened.ts'

const app = { clientId: 'sandbox-client', clientSecret: 'sandbox-secret' }

describe('OAuth', () => {
  async function exchanged(flow: { kind: 'old' | 'new'; says?: boolean }) {
    const tool = await startStandIn('monday', { now: '2026-11-16T08:00:00Z' })
    await tool.admin('POST', 'oauth', flow)
    const { authorizeUrl } = monday.oauth!
    const tokenUrl = flow.kind === 'new' ? monday.oauth!.tokenUrl : monday.oauth!.formerTokenUrl!
    const at = (url: string) => url.replace('https://', `${tool.url}/`)
    const redirect = 'https://hub.example/oauth/back'
    const asked = new URLSearchParams({
      client_id: app.clientId,
      redirect_uri: redirect,
      state: 'abc',
      response_type: 'code'
    })
    const consent = await fetch(`${at(authorizeUrl)}?${asked}`, { redirect: 'manual' })
    const back = new URL(consent.headers.get('location') ?? '')
    expect(back.searchParams.get('state')).toBe('abc')
    const token = async (form: Record<string, string>) => {
      const body = new URLSearchParams({ client_id: app.clientId, client_secret: app.clientSecret, ...form })
      const response = await fetch(at(tokenUrl), { method: 'POST', body })
      return { status: response.status, answer: (await response.json()) as Record<string, unknown> }
    }
    const code = back.searchParams.get('code') ?? ''
    const { answer } = await token({ grant_type: 'authorization_code', code, redirect_uri: redirect })
    return {
      tool,
      token,
      answer,
      again: await token({ grant_type: 'authorization_code', code, redirect_uri: redirect })
    }
  }

  it('gives a token that never ends, once for a code', async () => {
    const { tool, answer, again } = await exchanged({ kind: 'old' })
    await using _ = tool
    const credentials = monday.oauth!.credentials(answer, app, null)
    expect(credentials).toEqual({ token: answer.access_token })
    expect(monday.oauth!.refreshToken(credentials)).toBeNull()
    expect(monday.oauth!.expiresAt(credentials)).toBeNull()
    expect((await open(tool, credentials).whoAmI()).name).toBe('Throughline')
    expect(again.status).toBe(400)
  })

  it('gives one that ends with a refresh token that works once', async () => {
    const { tool, token, answer } = await exchanged({ kind: 'new', says: true })
    await using _ = tool
    const first = monday.oauth!.credentials(answer, app, null)
    const left = Date.parse(monday.oauth!.expiresAt(first) ?? '') - Date.now()
    expect(Math.round(left / 60_000)).toBe(60)
    const refresh_token = monday.oauth!.refreshToken(first) ?? ''
    const renewed = await token({ grant_type: 'refresh_token', refresh_token })
    const second = monday.oauth!.credentials(renewed.answer, app, { ...first, signingSecret: 'kept' })
    expect(second.token).not.toBe(first.token)
    expect(second.refreshToken).not.toBe(refresh_token)
    expect(second.signingSecret).toBe('kept')
    expect((await token({ grant_type: 'refresh_token', refresh_token })).status).toBe(400)
    await tool.clock({ advanceMs: 3_700_000 })
    await expect(open(tool, first).whoAmI()).rejects.toMatchObject({ kind: 'auth_revoked' })
  })

  it('reads the end out of the token where the answer does not say it, and keeps a refresh token that is not renewed', () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const access_token = `${part({ alg: 'none' })}.${part({ exp: 1_800_000_000 })}.`
    const former = { token: 'a', refreshToken: 'b' }
    expect(monday.oauth!.credentials({ access_token }, app, former)).toEqual({
      token: access_token,
      refreshToken: 'b',
      expiresAt: '2027-01-15T08:00:00.000Z'
    })
    expect(monday.oauth!.credentials({ access_token: 'opaque' }, app, null)).toEqual({ token: 'opaque' })
  })
})

describe('Budgets', () => {
  it('are kept at the tool’s real limits: twenty pages and not one refusal', async () => {
    await using tool = await startStandIn('monday', { limits: 'real' })
    const board = await project(tool)
    await tool.tasks(
      Array.from({ length: 5000 }, (_, index) => ({
        project: board.id,
        column: board.columns['To do']!,
        title: `T ${index}`
      }))
    )
    await pull(open(tool), board.id)
    await pull(open(tool), board.id)
    const { byStatus } = await tool.requests(0)
    expect(byStatus).toEqual({ 200: 22 })
  })

  it('of a day that is used up wait for midnight, and nobody asks until then', async () => {
    await using tool = await startStandIn('monday', { limits: 'real', now: '2026-11-16T21:00:00Z' })
    const board = await project(tool)
    await tool.admin('POST', 'daily', { calls: 1 })
    const session = open(tool)
    const error = await pull(session, board.id).catch(
      (one: unknown) => one as { kind: string; code: string; retryAt: string }
    )
    expect(error).toMatchObject({ kind: 'rate_limited', code: 'DAILY_LIMIT_EXCEEDED' })
    const waits = Date.parse((error as { retryAt: string }).retryAt) - Date.now()
    expect(Math.round(waits / 60_000)).toBe(180)
    const before = (await tool.requests(0)).total
    await expect(session.whoAmI()).rejects.toMatchObject({ kind: 'rate_limited', code: 'waiting' })
    expect((await tool.requests(0)).total).toBe(before)
  })

  it('of a day are those of the account’s plan', () => {
    const of = (account: unknown) =>
      monday.quotas!({ status: 200, headers: new Headers(), body: { data: { me: { account } } } })
    expect(of({ tier: 'pro', plan: null })).toEqual([{ budget: 'day', amount: 10_000 }])
    expect(of({ tier: 'pro', plan: { tier: 'Standard' } })).toEqual([{ budget: 'day', amount: 1000 }])
    expect(of({ tier: 'something new' })).toEqual([])
    expect(of(null)).toEqual([])
  })
})

describe('Who the account is', () => {
  it('is told without the plan to an app that may not see it', async () => {
    await using tool = await startStandIn('monday')
    await tool.fault({
      path: 'query Me',
      times: 1,
      effect: {
        status: 200,
        body: '{"errors":[{"extensions":{"code":"missingRequiredPermissions","status_code":403}}]}'
      }
    })
    expect(await open(tool).whoAmI()).toMatchObject({
      name: 'Throughline',
      username: null,
      missing: [],
      expiresAt: null
    })
    expect((await tool.requests(0)).byTemplate).toEqual({ 'query Me': 2 })
  })
})

describe('Answers', () => {
  const judged = (body: unknown, status = 200) => refusal({ status, headers: new Headers(), body })
  const failing = (path: unknown[], data: unknown, code?: string) =>
    judged({ data, errors: [{ message: 'x', path, extensions: code ? { code } : {} }] })

  it('with one field that failed are answers, unless the failure took more with it', () => {
    expect(failing(['me', 'account'], { me: { account: null } })).toBeNull()
    expect(failing(['boards', 0, 'items_page'], { boards: [null] })).toMatchObject({ kind: 'bad_response' })
    expect(failing(['boards'], { boards: null })).toMatchObject({ kind: 'bad_response' })
    expect(failing(['me', 'account'], { me: { account: null } }, 'COMPLEXITY_BUDGET_EXHAUSTED')).toMatchObject({
      kind: 'rate_limited'
    })
  })

  it('that lock a board or a key are tried again and close nothing', () => {
    expect(judged({ errors: [{ extensions: { code: 'IDEMPOTENCY_CONFLICT' } }] }, 409)).toEqual({
      kind: 'provider_down',
      code: 'IDEMPOTENCY_CONFLICT',
      retryAfterMs: null,
      unclear: false
    })
    expect(judged({}, 423)).toMatchObject({ kind: 'provider_down', unclear: false })
  })

  it('with a fault of the tool inside 200 may have taken effect', () => {
    const errors = [{ extensions: { code: 'INTERNAL_SERVER_ERROR', status_code: 500 } }]
    expect(judged({ errors })).toMatchObject({ kind: 'provider_down', unclear: true })
  })
})

describe('Notes', () => {
  it('name people without an @, and notify them by the list beside the text', () => {
    const person = { kind: 'mention', externalId: '104', username: null, name: 'Ana @all' } as const
    expect(note([paragraph(text('Hello '), person, text(' and '), person)])).toEqual({
      body: '<div>Hello Ana @\u2060all and Ana @\u2060all</div>',
      mentions: [{ id: '104', type: 'User' }]
    })
  })

  it('posted twice under one key are one, for as long as the tool remembers it', async () => {
    await using tool = await startStandIn('monday', { now: '2026-11-16T08:00:00Z' })
    const board = await project(tool)
    const task = await tool.task({ project: board.id, column: board.columns['To do']!, title: 'Said once' })
    const { comments } = open(tool)
    const first = await comments.post(task, [paragraph(text('Once'))], 'key')
    expect((await comments.post(task, [paragraph(text('Once'))], 'key')).externalId).toBe(first.externalId)
    expect((await tool.look(task))?.comments).toHaveLength(1)
    await tool.clock({ advanceMs: 1_900_000 })
    expect((await comments.post(task, [paragraph(text('Once'))], 'key')).externalId).not.toBe(first.externalId)
    await expect(comments.list('1')).rejects.toMatchObject({ kind: 'not_found' })
  })

  it('are written one after the other, and a board that is locked is asked again', async () => {
    await using tool = await startStandIn('monday')
    const board = await project(tool)
    const task = await tool.task({ project: board.id, column: board.columns['To do']!, title: 'Locked' })
    await tool.fault({
      path: 'ChangeColumns',
      times: 1,
      effect: {
        status: 423,
        body: '{"errors":[{"extensions":{"code":"Resource is currently locked","status_code":423}}]}'
      }
    })
    await open(tool).write!.move!(task, board.columns.Done!)
    expect((await tool.look(task))?.column).toBe(board.columns.Done)
    expect((await tool.requests(0)).byTemplate['mutation ChangeColumns']).toBe(2)
  })
})
