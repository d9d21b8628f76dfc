/** Where tools tell us of changes, and what they told. */
import { sql } from 'drizzle-orm'
import { bigserial, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { connections } from './connections.ts'
import { scopes } from './sync.ts'
import { bytes, instant } from './types.ts'

/** Where a tool tells us of a scope's changes. Address and secret are encrypted; the address is found by its hash. */
export const hooks = pgTable(
  'hooks',
  {
    id: text().primaryKey(),
    connectionId: text()
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    /** Null once the scope is no longer read: then it is only to be taken away at the tool. */
    scopeId: text().references(() => scopes.id, { onDelete: 'set null' }),
    tool: text().notNull(),
    /** The scope as it was registered. */
    scope: jsonb().notNull(),
    addressHash: text().notNull().unique(),
    url: bytes().notNull(),
    secret: bytes().notNull(),
    /** {externalId, of, active}: one or several a scope, as the tool has it. */
    subscriptions: jsonb().notNull().default([]),
    /** registering · active · off (the tool switched it off) · refused (it cannot be had; `reason` says why) */
    state: text().notNull().default('registering'),
    reason: text(),
    checkedAt: instant(),
    deliveredAt: instant(),
    /** Looks in a row that found changes the tool should have told us of. */
    missed: integer().notNull().default(0),
    /** Since when it tells us nothing although the tool calls it active. */
    silentSince: instant(),
    createdAt: instant().notNull().default(sql`now()`)
  },
  (t) => [uniqueIndex('hooks_scope').on(t.scopeId).where(sql`${t.scopeId} is not null`)]
)

/** What tools told us, kept before it is acknowledged. The same delivery comes in once. */
export const inbox = pgTable(
  'inbox',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    hookId: text()
      .notNull()
      .references(() => hooks.id, { onDelete: 'cascade' }),
    key: text().notNull(),
    /** The bytes as they came, encrypted; taken away after INBOX_DAYS. */
    body: bytes(),
    hints: jsonb().notNull(),
    /** due · done · dead (`reason` says why) */
    state: text().notNull().default('due'),
    attempts: integer().notNull().default(0),
    /** When it may be worked on; pushed on while somebody does. */
    dueAt: instant().notNull().default(sql`now()`),
    reason: text(),
    receivedAt: instant().notNull().default(sql`now()`)
  },
  (t) => [
    uniqueIndex('inbox_key').on(t.hookId, t.key),
    index('inbox_due').on(t.dueAt).where(sql`${t.state} = 'due'`),
    index('inbox_received').on(t.receivedAt)
  ]
)
