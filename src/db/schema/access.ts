/**
 * Who may come in, and what they may see and do. The first five tables are as better-auth reads and writes them
 * (`access/auth.ts`); what is said to nobody twice – tokens, passwords, keys – is kept as a hash.
 */
import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp
} from 'drizzle-orm/pg-core'
import { people } from './people.ts'
import { calendars, projects } from './projects.ts'
import { instant } from './types.ts'

/** better-auth wants dates. */
const moment = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' })

export const users = pgTable('users', {
  id: text().primaryKey(),
  name: text().notNull(),
  /** In lower case. */
  email: text().notNull().unique(),
  emailVerified: boolean().notNull().default(false),
  image: text(),
  /** owner · ops · manager · member */
  role: text().notNull().default('member'),
  /** Who they are among the people whose accounts the tools tell of; by a mail address we know is theirs. */
  personId: text().references(() => people.id, { onDelete: 'set null' }),
  /** IANA; null: their browser's. */
  timeZone: text(),
  language: text().notNull().default('en'),
  createdAt: moment().notNull().default(sql`now()`),
  updatedAt: moment().notNull().default(sql`now()`)
})

export const sessions = pgTable(
  'sessions',
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    token: text().notNull().unique(),
    expiresAt: moment().notNull(),
    ipAddress: text(),
    userAgent: text(),
    createdAt: moment().notNull().default(sql`now()`),
    updatedAt: moment().notNull().default(sql`now()`)
  },
  (t) => [index('sessions_user').on(t.userId)]
)

/** Ways in: a password, or an account at the company's identity provider. */
export const signIns = pgTable(
  'sign_ins',
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    accountId: text().notNull(),
    providerId: text().notNull(),
    accessToken: text(),
    refreshToken: text(),
    idToken: text(),
    accessTokenExpiresAt: moment(),
    refreshTokenExpiresAt: moment(),
    scope: text(),
    password: text(),
    createdAt: moment().notNull().default(sql`now()`),
    updatedAt: moment().notNull().default(sql`now()`)
  },
  (t) => [index('sign_ins_user').on(t.userId)]
)

/** Links in mails that are good once and for a while. */
export const verifications = pgTable(
  'verifications',
  {
    id: text().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: moment().notNull(),
    createdAt: moment().notNull().default(sql`now()`),
    updatedAt: moment().notNull().default(sql`now()`)
  },
  (t) => [index('verifications_identifier').on(t.identifier)]
)

export const apiKeys = pgTable(
  'api_keys',
  {
    id: text().primaryKey(),
    configId: text().notNull().default('default'),
    name: text(),
    /** Its first letters, to tell it by. */
    start: text(),
    prefix: text(),
    key: text().notNull(),
    /** Whose it is. */
    referenceId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    refillInterval: integer(),
    refillAmount: integer(),
    lastRefillAt: moment(),
    enabled: boolean().default(true),
    rateLimitEnabled: boolean().default(false),
    rateLimitTimeWindow: integer(),
    rateLimitMax: integer(),
    requestCount: integer().default(0),
    remaining: integer(),
    lastRequest: moment(),
    expiresAt: moment(),
    createdAt: moment().notNull().default(sql`now()`),
    updatedAt: moment().notNull().default(sql`now()`),
    permissions: text(),
    metadata: text()
  },
  (t) => [index('api_keys_key').on(t.key), index('api_keys_user').on(t.referenceId)]
)

/** How often one address asked to be let in, counted for all processes together. */
export const signInAttempts = pgTable('sign_in_attempts', {
  id: text().primaryKey(),
  key: text().notNull().unique(),
  count: integer().notNull(),
  lastRequest: bigint({ mode: 'number' }).notNull()
})

export const invitations = pgTable('invitations', {
  id: text().primaryKey(),
  /** In lower case. */
  email: text().notNull().unique(),
  role: text().notNull(),
  teams: text().array().notNull(),
  /** SHA-256 of the token in the link. */
  tokenHash: text().notNull().unique(),
  invitedBy: text().notNull(),
  createdAt: instant().notNull().default(sql`now()`),
  expiresAt: instant().notNull()
})

/** Those who work together: a calendar, projects, and who sees them. */
export const teams = pgTable('teams', {
  id: text().primaryKey(),
  name: text().notNull().unique(),
  calendarId: text()
    .notNull()
    .default('default')
    .references(() => calendars.id),
  createdAt: instant().notNull().default(sql`now()`)
})

export const teamMembers = pgTable(
  'team_members',
  {
    teamId: text()
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' })
  },
  (t) => [primaryKey({ columns: [t.teamId, t.userId] }), index('team_members_user').on(t.userId)]
)

/** A project is of one team: its calendar is the team's. */
export const teamProjects = pgTable(
  'team_projects',
  {
    projectId: text()
      .primaryKey()
      .references(() => projects.id, { onDelete: 'cascade' }),
    teamId: text()
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' })
  },
  (t) => [index('team_projects_team').on(t.teamId)]
)

/** Projects that were given to one person. */
export const userProjects = pgTable(
  'user_projects',
  {
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    projectId: text()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' })
  },
  (t) => [primaryKey({ columns: [t.userId, t.projectId] })]
)

/** Lists of tasks that somebody wants to come back to. */
export const views = pgTable(
  'views',
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    /** As people type it; empty: every task. */
    filter: text().notNull(),
    /** any · none · ids of rules · empty: whatever */
    finding: text().notNull(),
    search: text().notNull(),
    sort: text().notNull(),
    down: boolean().notNull(),
    /** table · board */
    layout: text().notNull(),
    /** Everybody has it among theirs; what it shows them is what they may see. */
    shared: boolean().notNull(),
    createdAt: instant().notNull().default(sql`now()`)
  },
  (t) => [index('views_user').on(t.userId)]
)

/** Every change that somebody made: append-only. */
export const audit = pgTable(
  'audit',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    at: instant().notNull().default(sql`now()`),
    /** Null: the command line, or nobody signed in yet. */
    userId: text(),
    /** As they were called then. */
    who: text().notNull(),
    /** web · key · command line */
    via: text().notNull(),
    /** Id of the operation. */
    operation: text().notNull(),
    /** What was changed: `project trello:…`, `user …`. */
    subject: text(),
    /** What was asked for, without secrets. */
    input: jsonb().notNull(),
    before: jsonb(),
    after: jsonb()
  },
  (t) => [index('audit_at').on(t.at), index('audit_subject').on(t.subject)]
)
