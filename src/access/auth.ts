/**
 * Signing in, by better-auth on our tables: e-mail and password, a link by mail, and the company's identity provider
 * where one is configured. Nobody signs up by themselves: a user is made from the first owner's link or an invitation.
 *
 * Sessions last two weeks and are renewed once a day while used; their cookie is HttpOnly, SameSite=Lax, and Secure
 * where people reach the hub by https. Attempts are counted in the database, for all processes together.
 */
import { apiKey } from '@better-auth/api-key'
import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { genericOAuth, magicLink } from 'better-auth/plugins'
import { apiKeys, sessions, signInAttempts, signIns, users, verifications } from '../db/schema/access.ts'
import type { Hub } from '../hub.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { homeOf } from './home.ts'
import { invitedRole } from './invitations.ts'
import { mailLetIn } from './mail.ts'
import { settleIn } from './users.ts'

export type Auth = Awaited<ReturnType<typeof openAuth>>

export const AUTH_PATH = '/api/auth'
/** The header by which our server says whose request it is, as it knows past proxies. */
export const ADDRESS_HEADER = 'x-throughline-from'
/** Of the identity provider, in its way back: `/api/auth/oauth2/callback/company`. */
export const COMPANY = 'company'

const DAY = 86_400
const LINK_MINUTES = 15

/** `secret`: signs cookies; stays the same for all processes and starts. */
export async function openAuth(hub: Hub, { jobs, secret }: { jobs: Jobs | null; secret: string }) {
  const home = homeOf(hub)
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = hub.config
  const mail = async (...letIn: Parameters<typeof mailLetIn> extends [Hub, ...infer Rest] ? Rest : never) => {
    await mailLetIn(hub, ...letIn)
    await jobs?.wake({ kind: 'deliver', id: 'all' })
  }
  return betterAuth({
    appName: 'Throughline',
    baseURL: home,
    basePath: AUTH_PATH,
    secret,
    telemetry: { enabled: false },
    logger: { disabled: true },
    database: drizzleAdapter(await hub.db.drizzle(), {
      provider: 'pg',
      schema: {
        user: users,
        session: sessions,
        account: signIns,
        verification: verifications,
        apikey: apiKeys,
        rateLimit: signInAttempts
      }
    }),
    user: {
      additionalFields: {
        role: { type: 'string', input: false },
        personId: { type: 'string', required: false, input: false },
        timeZone: { type: 'string', required: false },
        language: { type: 'string', required: false }
      },
      changeEmail: { enabled: false },
      deleteUser: { enabled: false }
    },
    session: { expiresIn: 14 * DAY, updateAge: DAY },
    verification: { storeIdentifier: 'hashed' },
    account: { accountLinking: { enabled: true, trustedProviders: [COMPANY] } },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 10,
      maxPasswordLength: 200,
      resetPasswordTokenExpiresIn: 60 * LINK_MINUTES,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) =>
        mail(`reset:${token}`, {
          to: { name: user.name, address: user.email },
          subject: 'A new password for Throughline',
          before: ['Somebody asked for a new password for your account.'],
          link: { href: `${home}/reset?token=${encodeURIComponent(token)}`, label: 'Choose a new password' },
          after: [`The link is good for ${LINK_MINUTES} minutes. If it was not you, leave it: nothing changes.`]
        })
    },
    plugins: [
      magicLink({
        disableSignUp: true,
        expiresIn: 60 * LINK_MINUTES,
        storeToken: 'hashed',
        sendMagicLink: async ({ email, token, url }) => {
          const back = new URL(url).searchParams.get('callbackURL') ?? '/'
          const query = new URLSearchParams({ token, callbackURL: back, errorCallbackURL: '/sign-in' })
          await mail(`link:${token}`, {
            to: { name: null, address: email },
            subject: 'Your link to Throughline',
            before: ['Here is the link you asked for.'],
            link: { href: `${home}${AUTH_PATH}/magic-link/verify?${query}`, label: 'Sign in' },
            after: [`It is good once, for ${LINK_MINUTES} minutes. If you did not ask for it, leave it.`]
          })
        }
      }),
      apiKey({ defaultPrefix: 'tl_', rateLimit: { enabled: false }, enableMetadata: false, requireName: true }),
      ...(OIDC_ISSUER && OIDC_CLIENT_ID && OIDC_CLIENT_SECRET
        ? [
            genericOAuth({
              config: [
                {
                  providerId: COMPANY,
                  clientId: OIDC_CLIENT_ID,
                  clientSecret: OIDC_CLIENT_SECRET,
                  discoveryUrl: `${OIDC_ISSUER.replace(/\/+$/, '')}/.well-known/openid-configuration`,
                  scopes: ['openid', 'profile', 'email'],
                  pkce: true
                }
              ]
            })
          ]
        : [])
    ],
    databaseHooks: {
      user: {
        create: {
          // The only way here from outside is the identity provider: it lets in whom we invited, and nobody else.
          before: async (user) => {
            const invited = (user as { role?: string }).role ?? (await invitedRole(hub.db, user.email))
            return invited ? { data: { ...user, role: invited } } : false
          },
          after: async (user) => settleIn(hub.db, user.id)
        }
      }
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 120,
      customRules: {
        '/sign-in/*': { window: 60, max: 10 },
        '/request-password-reset': { window: 60, max: 5 },
        '/reset-password': { window: 60, max: 10 },
        '/get-session': false
      }
    },
    disabledPaths: ['/api-key/create', '/api-key/update', '/api-key/verify', '/api-key/delete', '/update-user'],
    advanced: {
      // Said outright: left out, an environment that calls itself a test would switch them off.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      useSecureCookies: home.startsWith('https:'),
      cookiePrefix: 'throughline',
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: { generateId: () => crypto.randomUUID() }
    }
  })
}
