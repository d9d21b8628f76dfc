/** Every route the stand-in answers. */
import type { Route } from '../routing.ts'
import { batchRoutes } from './batch.ts'
import { boardRoutes } from './boards.ts'
import { cardChangeRoutes } from './cardChanges.ts'
import { cardRoutes } from './cards.ts'
import { commentRoutes } from './comments.ts'
import { listRoutes } from './lists.ts'
import { memberRoutes } from './members.ts'
import { webhookRoutes } from './webhooks.ts'

export const routes: Route[] = [
  ...boardRoutes,
  ...cardRoutes,
  ...cardChangeRoutes,
  ...commentRoutes,
  ...listRoutes,
  ...memberRoutes,
  ...batchRoutes,
  ...webhookRoutes
]
