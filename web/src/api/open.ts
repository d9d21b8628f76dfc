/** What needs no sign-in, or makes one: outside the described API, so typed here by hand. */
import { reach } from './client.ts'

export interface Welcome {
  /** False until the one-time link of the first start has been used. */
  hasOwner: boolean
  oidc: { id: string; name: string }[]
  /** The hub can send mail: links and resets work. */
  mail: boolean
}

export interface Invitation {
  email: string
  role: string
  invitedBy: string
}

export const welcome = (): Promise<Welcome> => ask('GET', '/api/welcome')

export const invitation = (token: string): Promise<Invitation> =>
  ask('GET', `/api/join?${new URLSearchParams({ token })}`)

export const join = (input: { token: string; name: string; password: string }): Promise<unknown> =>
  ask('POST', '/api/join', input)

export const makeOwner = (input: { token: string; name: string; email: string; password: string }): Promise<unknown> =>
  ask('POST', '/api/first', input)

async function ask<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
  const answer = await reach(
    new Request(path, {
      method,
      credentials: 'same-origin',
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {})
    })
  )
  return (answer.status === 204 ? undefined : await answer.json()) as T
}
