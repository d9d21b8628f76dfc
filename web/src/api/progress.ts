/** How far reading has come, as the hub tells it. The stream is taken up again when it ends. */
import { useEffect, useState } from 'react'
import { line } from './line.ts'
import { get, type Output, queryClient } from './query.ts'

export type Progress = Output<'get', '/api/progress/now'>

/** Before the stream is asked for once more. */
const PAUSE_MS = 5_000

/** Null until it is known. Lists are read anew whenever a board has been read or findings appeared. */
export function useProgress(): Progress | null {
  const [progress, tell] = useState<Progress | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let over = false
    let before = ''
    let stream = open()
    function open(): EventSource {
      const opened = new EventSource('/api/progress')
      opened.addEventListener('progress', ({ data }) => {
        const now = JSON.parse(String(data)) as Progress
        tell(now)
        const moved = `${now.findings} ${now.projects.map(({ id, state }) => `${id} ${state}`).join()}`
        if (before !== '' && before !== moved) void queryClient.invalidateQueries()
        before = moved
      })
      opened.addEventListener('error', () => {
        void line.doubted()
        // A browser comes back by itself, but not after an answer that is no stream, as a hub that is starting gives.
        if (opened.readyState === EventSource.CLOSED) timer = setTimeout(again, PAUSE_MS)
      })
      return opened
    }
    function again(): void {
      void queryClient.fetchQuery({ ...get('/api/progress/now'), staleTime: 0 }).then(
        (now) => {
          if (over) return
          tell(now)
          stream = open()
        },
        () => {}
      )
    }
    return () => {
      over = true
      clearTimeout(timer)
      stream.close()
    }
  }, [])
  return progress
}
