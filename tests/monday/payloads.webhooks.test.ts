/** Webhooks recorded from monday in 2025, and those it publishes: what each points at. */
import { expect, it } from 'vitest'
import { hooks } from '../../adapters/monday/webhook.ts'
import { describeWithShared } from '../helpers/shared.ts'
import { CHALLENGE, CLAIMS, EVENTS, payload } from './payloads.ts'

describeWithShared('Recorded and published events', () => {
  const delivery = (file: string) => ({
    method: 'POST',
    headers: {},
    body: Buffer.from(JSON.stringify(payload(file))),
    url: `https://hub.example/hooks/${'s'.repeat(43)}`,
    at: '2026-11-16T08:00:00.000Z'
  })
  const said = (file: string) => hooks.read(delivery(file))

  it.each(EVENTS)('%s points at the %s %s', (file, kind, externalId, deleted = false) => {
    const { event } = payload<{ event: { triggerUuid: string; userId: number; triggerTime: string } }>(file)
    const at = new Date(event.triggerTime).toISOString()
    expect(said(file)).toEqual({
      key: event.triggerUuid,
      hints: [kind === 'task' ? { kind, externalId, deleted, at, by: String(event.userId) } : { kind, externalId }]
    })
  })

  it('each have a key of their own', () => {
    expect(new Set(EVENTS.map(([file]) => said(file).key)).size).toBe(25)
  })

  it('are no challenge, and the challenge is answered with itself', () => {
    expect(EVENTS.map(([file]) => hooks.handshake?.(delivery(file)))).toEqual(EVENTS.map(() => null))
    expect(hooks.handshake?.(delivery(CHALLENGE))).toEqual({
      status: 200,
      body: { challenge: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P' }
    })
  })

  it('the published claims are those that are checked', () => {
    const claims = payload<Record<string, unknown>>(CLAIMS)
    expect(Object.keys(claims).sort()).toEqual(['accountId', 'aud', 'exp', 'iat', 'shortLivedToken', 'userId'])
  })
})
