/** One user a role, each signed in. */
import { makeUser } from '../../src/access/comingIn.ts'
import { ROLES, type Role } from '../../src/access/who.ts'
import type { Serving } from '../../src/cli/serve.ts'

export interface Person {
  name: string
  email: string
  password: string
  /** Of a session, as `Cookie` carries it. */
  cookie: string
}

export type People = Record<Role, Person>

const NAMES: Record<Role, string> = {
  owner: 'Olga Owner',
  ops: 'Oskar Ops',
  manager: 'Maria Manager',
  member: 'Mo Member'
}

export async function makePeople({ access }: Serving, url: string): Promise<People> {
  const people = {} as People
  for (const role of ROLES) {
    const newcomer = { name: NAMES[role], email: `${role}@larkfield.example`, password: `${role} of larkfield`, role }
    await makeUser(access.auth, newcomer)
    people[role] = { ...newcomer, cookie: await signIn(url, newcomer) }
  }
  return people
}

export async function signIn(url: string, { email, password }: Pick<Person, 'email' | 'password'>): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password })
  })
  if (!answer.ok) throw new Error(`${email} could not sign in: ${answer.status} ${await answer.text()}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}
