/**
 * OAuth 2 of Launchpad, 37signals' sign-in: a token for two weeks and a refresh token that stays; no scopes, no PKCE.
 * https://github.com/basecamp/bc-api/blob/master/sections/authentication.md
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
  authorizeUrl: 'https://launchpad.37signals.com/authorization/new',
  tokenUrl: 'https://launchpad.37signals.com/authorization/token',
  scopes: [],
  pkce: false,
  credentials(answer, _app, former) {
    const { access_token, refresh_token, expires_in } = Answer.parse(answer)
    return {
      ...(former?.account === undefined ? {} : { account: former.account }),
      token: access_token,
      refreshToken: refresh_token ?? former?.refreshToken ?? null,
      expiresAt: expires_in ? new Date(Date.now() + expires_in * 1000).toISOString() : null
    }
  },
  refreshToken: ({ refreshToken }) => refreshToken ?? null,
  expiresAt: ({ expiresAt }) => expiresAt ?? null
}
