import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { LANGUAGES } from '../../alerts/words/index.ts'
import { type Queryable, type SQL, sql } from '../../db/database.ts'
import type { Hub } from '../../hub.ts'
import { Tool } from '../../model/task.ts'
import { recognise, recogniseAddress, sayWhose } from '../../people/recognise.ts'
import { Calendar } from '../../rules/calendar.ts'
import { operation, Refusal } from '../operation.ts'

const Person = z
  .object({ id: z.string(), name: z.string(), email: z.string(), timeZone: z.string(), language: z.string() })
  .meta({ id: 'Person' })

const Account = z
  .object({
    id: z.string().describe('tool:id'),
    tool: Tool,
    name: z.string(),
    username: z.string().nullable(),
    email: z.string().nullable()
  })
  .meta({ id: 'Account' })

const KnownAccount = Account.extend({
  because: z.enum(['mail', 'word']).describe('The same mail address, or somebody said so')
}).meta({ id: 'KnownAccount' })

const WorksBy = z
  .object({
    calendar: z.string().describe('Its name'),
    team: z.string().nullable().describe('Whose calendar it is; null: the hub’s'),
    workingDays: z.array(z.number()).describe('ISO weekdays')
  })
  .meta({ id: 'WorksBy' })

const LooseAccount = Account.extend({
  nobody: z.boolean().describe('Somebody said so, or removed whose it was'),
  suggestion: z
    .object({ person: z.string(), email: z.string(), because: z.enum(['same name', 'name in the address']) })
    .nullable()
    .describe('Whose it may be; nothing follows from it until somebody says so')
}).meta({ id: 'LooseAccount' })

const MOST_PEOPLE = 500

export const people = operation({
  id: 'people',
  right: 'tend',
  method: 'GET',
  path: '/people',
  tag: 'People',
  summary: 'People with their accounts in the tools, and accounts that are nobody’s yet',
  input: z.object({
    q: z.string().trim().max(200).default('').describe('Part of a name, an address or a user name'),
    offset: z.coerce.number().int().min(0).default(0).describe('Of the people, for the next page'),
    limit: z.coerce.number().int().min(1).max(MOST_PEOPLE).default(MOST_PEOPLE)
  }),
  output: z.object({
    people: z.array(Person.extend({ accounts: z.array(KnownAccount), worksBy: z.array(WorksBy) })),
    total: z.number().describe('People, on all pages'),
    accounts: z.array(LooseAccount).describe('Of nobody yet; those without a suggestion come last; at most 200'),
    loose: z.number().describe('All accounts of nobody')
  }),
  run: async ({ hub }, { q, offset, limit }) => ({
    ...(await countPeople(hub.db, q)),
    people: await hub.db.rows<z.infer<typeof Person> & Theirs>(sql`
      select p.id, p.name, p.email, p.time_zone as "timeZone", p.language, (
        select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'tool', i.tool, 'name', i.name, 'username', i.username,
          'email', i.email, 'because', i.person_source) order by i.tool, i.id), '[]')
        from identities i where i.person_id = p.id
      ) as accounts, coalesce((
        select jsonb_agg(jsonb_build_object('calendar', c.name, 'team', t.name, 'workingDays', c.working_days) order by lower(t.name), t.id)
        from users u join team_members m on m.user_id = u.id join teams t on t.id = m.team_id join calendars c on c.id = t.calendar_id
        where u.person_id = p.id
      ), (
        select jsonb_build_array(jsonb_build_object('calendar', c.name, 'team', null, 'workingDays', c.working_days))
        from calendars c where c.id = 'default'
      ), '[]') as "worksBy"
      from people p where ${named(q)} order by lower(p.name), p.id limit ${limit} offset ${offset}`),
    accounts: await hub.db.rows<z.infer<typeof LooseAccount>>(sql`
      select i.id, i.tool, i.name, i.username, i.email, i.person_source is not null as nobody, case when p.id is null then null else jsonb_build_object(
        'person', p.name, 'email', p.email, 'because', case when lower(p.name) = lower(i.name) then 'same name' else 'name in the address' end
      ) end as suggestion
      from identities i left join lateral (
        select p.* from people p
        where lower(p.name) = lower(i.name)
          or split_part(lower(p.email), '@', 1) in (lower(i.username), replace(lower(i.name), ' ', '.'))
        order by lower(p.name) <> lower(i.name), p.id limit 1
      ) p on i.person_source is null
      where i.person_id is null and ${called(q)}
      order by p.id is null, i.person_source is not null, lower(i.name), i.id limit 200`)
  })
})

interface Theirs {
  accounts: z.infer<typeof KnownAccount>[]
  worksBy: z.infer<typeof WorksBy>[]
}

