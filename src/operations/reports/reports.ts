import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { may, type Who } from '../../access/who.ts'
import { channels } from '../../channels/index.ts'
import { type Queryable, sql, textArray } from '../../db/database.ts'
import type { Hub } from '../../hub.ts'
import { deliverDue } from '../../outbox/outbox.ts'
import { nextSendAt, reportedWeek, type Week, weekId } from '../../reports/rollup/week.ts'
import { enqueueRollup, keyOf, type ReportSubscription, subscriptions, writeRollup } from '../../reports/schedule.ts'
import { operation, Refusal } from '../operation.ts'
import { findProject } from '../projects/projects.ts'

const Subscription = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    report: z.literal('weekly-rollup'),
    projects: z.array(z.string()).nullable().describe('Hub ids; null: every chosen project'),
    weekday: z.number().describe('ISO weekday, 1 is Monday'),
    time: z.string(),
    timeZone: z.string(),
    next: z.string().describe('When the next one leaves')
  })
  .meta({ id: 'ReportSubscription' })

const shown = (
  now: string,
  { personId: _, language: __, createdAt: ___, zone, ...rest }: ReportSubscription
): z.infer<typeof Subscription> => ({
  ...rest,
  report: 'weekly-rollup',
  timeZone: zone,
  next: nextSendAt(now, { ...rest, zone })
})

export const reportSubscriptions = operation({
  id: 'reportSubscriptions',
  right: 'see',
  method: 'GET',
  path: '/reports/subscriptions',
  tag: 'Reports',
  summary: 'Who gets which report when',
  input: z.object({}),
  output: z.object({ subscriptions: z.array(Subscription) }),
  run: async ({ hub, who }) => ({
    subscriptions: (await subscriptions(hub.db))
      .filter(({ email }) => isTheirs(who, email))
      .map((one) => shown(hub.now(), one))
  })
})

const theSubscription = {
  subject: ({ email }: { email: string }) => `report to ${email}`,
  async state({ db }: Hub, { email }: { email: string }) {
    const [subscription] = await db.rows(sql`
      select s.projects, s.weekday, s.time from report_subscriptions s join people p on p.id = s.person_id
      where lower(p.email) = lower(${email})`)
    return subscription ?? null
  }
}

export const subscribe = operation({
  id: 'subscribe',
  right: 'steer',
  method: 'POST',
  path: '/reports/subscriptions',
  tag: 'Reports',
  summary: 'Send a person the weekly rollup, or change when and about what',
  input: z.object({
    email: z.string(),
    projects: z.array(z.string()).optional().describe('Ids or names; every chosen project when absent'),
    weekday: z.coerce.number().int().min(1).max(7).default(1),
    time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'should be a time of day such as 07:30')
      .default('07:30')
  }),
  output: Subscription,
  changes: theSubscription,
  async run({ hub, who }, { email, projects, weekday, time }) {
    onlyTheirs(who, email)
    const person = (await personOf(hub.db, email)) ?? (await personFromUser(hub, email))
    if (!person)
      throw new Refusal(
        404,
        'no_person',
        `There is nobody with the address ${email}. Add them with: throughline people add NAME ${email}`
      )
    const chosen: string[] = []
    for (const word of projects ?? []) chosen.push((await findProject(hub.db, word, who)).id)
    await hub.db.run(sql`
      insert into report_subscriptions (id, person_id, report, projects, weekday, time, created_at)
      values (${`sub-${randomBytes(5).toString('hex')}`}, ${person.id}, 'weekly-rollup', ${textArray(projects ? chosen : who.projects)}, ${weekday}, ${time},
        ${hub.now()}::timestamptz)
      on conflict (person_id, report) do update set projects = excluded.projects, weekday = excluded.weekday, time = excluded.time`)
    return shown(hub.now(), await subscriptionOf(hub, email))
  }
})

const personOf = async (db: Queryable, email: string): Promise<{ id: string } | undefined> =>
  (await db.rows<{ id: string }>(sql`select id from people where lower(email) = lower(${email})`))[0]

/** Whoever has an account here can be written to. */
async function personFromUser({ db, zone }: Hub, email: string): Promise<{ id: string } | undefined> {
  await db.run(sql`
    insert into people (id, name, email, time_zone, language)
    select ${`person-${randomBytes(5).toString('hex')}`}, name, email, coalesce(time_zone, ${zone}), language
    from users where email = lower(${email})
    on conflict do nothing`)
  return personOf(db, email)
}

