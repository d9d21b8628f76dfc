/** Mails that let somebody in: one sentence, one link. They leave through the outbox like all others. */
import { hash } from 'node:crypto'
import { mailOf } from '../channels/mail.ts'
import { sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import { enqueue, type MailPayload, type OutboxRow } from '../outbox/outbox.ts'

export interface LetIn {
  to: { name: string | null; address: string }
  subject: string
  /** Paragraphs of plain text before the link, and after it. */
  before: string[]
  link: { href: string; label: string }
  after: string[]
}

/** `once`: the same word, the same mail. Returns its key in the outbox. */
export async function mailLetIn(hub: Hub, once: string, { to, subject, before, link, after }: LetIn): Promise<string> {
  const name = hash('sha256', `${hub.instance} ${once}`, 'hex').slice(0, 40)
  const paragraph = (words: string) => `<p style="margin:0 0 16px">${escaped(words)}</p>`
  const key = `mail:access:${name}`
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark"><body style="font:16px/1.5 Inter,system-ui,sans-serif;max-width:560px;margin:32px auto;padding:0 16px">${before.map(paragraph).join('')}<p style="margin:0 0 16px"><a href="${escaped(link.href)}" style="display:inline-block;padding:10px 16px;border-radius:6px;background:#0B6675;color:#FFFFFF;text-decoration:none">${escaped(link.label)}</a></p>${after.map(paragraph).join('')}</body></html>`
  const text = `${[...before, `${link.label}: ${link.href}`, ...after].join('\n\n')}\n`
  // Whoever reads the database must not find a way in.
  const sealed = Buffer.from(hub.keyring.seal(JSON.stringify({ html, text }), key)).toString('base64')
  const payload: MailPayload = {
    name: `access-${name.slice(0, 12)}`,
    to,
    subject,
    html: '',
    text: '',
    sealed,
    list: 'access',
    messageId: `<${name}@throughline>`,
    attachments: []
  }
  await enqueue(hub.db, { channel: 'email', key, ref: 'access', payload })
  return key
}

/** The newest of these mails as text, for the terminal of a machine where nobody reads mail; null: none. */
export async function newestLetIn(hub: Hub): Promise<string | null> {
  const [row] = await hub.db.rows<Pick<OutboxRow, 'key' | 'payload'>>(
    sql`select key, payload from outbox where ref = 'access' order by id desc limit 1`
  )
  return row ? mailOf(hub, row).text : null
}

const escaped = (words: string): string => words.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
