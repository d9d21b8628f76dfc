/** Allowing access in the browser, on each tool's stand-in: a connection comes out of it, and its token is renewed. */
import { describe, expect, it } from 'vitest'
import { listConnections } from '../../src/connections/connections.ts'
import { finishOAuth, startOAuth } from '../../src/connections/oauth.ts'
import { credentialsOf, renewed } from '../../src/connections/renewal.ts'
import { openSession } from '../../src/connections/session.ts'
import { testHub } from '../helpers/hub.ts'
import { startStandIn } from '../helpers/standIn.ts'
import { rigs } from './rigs/index.ts'

const BACK = 'https://hub.example/oauth/callback'

describe.each(rigs.map((rig) => [rig.adapter.name, rig] as const))('%s', (_name, rig) => {
  const { tool, oauth } = rig.adapter
  if (!oauth) return

  it('connects whoever allows it, and renews what ends', async () => {
    await using standIn = await startStandIn(tool)
    const baseUrl = rig.baseUrl(standIn.url)
    const prefix = tool.toUpperCase()
    const hub = await testHub({
      PUBLIC_URL: 'https://hub.example',
      [`${prefix}_CLIENT_ID`]: rig.app.clientId,
      [`${prefix}_CLIENT_SECRET`]: rig.app.clientSecret
    })
    try {
      const url = new URL(await startOAuth(hub, tool, baseUrl))
      expect(url.searchParams.get('redirect_uri')).toBe(BACK)
      expect(url.searchParams.has('code_challenge')).toBe(oauth.pkce)
      expect(url.href).not.toContain(rig.app.clientSecret)
      const screen = await fetch(url, { redirect: 'manual' })
      const back = new URL(screen.headers.get('location') ?? 'about:blank')
      expect(`${back.origin}${back.pathname}`).toBe(BACK)

      const { connection, account } = await finishOAuth(hub, back.searchParams)
      expect(account.name).toBe('Throughline')
      const { session } = await openSession(hub, connection.id, 0)
      expect((await session.whoAmI()).externalId).toBe(account.externalId)

      const before = await credentialsOf(hub, connection.id)
      if (oauth.refreshToken(before.credentials) !== null) {
        const after = await renewed(hub, connection.id, before.version)
        expect(after.version).toBe(before.version + 1)
        expect(rig.adapter.authorize(after.credentials)).not.toEqual(rig.adapter.authorize(before.credentials))
        const again = await openSession(hub, connection.id, 0)
        expect((await again.session.whoAmI()).externalId).toBe(account.externalId)
      }
      // The same account by a pasted token is the same connection.
      expect(await listConnections(hub)).toHaveLength(1)
    } finally {
      await hub.close()
    }
  })
})

describe('monday’s newer flow', () => {
  it('gives tokens that end, with PKCE, and they are renewed', async () => {
    const rig = rigs.find(({ adapter }) => adapter.tool === 'monday')
    if (!rig) throw new Error('no monday')
    await using standIn = await startStandIn('monday')
    await standIn.admin('POST', 'oauth', { kind: 'new', says: true })
    const baseUrl = rig.baseUrl(standIn.url)
    const app = { MONDAY_CLIENT_ID: rig.app.clientId, MONDAY_CLIENT_SECRET: rig.app.clientSecret }
    const hub = await testHub({ PUBLIC_URL: 'https://hub.example', ...app })
    try {
      const screen = await fetch(await startOAuth(hub, 'monday', baseUrl), { redirect: 'manual' })
      const { connection } = await finishOAuth(hub, new URL(screen.headers.get('location') ?? '').searchParams)
      const before = await credentialsOf(hub, connection.id)
      const after = await renewed(hub, connection.id, before.version)
      expect(rig.adapter.authorize(after.credentials).authorization).toMatch(/^Bearer /)
      const { session } = await openSession(hub, connection.id, 0)
      expect((await session.whoAmI()).name).toBe('Throughline')
    } finally {
      await hub.close()
    }
  })
})
