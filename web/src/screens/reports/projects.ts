/** Boards by their hub ids, as far as the reader may list them. */
import { useQuery } from '@tanstack/react-query'
import { get } from '../../api/query.ts'

export function useProjects(): { value: string; label: string }[] {
  const { data } = useQuery(get('/api/projects', { query: { chosen: 'true' } }))
  return (data?.projects ?? []).map(({ id, name }) => ({ value: id, label: name }))
}

export function useProjectNames(): (id: string) => string {
  const names = new Map(useProjects().map(({ value, label }) => [value, label]))
  return (id) => names.get(id) ?? id
}
