/** Who tends a hub that no tool is connected to yet begins with that. */
import { useQuery } from '@tanstack/react-query'
import { Navigate, useLocation } from '@tanstack/react-router'
import { useMe } from '../api/me.ts'
import { get } from '../api/query.ts'

export function Begin() {
  const { role } = useMe()
  const { pathname } = useLocation()
  const first = pathname === '/' && (role === 'owner' || role === 'ops')
  const { data } = useQuery({ ...get('/api/tools'), enabled: first })
  return first && data?.tools.every(({ accounts }) => accounts === 0) ? <Navigate to="/welcome" replace /> : null
}
