/** The person who is signed in, and what they may see. */
import { useQuery } from '@tanstack/react-query'
import { get, type Output } from './query.ts'

export type Me = Output<'get', '/api/me'>
export type Role = Me['role']

/** Those who tend the hub: its accounts, boards, rules and people. */
export const TENDING: readonly Role[] = ['owner', 'ops']

/** Asked again every minute: findings open and close, tools fall behind. */
export const me = { ...get('/api/me'), refetchInterval: 60_000 }

/** Only below the shell, which waits until it is known who reads. */
export function useMe(): Me {
  const { data } = useQuery(me)
  if (!data) throw new Error('useMe is for what stands inside the shell.')
  return data
}
