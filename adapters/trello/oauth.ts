/**
 * OAuth 2 for Trello: access for an hour, refresh tokens that change with every use.
 * https://developer.atlassian.com/cloud/trello/guides/rest-api/oauth-2-getting-started/
 */
import { z } from 'zod'
import type { OAuth } from '../../src/adapter.ts'
import type { Credentials } from './api.ts'

const Answer = z.looseObject({
  access_token: z.string(),
  refresh_token: z.string().nullish(),
  expires_in: z.coerce.number().nullish()
})

export const oauth: OAuth<Credentials> = {
  authorizeUrl: 'https://auth.atlassian.com/authorize',
  tokenUrl: 'https://auth.atlassian.com/oauth/token',
  // `offline_access` is what brings a refresh token; webhooks of a board need to read it.
  scopes: ['read:board:trello', 'write:board:trello', 'read:member:trello', 'offline_access'],
  pkce: true,
  params: { prompt: 'consent' },
  credentials(answer, app, former) {
    const { access_token, refresh_token, expires_in } = Answer.parse(answer)
    const known = former && 'accessToken' in former ? former.refreshToken : null
    return {
      key: app.clientId,
      secret: app.clientSecret,
      accessToken: access_token,
      refreshToken: refresh_token ?? known,
      expiresAt: expires_in ? new Date(Date.now() + expires_in * 1000).toISOString() : null
    }
  },
  refreshToken: (credentials) => ('accessToken' in credentials ? credentials.refreshToken : null),
  expiresAt: (credentials) => ('accessToken' in credentials ? credentials.expiresAt : null)
}
