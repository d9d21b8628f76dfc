/**
 * Webhooks of a board. A list of them is only to be had at an address that holds the token itself, so each is asked for
 * by its id; one that we do not know any more is answered with 410 and Trello deletes it.
 */
import { AdapterError, read, type Session, type Subscription } from '../../src/adapter.ts'
import type { Api, Credentials } from './api.ts'
import * as raw from './raw.ts'

export const subscriptions = (api: Api, { secret }: Credentials): NonNullable<Session['webhooks']> => ({
  async register(scope, { url }) {
    if (!secret) throw new AdapterError('forbidden', { code: 'no_app_secret' })
    const webhook = read(raw.Webhook, await api.createWebhook(scope.externalId, url))
    return [subscription(webhook, secret)]
  },
  async list(_scope, known) {
    const found: Subscription[] = []
    for (const one of known) {
      const webhook = await here(api, one.externalId)
      if (webhook) found.push(subscription(webhook, one.secret))
    }
    return found
  },
  activate: async ({ externalId }) => void (await api.activateWebhook(externalId)),
  async remove({ externalId }) {
    if (await here(api, externalId)) await api.removeWebhook(externalId)
  }
})

async function here(api: Api, id: string): Promise<raw.Webhook | null> {
  try {
    return read(raw.Webhook, await api.webhook(id))
  } catch (error) {
    if (error instanceof AdapterError && error.kind === 'not_found') return null
    throw error
  }
}

const subscription = (webhook: raw.Webhook, secret: string | null): Subscription => ({
  externalId: webhook.id,
  of: webhook.idModel,
  url: webhook.callbackURL,
  active: webhook.active ?? true,
  secret
})
