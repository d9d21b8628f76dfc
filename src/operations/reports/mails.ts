/** Rollups that have left, or should have: what became of each, and the very mail. */
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { may } from '../../access/who.ts'
import { json, sql } from '../../db/database.ts'
import type { MailPayload } from '../../outbox/outbox.ts'
import { weekBefore, weekId, weekOf } from '../../reports/rollup/week.ts'
import { operation, Refusal } from '../operation.ts'
import { onlyTheirs, withPictures } from './reports.ts'

const Mail = z
  .object({
    id: z.number().describe('Of the delivery'),
    week: z.string().describe('ISO week it reports'),
    name: z.string(),
    email: z.string(),
    subject: z.string(),
    state: z
      .enum(['due', 'sending', 'sent', 'unclear', 'dead'])
      .describe('unclear: whether it arrived cannot be known, and it is not sent again by itself'),
    reason: z.string().nullable().describe('Why it is not sent'),
    at: z.string().describe('When it was done with; when it was written, before that')
  })
  .meta({ id: 'ReportMail' })
type Mail = z.infer<typeof Mail>

const MOST_SHOWN = 500

export const reportMails = operation({
  id: 'reportMails',
  right: 'see',
  method: 'GET',
  path: '/reports/mails',
  tag: 'Reports',
  summary: 'Weekly rollups of the last weeks and what became of them, newest first; only one’s own below ops',
  input: z.object({ weeks: z.coerce.number().int().min(1).max(53).default(13) }),
  output: z.object({ mails: z.array(Mail) }),
  async run({ hub, who }, { weeks }) {
    // The week that ends soon can be asked for, too; each key is looked up, as most of the outbox is comments.
    let week = weekOf(Temporal.Instant.from(hub.now()).add({ hours: 24 }).toString(), 'UTC')
    const named: string[] = []
    for (; named.length <= weeks; week = weekBefore(week, 'UTC')) named.push(weekId(week))
    const own = may(who, 'tend') ? null : (who.email ?? '')
    return {
      mails: await hub.db.rows<Mail>(sql`
        select o.id, w.week, p.name, o.payload -> 'to' ->> 'address' as email, o.payload ->> 'subject' as subject, o.state,
          case when o.state <> 'sent' then o.outcome ->> 'reason' end as reason, coalesce(o.done_at, o.created_at) as at
        from people p cross join jsonb_array_elements_text(${json(named)}) as w(week)
        join outbox o on o.key = 'mail:weekly-rollup:' || p.id || ':' || w.week
        where ${own}::text is null or lower(p.email) = lower(${own})
        order by w.week desc, lower(p.name), o.id desc limit ${MOST_SHOWN}`)
    }
  }
})

export const reportMail = operation({
  id: 'reportMail',
  right: 'see',
  method: 'GET',
  path: '/reports/mails/:id',
  tag: 'Reports',
  summary: 'A weekly rollup as it left',
  input: z.object({ id: z.coerce.number().int() }),
  output: z.object({ subject: z.string(), to: z.string(), html: z.string(), text: z.string() }),
  async run({ hub, who }, { id }) {
    const [row] = await hub.db.rows<{ payload: MailPayload }>(
      sql`select payload from outbox where id = ${id} and channel = 'email' and payload ->> 'list' = 'weekly-rollup'`
    )
    if (!row) throw new Refusal(404, 'no_mail', 'There is no such rollup here, or no longer.')
    const { subject, to, html, text, attachments } = row.payload
    onlyTheirs(who, to.address)
    return { subject, to: to.address, html: withPictures(html, attachments), text }
  }
})
