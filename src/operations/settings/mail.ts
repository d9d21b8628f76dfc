/** Where mail goes, and whether it arrives: one to try it, by the way that all mails take. */
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { homeOf } from '../../access/home.ts'
import { mailLetIn } from '../../access/mail.ts'
import { channels } from '../../channels/index.ts'
import { type Queryable, sql } from '../../db/database.ts'
import { deliverDue } from '../../outbox/outbox.ts'
import { operation, Refusal } from '../operation.ts'

export const mailSettings = operation({
  id: 'mailSettings',
  right: 'tend',
  method: 'GET',
  path: '/mail',
  tag: 'Mail',
  summary: 'Where mail goes',
  input: z.object({}),
  output: z.object({
    server: z.string().nullable().describe('Host and port; null: mails become files'),
    encrypted: z.boolean().describe('From the first byte on (smtps); else as soon as the server offers it'),
    folder: z.string().nullable().describe('Where those files are, when there is no server'),
    from: z.string(),
    noticesTo: z.string().nullable().describe('Who is told when an account has to be connected again')
  }),
  async run({ hub: { config } }) {
    const server = config.SMTP_URL ? new URL(config.SMTP_URL) : null
    return {
      server: server?.host ?? null,
      encrypted: server?.protocol === 'smtps:',
      folder: server ? null : `${config.DATA_DIR}/mail`,
      from: config.MAIL_FROM,
      noticesTo: config.NOTICES_TO ?? null
    }
  }
})

export const testMail = operation({
  id: 'testMail',
  right: 'tend',
  method: 'POST',
  path: '/mail/test',
  tag: 'Mail',
  summary: 'Send one mail to me, and say what the mail server answered',
  input: z.object({}),
  output: z.object({
    to: z.string(),
    state: z
      .enum(['accepted', 'written', 'refused', 'unclear', 'waiting'])
      .describe('written: into a file · unclear: the server said nothing · waiting: it has not been its turn yet'),
    answer: z.string().nullable().describe('The mail server’s own words'),
    path: z.string().nullable().describe('Of the file')
  }),
  changes: { subject: () => 'mail to try it' },
  async run({ hub, who }) {
    if (who.email === null)
      throw new Refusal(404, 'no_address', 'The command line has no mail address; sign in and try it in Settings.')
    const word = `test:${randomBytes(8).toString('hex')}`
    const key = await mailLetIn(hub, word, {
      to: { name: who.name, address: who.email },
      subject: 'Throughline can send mail',
      before: ['You asked Throughline for a mail, to see whether it arrives. It does.'],
      link: { href: `${homeOf(hub)}/settings/mail`, label: 'Back to the settings' },
      after: ['There is nothing else to do.']
    })
    await deliverDue(hub, channels)
    const row = await outcomeOf(hub.db, key)
    // One that did not leave is not to arrive some hours later.
    await hub.db.run(sql`delete from outbox where key = ${key} and state in ('due', 'dead')`)
    return { to: who.email, ...row }
  }
})

const PATIENCE_MS = 60_000

interface Ended {
  state: 'accepted' | 'written' | 'refused' | 'unclear' | 'waiting'
  answer: string | null
  path: string | null
}

/** A worker may have taken it before us. */
async function outcomeOf(db: Queryable, key: string): Promise<Ended> {
  for (const until = Date.now() + PATIENCE_MS; ; await sleep(200)) {
    const [row] = await db.rows<{
      state: string
      outcome: { path?: string; answer?: string; reason?: string } | null
    }>(sql`select state, outcome from outbox where key = ${key}`)
    const { path = null, answer = null, reason = null } = row?.outcome ?? {}
    if (row?.state === 'sent') return { state: path === null ? 'accepted' : 'written', answer, path }
    if (row?.state === 'unclear') return { state: 'unclear', answer: reason, path: null }
    if (row?.outcome) return { state: 'refused', answer: reason, path: null }
    if (Date.now() > until) return { state: 'waiting', answer: null, path: null }
  }
}
