/** Accounts in tools. */
import { sql } from 'drizzle-orm'
import { integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytes, instant } from './types.ts'

/** One account in one tool. */
export const connections = pgTable(
  'connections',
  {
    id: text().primaryKey(),
    tool: text().notNull(),
    account: text().notNull(),
    accountName: text().notNull(),
    accountUsername: text(),
    /** Encrypted; see `db/secrets.ts`. */
    credentials: bytes().notNull(),
    /** Counts up with each renewal: whoever waited for one sees that it is done. */
    credentialsVersion: integer().notNull().default(1),
    /** Somebody is renewing them; others wait until then and look again. */
    renewingUntil: instant(),
    baseUrl: text(),
    /** active · parked (the tool refuses the account; no further calls until it is reconnected) · paused (somebody said so) */
    state: text().notNull().default('active'),
    stateReason: text(),
    stateSince: instant().notNull().default(sql`now()`),
    expiresAt: instant(),
    /** How far the tool's clock was before ours at the last look, in milliseconds. */
    skewMs: integer(),
    createdAt: instant().notNull().default(sql`now()`)
  },
  (t) => [uniqueIndex('connections_account').on(t.tool, t.account, sql`coalesce(${t.baseUrl}, '')`)]
)

/** A person is at the tool's consent screen; what comes back must name one of these. */
export const oauthAttempts = pgTable('oauth_attempts', {
  state: text().primaryKey(),
  tool: text().notNull(),
  /** PKCE verifier, encrypted. */
  verifier: bytes().notNull(),
  redirectUrl: text().notNull(),
  baseUrl: text(),
  /** Who began it, as changes are kept; only they may end it when they began on a page. */
  userId: text(),
  who: text().notNull().default(''),
  via: text().notNull().default('command line'),
  /** The page of the app they began on and come back to: welcome · connections; null: none of the app's. */
  page: text(),
  createdAt: instant().notNull().default(sql`now()`)
})
