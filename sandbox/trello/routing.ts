/** A small table of routes: fixed segments first, placeholders in braces. */
import { isId, isShortLink } from './ids.ts'
import type { Question, Reply } from './question.ts'

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** As the vendor's specification writes it: `/boards/{id}/cards/{filter}`. */
  template: string
  answer: (question: Question) => Reply | Promise<Reply>
}

export interface Match {
  route: Route
  path: Record<string, string>
  /** False where a placeholder holds something that can be no id: Trello says so before it looks at the token. */
  validIds: boolean
}

/** Which placeholders are ids, and of what shape. */
const IDS: Record<string, (segment: string) => boolean> = {
  'boards id': (segment) => isId(segment) || isShortLink(segment),
  'cards id': (segment) => isId(segment) || isShortLink(segment),
  'cards idCard': isId,
  'cards idAction': isId,
  'cards idMember': isId,
  'cards idCustomField': isId,
  'lists id': isId,
  'actions id': isId,
  'webhooks id': isId
}

export function createRouter(routes: readonly Route[]): (method: string, path: string) => Match | null {
  const compiled = routes.map((route) => ({ route, parts: route.template.slice(1).split('/') }))
  // More fixed segments first, so that `/cards/{id}/actions/comments` is not taken for an action.
  compiled.sort((a, b) => placeholders(a.parts) - placeholders(b.parts))
  const bySize = Map.groupBy(compiled, ({ route, parts }) => `${route.method} ${parts.length} ${parts[0]}`)

  return (method, path) => {
    const segments = path.slice(1).split('/')
    for (const { route, parts } of bySize.get(`${method} ${segments.length} ${segments[0]}`) ?? []) {
      const found: Record<string, string> = {}
      let validIds = true
      const fits = parts.every((part, index) => {
        const segment = segments[index]!
        if (!part.startsWith('{')) return part === segment
        const name = part.slice(1, -1)
        found[name] = decode(segment)
        if (IDS[`${parts[0]} ${name}`]?.(found[name]) === false) validIds = false
        return true
      })
      if (fits) return { route, path: found, validIds }
    }
    return null
  }
}

const placeholders = (parts: readonly string[]): number => parts.filter((part) => part.startsWith('{')).length

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
