/**
 * Webhooks, made and kept: one for a Basecamp project, whatever was chosen in it. Nothing is signed; the secret is in the
 * address. https://github.com/basecamp/bc-api/blob/master/sections/webhooks.md
 */
import { z } from 'zod'
import { read, type Scope, type Session, type Subscription } from '../../src/adapter.ts'
import type { Api } from './api.ts'
import * as raw from './raw.ts'

const TYPES = ['Kanban::Card', 'Kanban::Step', 'Todo', 'Todolist', 'Comment']

export function createSubscriptions(api: Api): NonNullable<Session['webhooks']> {
  const all = async (scope: Scope) => read(z.array(raw.Webhook), await api.webhooks(scope.externalId))
  // The address is asked for again with every change.
  const switchOn = (id: string, url: string) => api.updateWebhook(id, { payload_url: url, types: TYPES, active: true })

  return {
    async register(scope, { url }) {
      const [mine, ...more] = (await all(scope)).filter((one) => one.payload_url === url)
      for (const other of more) await api.removeWebhook(other.id)
      if (mine) {
        if (mine.active === false || !hears(mine)) await switchOn(mine.id, url)
        return [{ ...subscription(mine, scope), active: true }]
      }
      const made = await api.createWebhook(scope.externalId, { payload_url: url, types: TYPES })
      return [subscription(read(raw.Webhook, made), scope)]
    },
    list: async (scope) => (await all(scope)).map((one) => subscription(one, scope)),
    async activate({ externalId, url }) {
      await switchOn(externalId, url)
    },
    async remove({ externalId }) {
      await api.removeWebhook(externalId)
    }
  }
}

const subscription = (hook: raw.Webhook, scope: Scope): Subscription => ({
  externalId: hook.id,
  of: scope.externalId,
  url: hook.payload_url,
  // After ten tries in vain Basecamp switches a hook off.
  active: hook.active !== false,
  secret: null
})

const hears = ({ types }: raw.Webhook): boolean =>
  types == null || types.includes('all') || TYPES.every((type) => types.includes(type))
