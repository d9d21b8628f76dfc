/** Holds exchanges with Basecamp against its specification and the overlay. */
import { overlay } from '../../sandbox/basecamp/overlay.ts'
import type { Exchange } from '../../sandbox/kit/recorder.ts'
import { type Check, checker } from '../helpers/spec.ts'

const check = checker({
  file: 'specs/basecamp.openapi.json',
  overlay,
  closed: [
    'Person',
    'Project',
    'DockItem',
    'CardTable',
    'CardColumn',
    'Card',
    'CardStep',
    'Todo',
    'Todolist',
    'Comment',
    'Webhook',
    'Event',
    'EventDetails'
  ]
})

/** The specification writes `/cards/{cardId}` where the documentation writes `/cards/2.json`: both are served. */
export const checkBasecamp: Check = (exchange) =>
  check({ ...exchange, path: exchange.path.replace(/\/(\d+)\.json$/, '/$1') })

/** The feed and sign-in are documented elsewhere. */
export const isSpecified = ({ path }: Exchange): boolean =>
  !path.endsWith('/events.json') || /\/recordings\/\d+\/events\.json$/.test(path)
