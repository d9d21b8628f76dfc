/**
 * What whoever looks after the hub is told by mail (NOTICES_TO): an account that has to be connected again, a board that
 * nobody shows us any more. Derived from tables at every tick, so none is lost; its key names what happened and since
 * when, so each is said once. Doctor says the same for as long as it lasts.
 */
import { hash } from 'node:crypto'
import { sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import type { Tool } from '../model/task.ts'
import { enqueue, type MailPayload } from '../outbox/outbox.ts'

interface Notice {
  /** The same thing has the same key. */
  key: string
  subject: string
  /** Paragraphs of plain text. */
  said: string[]
}

/** Puts what has not been said yet into the outbox. `nameOf`: what a tool is called. Returns how many. */
export async function enqueueNotices(hub: Hub, nameOf: (tool: Tool) => string): Promise<number> {
  const { NOTICES_TO } = hub.config
  if (!NOTICES_TO) return 0
  let added = 0
  for (const notice of [...(await parked(hub, nameOf)), ...(await lost(hub))]) {
    if (await enqueue(hub.db, mailOf(hub, notice, NOTICES_TO))) added++
  }
  return added
}

/** Only what began lately: a notice is news. */
const NEWS = sql`interval '7 days'`

async function parked({ db }: Hub, nameOf: (tool: Tool) => string): Promise<Notice[]> {
  const rows = await db.rows<{ id: string; tool: Tool; account: string; since: string }>(sql`
    select id, tool, account_name as account, state_since as since from connections
    where state = 'parked' and state_since > now() - ${NEWS} order by id`)
  return rows.map(({ id, tool, account, since }) => ({
    key: `parked:${id}:${since}`,
    subject: `${nameOf(tool)} no longer accepts the token of ${account}`,
    said: [
      `Since ${moment(since)} ${nameOf(tool)} has refused the token with which Throughline reads and writes as ${account}. No further calls are made with it.`,
      'Boards that another connected account sees are read with that one. For the others, notes wait and reports say what is missing.',
      `Make a new token, then: throughline connect ${tool}. Everything goes on where it stopped.`
    ]
  }))
}

async function lost({ db }: Hub): Promise<Notice[]> {
  const rows = await db.rows<{ id: string; name: string; since: string }>(sql`
    select id, name, lost_at as since from projects where chosen and lost_at > now() - ${NEWS} order by id`)
  return rows.map(({ id, name, since }) => ({
    key: `lost:${id}:${since}`,
    subject: `${name} is no longer shown to Throughline`,
    said: [
      `Since ${moment(since)} no connected account has been shown “${name}”: it was deleted, or access was taken away. Its cards are hidden, nothing is deleted, and no rule looks at them.`,
      'Give the account access again and it comes back by itself. If it is gone for good, choose the boards anew and leave it out.'
    ]
  }))
}

function mailOf({ instance, config }: Hub, { key, subject, said }: Notice, address: string) {
  const paragraphs = config.PUBLIC_URL ? [...said, config.PUBLIC_URL] : said
  const name = hash('sha1', `${instance} ${key}`, 'hex')
  const payload: MailPayload = {
    name: `notice-${name.slice(0, 12)}`,
    to: { name: null, address },
    subject: subject.replace(/\s+/g, ' '),
    html: `<!doctype html><html lang="en"><meta charset="utf-8"><body>${paragraphs.map((words) => `<p>${escaped(words)}</p>`).join('')}</body></html>`,
    text: `${paragraphs.join('\n\n')}\n`,
    list: 'notices',
    messageId: `<${name}@throughline>`,
    attachments: []
  }
  return { channel: 'email' as const, key: `mail:notice:${key}`, ref: 'notice', payload }
}

/** `22 November 2026, 17:40 UTC`. */
const moment = (iso: string): string =>
  `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(iso))} UTC`

const escaped = (words: string): string => words.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
