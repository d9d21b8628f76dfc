/** The account behind a session, asked for once and only when somebody needs it. */
import { read } from '../../src/adapter.ts'
import type { Api } from './api.ts'
import { teams, zonesOfPeople } from './lists.ts'
import * as raw from './raw.ts'

export interface Account {
  me(): Promise<raw.User>
  /** Zones in which a date without a time may have been set; the account's own comes first. */
  zones(): Promise<string[]>
}

export function createAccount(api: Api): Account {
  const me = once(async () => read(raw.Me, await api.me()).user)
  return { me, zones: once(async () => zonesOfPeople(await me(), await teams(api))) }
}

/** A failure is forgotten: the next one to ask asks again. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = null
      throw error
    })
    return asked
  }
}
