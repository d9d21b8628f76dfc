import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { LANGUAGES } from '../alerts/words/index.ts'
import { sql } from '../db/database.ts'
import { Calendar } from '../rules/calendar.ts'
import { operation, Refusal } from './operation.ts'

const Person = z
  .object({ id: z.string(), name: z.string(), email: z.string(), timeZone: z.string(), language: z.string() })
  .meta({ id: 'Person' })

export const people = operation({
  id: 'people',
  method: 'GET',
  path: '/people',
  tag: 'People',
  summary: 'Receivers of mails',
  input: z.object({}),
  output: z.object({ people: z.array(Person) }),
  run: async ({ hub }) => ({
    people: await hub.db.rows<z.infer<typeof Person>>(
      sql`select id, name, email, time_zone as "timeZone", language from people order by lower(name), id`
    )
  })
})

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
    if (removed === 0)
      throw new Refusal(
        404,
        'no_person',
        `There is nobody with the address ${email}. List people with: throughline people`
      )
    return { removed: true }
  }
})
