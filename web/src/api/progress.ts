/** How far reading has come, as the hub tells it. The browser comes back by itself when the stream ends. */
import { useEffect, useState } from 'react'
import { get, type Output, queryClient } from './query.ts'

export type Progress = Output<'get', '/api/progress/now'>

/** Null until it is known. Lists are read anew whenever a board has been read or findings appeared. */
export function useProgress(): Progress | null {
  const [progress, tell] = useState<Progress | null>(null)
  useEffect(() => {
    const stream = new EventSource('/api/progress')
    let before = ''
    stream.addEventListener('progress', ({ data }) => {
      const now = JSON.parse(String(data)) as Progress
      tell(now)
      const moved = `${now.findings} ${now.projects.map(({ id, state }) => `${id} ${state}`).join()}`
      if (before !== '' && before !== moved) void queryClient.invalidateQueries()
      before = moved
    })
    // A browser does not come back after an answer that is no stream.
    stream.addEventListener('error', () => {
      if (stream.readyState === EventSource.CLOSED)
        void queryClient.ensureQueryData({ ...get('/api/progress/now'), staleTime: 0 }).then(tell, () => {})
    })
    return () => stream.close()
  }, [])
  return progress
}