export const unsubscribe = operation({
  id: 'unsubscribe',
  right: 'steer',
  method: 'DELETE',
  path: '/reports/subscriptions/:email',
  tag: 'Reports',
  summary: 'Send a person no more rollups',
  input: z.object({ email: z.string() }),
  output: z.object({ removed: z.boolean() }),
  changes: theSubscription,
  async run({ hub, who }, { email }) {
    onlyTheirs(who, email)
    const { id } = await subscriptionOf(hub, email)
    return { removed: (await hub.db.run(sql`delete from report_subscriptions where id = ${id}`)) > 0 }
  }
})

const weekInput = z
  .string()
  .regex(/^\d{4}-W\d{2}$/, 'should be an ISO week such as 2026-W47')
  .optional()
  .describe('ISO week; the last whole one when absent')

export const previewReport = operation({
  id: 'previewReport',
  right: 'see',
  method: 'GET',
  path: '/reports/weekly/:email/preview',
  tag: 'Reports',
  summary: 'The weekly rollup as it would leave now; sends nothing',
  input: z.object({ email: z.string(), week: weekInput }),
  output: z.object({ week: z.string(), to: z.string(), subject: z.string(), html: z.string(), text: z.string() }),
  async run({ hub, who }, { email, week: word }) {
    onlyTheirs(who, email)
    const subscription = await subscriptionOf(hub, email)
    const week = weekNamed(hub, subscription, word)
    const { subject, html, text, attachments } = await writeRollup(hub, subscription, week)
    const pictures = attachments.map(({ content, ...rest }) => ({ ...rest, base64: content.toString('base64') }))
    return { week: weekId(week), to: subscription.email, subject, html: withPictures(html, pictures), text }
  }
})

/** Pictures travel inside the page, so that it can be shown and opened as a file. */
export const withPictures = (
  html: string,
  pictures: readonly { cid: string; contentType: string; base64: string }[]
): string =>
  pictures.reduce(
    (page, { cid, contentType, base64 }) => page.replaceAll(`cid:${cid}`, `data:${contentType};base64,${base64}`),
    html
  )

export const sendReport = operation({
  id: 'sendReport',
  right: 'steer',
  method: 'POST',
  path: '/reports/weekly/:email/send',
  tag: 'Reports',
  summary: 'Send the weekly rollup now; each week leaves at most once',
  input: z.object({ email: z.string(), week: weekInput }),
  output: z.object({
    week: z.string(),
    to: z.string(),
    subject: z.string(),
    state: z.string(),
    path: z.string().nullable()
  }),
  changes: { subject: ({ email }) => `report to ${email}` },
  async run({ hub, who }, { email, week: word }) {
    onlyTheirs(who, email)
    const subscription = await subscriptionOf(hub, email)
    const week = weekNamed(hub, subscription, word)
    if (!(await enqueueRollup(hub, subscription, week))) {
      throw new Refusal(
        409,
        'sent_already',
        `The rollup of ${weekId(week)} has left for ${email} already; each week is sent once.`
      )
    }
    await deliverDue(hub, channels)
    const [row] = await hub.db.rows<{ state: string; outcome: { path?: string } | null; payload: { subject: string } }>(
      sql`select state, outcome, payload from outbox where key = ${keyOf(subscription, week)}`
    )
    return {
      week: weekId(week),
      to: subscription.email,
      subject: row?.payload.subject ?? '',
      state: row?.state ?? 'due',
      path: row?.outcome?.path ?? null
    }
  }
})

/** Managers see to their own reports; those who tend the hub to everybody's. */
export const isTheirs = (who: Who, email: string): boolean =>
  may(who, 'tend') || email.toLowerCase() === who.email?.toLowerCase()

export function onlyTheirs(who: Who, email: string): void {
  if (!isTheirs(who, email))
    throw new Refusal(403, 'not_yours', `Reports of ${email} are theirs, or for ops, to look at and change.`)
}

async function subscriptionOf(hub: Hub, email: string): Promise<ReportSubscription> {
  const [subscription] = await subscriptions(hub.db, email)
  if (!subscription)
    throw new Refusal(
      404,
      'no_subscription',
      `${email} gets no report yet. Subscribe them with: throughline report subscribe ${email}`
    )
  return subscription
}

/** The week a word names, or the last whole one in the person's zone. */
function weekNamed(hub: Hub, { zone }: ReportSubscription, word: string | undefined): Week {
  let week = reportedWeek(hub.now(), { zone })
  if (word === undefined) return week
  for (let back = 0; back < 520; back++) {
    if (weekId(week) === word) return week
    week = reportedWeek(week.from, { zone })
  }
  throw new Refusal(422, 'bad_week', `${word} is not a week that has passed, or lies more than ten years back.`)
}
