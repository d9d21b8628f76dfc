import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { LANGUAGES } from '../alerts/words/index.ts'
import { type Queryable, sql } from '../db/database.ts'
import { Tool } from '../model/task.ts'
import { recogniseAddress, sayWhose } from '../people/recognise.ts'
import { Calendar } from '../rules/calendar.ts'
import { operation, Refusal } from './operation.ts'

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

const LooseAccount = Account.extend({
  suggestion: z
    .object({ person: z.string(), email: z.string(), because: z.enum(['same name', 'name in the address']) })
    .nullable()
    .describe('Whose it may be; nothing follows from it until somebody says so')
}).meta({ id: 'LooseAccount' })

export const people = operation({
  id: 'people',
  method: 'GET',
  path: '/people',
  tag: 'People',
  summary: 'People with their accounts in the tools, and accounts that are nobody’s yet',
  input: z.object({}),
  output: z.object({
    people: z.array(Person.extend({ accounts: z.array(KnownAccount) })),
    accounts: z.array(LooseAccount).describe('Of nobody yet; those without a suggestion come last; at most 200')
  }),
  run: async ({ hub }) => ({
    people: await hub.db.rows<z.infer<typeof Person> & { accounts: z.infer<typeof KnownAccount>[] }>(sql`
      select p.id, p.name, p.email, p.time_zone as "timeZone", p.language, (
        select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'tool', i.tool, 'name', i.name, 'username', i.username,
          'email', i.email, 'because', i.person_source) order by i.tool, i.id), '[]')
        from identities i where i.person_id = p.id
      ) as accounts
      from people p order by lower(p.name), p.id`),
    accounts: await hub.db.rows<z.infer<typeof LooseAccount>>(sql`
      select i.id, i.tool, i.name, i.username, i.email, case when p.id is null then null else jsonb_build_object(
        'person', p.name, 'email', p.email, 'because', case when lower(p.name) = lower(i.name) then 'same name' else 'name in the address' end
      ) end as suggestion
      from identities i left join lateral (
        select p.* from people p
        where lower(p.name) = lower(i.name)
          or split_part(lower(p.email), '@', 1) in (lower(i.username), replace(lower(i.name), ' ', '.'))
        order by lower(p.name) <> lower(i.name), p.id limit 1
      ) p on i.person_source is null
      where i.person_id is null
      order by p.id is null, lower(i.name), i.id limit 200`)
  })
})

export const linkAccount = operation({
  id: 'linkAccount',
  method: 'PUT',
  path: '/people/:email/accounts/:account',
  tag: 'People',
  summary: 'Say whose account this is',
  input: z.object({ email: z.string(), account: z.string().describe('tool:id, or tool:username') }),
  output: z.object({ person: z.string(), account: Account }),
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
  method: 'DELETE',
  path: '/accounts/:account/person',
  tag: 'People',
  summary: 'Say that this account is nobody’s we know, whatever its address says',
  input: z.object({ account: z.string().describe('tool:id, or tool:username') }),
  output: z.object({ account: Account }),
  async run({ hub }, { account: word }) {
    const account = await findAccount(hub.db, word)
    await sayWhose(hub.db, account.id, null)
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

export const addPerson = operation({
  id: 'addPerson',
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
  method: 'DELETE',
  path: '/people/:email',
  tag: 'People',
  summary: 'Remove a person; they get no more mails',
  input: z.object({ email: z.string() }),
  output: z.object({ removed: z.boolean() }),
  async run({ hub }, { email }) {
    const removed = await hub.db.run(sql`delete from people where lower(email) = lower(${email})`)
    if (removed === 0) throw nobody(email)
    return { removed: true }
  }
})
