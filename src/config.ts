/**
 * The environment, checked once, in one place. Blank means unset. An error names the variable and the shape it should
 * have, never the value it had: values may be secrets.
 */
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const BUILT_WEB = fileURLToPath(new URL('../dist/web', import.meta.url))

const port = z.coerce.number().int().min(0).max(65535)
const url = (...protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol))

const standIn = (real: string) =>
  url('http:', 'https:').optional().describe(`${real}; another address only for a stand-in`)

/** The hub's own registration at a tool, for connecting without pasting a token. */
const app = (where: string) =>
  z.string().min(1).optional().describe(`the text shown for your app at ${where}; unset: tokens are pasted`)

const Environment = z.object({
  DATA_DIR: z.string().default('./data').describe('a folder; it holds the embedded database, the key file and mails'),
  WEB_DIR: z.string().default(BUILT_WEB).describe('a folder; the built web app, which npm run build puts in dist/web'),
  DATABASE_URL: url('postgres:', 'postgresql:')
    .optional()
    .describe('postgres://user:password@host:5432/database; unset: the embedded database in DATA_DIR'),
  REDIS_URL: url('redis:', 'rediss:')
    .optional()
    .describe('redis://host:6379; needed only when several machines share the work'),
  HUB_SECRET: z
    .string()
    .regex(/^[0-9a-f]{64}$/i)
    .optional()
    .describe('64 hexadecimal digits (openssl rand -hex 32); unset: a key file in DATA_DIR'),
  HUB_SECRET_FORMER: z
    .string()
    .regex(/^[0-9a-f]{64}(,[0-9a-f]{64})*$/i)
    .optional()
    .describe('the keys HUB_SECRET has replaced, separated by commas; only until every process was started anew'),
  HOST: z.string().default('127.0.0.1').describe('the address to listen on'),
  PORT: port.default(3000).describe('a port number from 0 to 65535'),
  PUBLIC_URL: url('http:', 'https:')
    .transform((value) => value.replace(/\/+$/, ''))
    .optional()
    .describe('https://hub.example.com; the address people reach the hub at, for links in notes and mails'),
  SMTP_URL: url('smtp:', 'smtps:')
    .optional()
    .describe('smtp://user:password@host:587; unset: mails are written to DATA_DIR/mail as .eml files'),
  MAIL_FROM: z.string().min(3).default('Throughline <throughline@localhost>').describe('Name <address>'),
  TIME_ZONE: z
    .string()
    .refine((zone) => isTimeZone(zone))
    .optional()
    .describe('an IANA time zone such as Europe/Lisbon; projects without a calendar of their own use it'),
  ALERT_GRACE_MINUTES: z.coerce
    .number()
    .int()
    .min(0)
    .default(30)
    .describe('whole minutes a card gets before its first note'),
  SYNC_MINUTES: z.coerce.number().min(0.05).default(5).describe('minutes between two looks at a board'),
  FACTS_MAX_AGE_MINUTES: z.coerce
    .number()
    .min(1)
    .default(120)
    .describe('minutes after the last complete look at a board from which notes and reports no longer speak of it'),
  INBOX_DAYS: z.coerce
    .number()
    .min(0)
    .default(7)
    .describe('days that what a tool told us by webhook is kept as it came'),
  RUN_DAYS: z.coerce.number().min(1).default(30).describe('days that the record of a look at a board is kept'),
  NOTICES_TO: z
    .string()
    .regex(/^[^@\s]+@[^@\s]+$/)
    .optional()
    .describe('ops@example.com; who is told by mail when an account has to be connected again'),
  TRELLO_KEY: z
    .string()
    .regex(/^[0-9a-z-]+$/i)
    .optional()
    .describe('the API key of your Trello app, from trello.com/apps/admin'),
  TRELLO_URL: standIn('https://api.trello.com/1'),
  CLICKUP_URL: standIn('https://api.clickup.com/api'),
  BASECAMP_URL: standIn('https://3.basecampapi.com'),
  MONDAY_URL: standIn('https://api.monday.com'),
  LINEAR_URL: standIn('https://api.linear.app'),
  TRELLO_CLIENT_ID: app('trello.com/apps/admin'),
  TRELLO_CLIENT_SECRET: app('trello.com/apps/admin'),
  CLICKUP_CLIENT_ID: app('ClickUp, Settings → Apps'),
  CLICKUP_CLIENT_SECRET: app('ClickUp, Settings → Apps'),
  BASECAMP_CLIENT_ID: app('launchpad.37signals.com/integrations'),
  BASECAMP_CLIENT_SECRET: app('launchpad.37signals.com/integrations'),
  MONDAY_CLIENT_ID: app('monday, Developers'),
  MONDAY_CLIENT_SECRET: app('monday, Developers'),
  LINEAR_CLIENT_ID: app('Linear, Settings → API'),
  LINEAR_CLIENT_SECRET: app('Linear, Settings → API'),
  OIDC_ISSUER: url('http:', 'https:')
    .optional()
    .describe('https://login.example.com/realms/company; the identity provider people may sign in with'),
  OIDC_CLIENT_ID: z.string().min(1).optional().describe('the text your identity provider shows for Throughline'),
  OIDC_CLIENT_SECRET: z.string().min(1).optional().describe('the text your identity provider shows for Throughline'),
  OIDC_NAME: z.string().min(1).default('your company account').describe('what the button says after “Sign in with”'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('fatal, error, warn, info, debug, trace or silent')
})

export type Config = Readonly<z.infer<typeof Environment>>

/** Every variable with what it is for; `.env.example` and the docs are checked against it. */
export const VARIABLES: readonly { name: keyof Config; shape: string }[] = Object.entries(Environment.shape).map(
  ([name, schema]) => ({ name: name as keyof Config, shape: schema.description ?? '' })
)

/** What is wrong with the environment, one sentence per variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Reads the environment. Throws `ConfigError` naming every variable that does not fit and the shape it should have. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const known = Object.fromEntries(
    VARIABLES.map(({ name }) => [name, env[name]?.trim()]).filter(([, value]) => value !== undefined && value !== '')
  )
  const parsed = Environment.safeParse(known)
  if (parsed.success) return Object.freeze(parsed.data)
  const wrong = new Set(parsed.error.issues.map((issue) => String(issue.path[0])))
  const lines = VARIABLES.filter(({ name }) => wrong.has(name)).map(({ name, shape }) => `${name} should be ${shape}.`)
  throw new ConfigError(lines.join('\n'))
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
