/** Where to after signing in. */
import { useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { isHere } from './isHere.ts'

export function useBack(): { to: string; go: () => void } {
  const { to } = useSearch({ strict: false }) as { to?: unknown }
  const router = useRouter()
  const queryClient = useQueryClient()
  const place = isHere(to) ? to : '/'
  return {
    to: place,
    go() {
      queryClient.clear()
      router.history.push(place)
    }
  }
}

/** A word of the address, as links in mails carry it. */
export function useWord(name: string): string {
  const search = useSearch({ strict: false }) as Record<string, unknown>
  return search[name] === undefined ? '' : String(search[name])
}
