/**
 * Who gets which report when. A report is a row in the outbox whose key names the person, the report and the ISO week,
 * so each leaves at most once; one that was due while we were down leaves late, once.
 */
import { hash } from 'node:crypto'
import { projectsSeenBy, type Role } from '../access/who.ts'
import { json, type Queryable, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import { enqueue, type MailPayload } from '../outbox/outbox.ts'
import { collectRollup } from './rollup/collect.ts'
import type { RollupMail } from './rollup/mail.ts'
import { lastSendAt, reportedWeek, type Subscription, type Week, weekId } from './rollup/week.ts'
import { rollupWords } from './rollup/words/index.ts'

export interface ReportSubscription extends Subscription {
  id: string
  personId: string
  name: string
  email: string
  language: string
  projects: string[] | null
  createdAt: string
}

/** A mail waits so long for boards that have not been read since it was due. */
const WAIT_FOR_FACTS_MS = 2 * 3_600_000

/**
 * Puts every report that has come due, and has not left, into the outbox. Returns how many. One that cannot be written
 * costs the others nothing; its error is thrown when they are in.
 */
export async function enqueueDueReports(hub: Hub): Promise<number> {
  let added = 0
  const errors: unknown[] = []
  for (const subscription of await subscriptions(hub.db)) {
    try {
      if (await enqueueIfDue(hub, subscription)) added++
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length > 0) throw errors.length === 1 ? errors[0] : new AggregateError(errors)
  return added
}

async function enqueueIfDue(hub: Hub, subscription: ReportSubscription): Promise<boolean> {
  const now = hub.now()
  const at = lastSendAt(now, subscription)
  if (at < subscription.createdAt) return false
  const week = reportedWeek(at, subscription)
  if (await hasLeft(hub.db, subscription, week)) return false
  const waits = Date.parse(now) - Date.parse(at) < WAIT_FOR_FACTS_MS
  if (waits && !(await isFresh(hub.db, await projectsFor(hub.db, subscription), at))) return false
  return enqueueRollup(hub, subscription, week)
}

/** Writes the mail now and puts it into the outbox; false when this week's has left already. */
export async function enqueueRollup(hub: Hub, subscription: ReportSubscription, week: Week): Promise<boolean> {
  const mail = await writeRollup(hub, subscription, week)
  const key = keyOf(subscription, week)
  const payload: MailPayload = {
    name: `${weekId(week)}-${slug(subscription.name)}-weekly-rollup`,
    to: { name: subscription.name, address: subscription.email },
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    list: 'weekly-rollup',
    messageId: `<${hash('sha1', `${hub.instance} ${key}`, 'hex')}@throughline>`,
    attachments: mail.attachments.map(({ content, ...rest }) => ({ ...rest, base64: content.toString('base64') }))
  }
  return enqueue(hub.db, { channel: 'email', key, ref: subscription.id, payload })
}

/** The mail as it would leave now. */
export async function writeRollup(hub: Hub, subscription: ReportSubscription, week: Week): Promise<RollupMail> {
  const { name, zone, language, weekday, time } = subscription
  const facts = await collectRollup(hub.db, {
    recipient: { name, zone, language },
    schedule: { weekday, time, zone },
    week,
    projects: await projectsFor(hub.db, subscription),
    now: hub.now(),
    maxAgeMinutes: hub.config.FACTS_MAX_AGE_MINUTES
  })
  // What draws mails takes half a second to load: a verb that sends none need not wait for it.
  const { rollupMail } = await import('./rollup/mail.ts')
  return rollupMail(facts, rollupWords(language))
}

/**
 * What a report to this person is about: the projects that were chosen for it, and of these, for a person who has a user
 * account here, only those they see. Somebody without an account gets what those who tend the hub chose for them.
 */
async function projectsFor(
  db: Queryable,
  { personId, email, projects }: Pick<ReportSubscription, 'personId' | 'email' | 'projects'>
): Promise<string[] | null> {
  const [user] = await db.rows<{ id: string; role: Role; personId: string | null }>(sql`
    select id, role, person_id as "personId" from users where email = lower(${email}) or person_id = ${personId}
    order by email = lower(${email}) desc limit 1`)
  const seen = user ? await projectsSeenBy(db, user) : null
  if (seen === null || projects === null) return seen ?? projects
  return projects.filter((id) => seen.includes(id))
}

export const subscriptions = (db: Queryable, email: string | null = null): Promise<ReportSubscription[]> =>
  db.rows<ReportSubscription>(sql`
    select s.id, s.person_id as "personId", p.name, p.email, p.language, p.time_zone as zone, s.weekday, s.time,
      to_jsonb(s.projects) as projects, s.created_at as "createdAt"
    from report_subscriptions s join people p on p.id = s.person_id
    where s.report = 'weekly-rollup' and (${email}::text is null or lower(p.email) = lower(${email}))
    order by lower(p.name), p.id`)

export const keyOf = ({ personId }: Pick<ReportSubscription, 'personId'>, week: Week): string =>
  `mail:weekly-rollup:${personId}:${weekId(week)}`

async function hasLeft(db: Queryable, subscription: ReportSubscription, week: Week): Promise<boolean> {
  const rows = await db.rows(sql`select 1 from outbox where key = ${keyOf(subscription, week)}`)
  return rows.length > 0
}

/** Every one of these projects has been read since the report was due. */
async function isFresh(db: Queryable, projects: string[] | null, at: string): Promise<boolean> {
  const [row] = await db.rows<{ fresh: boolean }>(sql`
    select coalesce(bool_and(coalesce(coalesce(looked_at, read_at) >= ${at}::timestamptz, false)), true) as fresh from projects
    where chosen and not archived and lost_at is null and (${projects === null} or id in (select jsonb_array_elements_text(${json(projects ?? [])})))`)
  return row?.fresh ?? true
}

const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'person'