/** What somebody looks for may hold marks that mean something to `like`. */
const like = (q: string): string => `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

/** Accounts `i` that are called so. */
const called = (q: string): SQL =>
  q === ''
    ? sql`true`
    : sql`(lower(i.name) like ${like(q)} or lower(i.username) like ${like(q)} or lower(i.email) like ${like(q)})`

/** People `p` that are called so, here or in a tool. */
const named = (q: string): SQL =>
  q === ''
    ? sql`true`
    : sql`(lower(p.name) like ${like(q)} or lower(p.email) like ${like(q)}
        or exists (select 1 from identities i where i.person_id = p.id and ${called(q)}))`

async function countPeople(db: Queryable, q: string): Promise<{ total: number; loose: number }> {
  const [counts] = await db.rows<{ total: number; loose: number }>(sql`
    select (select count(*) from people p where ${named(q)})::int as total,
      (select count(*) from identities i where i.person_id is null and ${called(q)})::int as loose`)
  return counts ?? { total: 0, loose: 0 }
}

/** Whose an account is, for the log of changes. */
const theAccount = {
  subject: ({ account }: { account: string }) => `account ${account}`,
  state: async ({ db }: Hub, { account }: { account: string }) =>
    db.rows(sql`
      select i.id, p.email as person, i.person_source as because from identities i left join people p on p.id = i.person_id
      where i.id = ${account} or i.tool || ':' || coalesce(i.username, '') = ${account.replace(':@', ':')}`)
}

export const linkAccount = operation({
  id: 'linkAccount',
  right: 'tend',
  method: 'PUT',
  path: '/people/:email/accounts/:account',
  tag: 'People',
  summary: 'Say whose account this is',
  input: z.object({ email: z.string(), account: z.string().describe('tool:id, or tool:username') }),
  output: z.object({ person: z.string(), account: Account }),
  changes: theAccount,
  async run({ hub }, { email, account: word }) {
    const [person] = await hub.db.rows<{ id: string; name: string }>(
      sql`select id, name from people where lower(email) = lower(${email})`
    )
    if (!person) throw nobody(email)
    const account = await findAccount(hub.db, word)
    await sayWhose(hub.db, account.id, person.id)
    return { person: person.name, account }
  }
})

export const unlinkAccount = operation({
  id: 'unlinkAccount',
  right: 'tend',
  method: 'DELETE',
  path: '/accounts/:account/person',
  tag: 'People',
  summary: 'Say that this account is nobody’s we know, whatever its address says',
  input: z.object({ account: z.string().describe('tool:id, or tool:username') }),
  output: z.object({ account: Account }),
  changes: theAccount,
  async run({ hub }, { account: word }) {
    const account = await findAccount(hub.db, word)
    await sayWhose(hub.db, account.id, null)
    return { account }
  }
})

export const leaveOpen = operation({
  id: 'leaveOpen',
  right: 'tend',
  method: 'PUT',
  path: '/accounts/:account/open',
  tag: 'People',
  summary: 'Take back what was said of this account: its address decides again, and it may be suggested anew',
  input: z.object({ account: z.string().describe('tool:id, or tool:username') }),
  output: z.object({ account: Account }),
  changes: theAccount,
  async run({ hub }, { account: word }) {
    const account = await findAccount(hub.db, word)
    await hub.db.run(sql`update identities set person_id = null, person_source = null where id = ${account.id}`)
    await recognise(hub.db, [account.id])
    return { account }
  }
})

async function findAccount(db: Queryable, word: string): Promise<z.infer<typeof Account>> {
  const [tool, name = ''] = [word.slice(0, word.indexOf(':')), word.slice(word.indexOf(':') + 1).replace(/^@/, '')]
  const found = await db.rows<z.infer<typeof Account>>(sql`
    select id, tool, name, username, email from identities
    where id = ${word} or (tool = ${tool} and lower(username) = lower(${name}))
    order by id <> ${word} limit 1`)
  if (!found[0]) {
    throw new Refusal(404, 'no_account', `There is no account “${word}”. List them with: throughline people`)
  }
  return found[0]
}

const nobody = (email: string): Refusal =>
  new Refusal(404, 'no_person', `There is nobody with the address ${email}. List people with: throughline people`)

const thePerson = {
  subject: ({ email }: { email: string }) => `person ${email}`,
  async state({ db }: Hub, { email }: { email: string }) {
    const [person] = await db.rows(
      sql`select name, email, time_zone as "timeZone", language from people where lower(email) = lower(${email})`
    )
    return person ?? null
  }
}

export const addPerson = operation({
  id: 'addPerson',
  right: 'tend',
  method: 'POST',
  path: '/people',
  tag: 'People',
  summary: 'Add a person, or change the one with this mail address',
  input: z.object({
    name: z.string().trim().min(1).max(200),
    email: z.email({ error: 'should be a mail address such as ana@example.com' }),
    timeZone: Calendar.shape.zone.optional().describe('IANA time zone; the hub’s when absent'),
    language: z.enum(LANGUAGES, { error: `should be one of ${LANGUAGES.join(', ')}` }).default('en')
  }),
  output: Person,
  changes: thePerson,
  async run({ hub }, { name, email, timeZone, language }) {
    const [person] = await hub.db.rows<z.infer<typeof Person>>(sql`
      insert into people (id, name, email, time_zone, language)
      values (${`person-${randomBytes(5).toString('hex')}`}, ${name}, ${email.toLowerCase()}, ${timeZone ?? hub.zone}, ${language})
      on conflict (email) do update set name = excluded.name, time_zone = excluded.time_zone, language = excluded.language
      returning id, name, email, time_zone as "timeZone", language`)
    await recogniseAddress(hub.db, email)
    return person as z.infer<typeof Person>
  }
})

export const removePerson = operation({
  id: 'removePerson',
  right: 'tend',
  method: 'DELETE',
  path: '/people/:email',
  tag: 'People',
  summary: 'Remove a person; they get no more mails',
  input: z.object({ email: z.string() }),
  output: z.object({ removed: z.boolean() }),
  changes: thePerson,
  async run({ hub }, { email }) {
    const removed = await hub.db.run(sql`delete from people where lower(email) = lower(${email})`)
    if (removed === 0) throw nobody(email)
    return { removed: true }
  }
})
