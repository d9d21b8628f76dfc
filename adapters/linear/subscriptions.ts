/** Webhooks at Linear: one for each chosen team, since "all public teams" leaves the private ones out. */
import type { Scope, Session, Subscription } from '../../src/adapter.ts'
import type { Api } from './api.ts'
import { pages } from './directory.ts'
import type * as raw from './raw.ts'
import { RESOURCES } from './webhook.ts'

export function createSubscriptions(api: Api): NonNullable<Session['webhooks']> {
  async function all(): Promise<raw.Webhook[]> {
    const found: raw.Webhook[] = []
    for await (const { data } of pages(
      (after) => api.webhooks(after),
      ({ webhooks }) => webhooks.pageInfo
    ))
      found.push(...data.webhooks.nodes)
    return found
  }

  async function list(scope: Scope): Promise<Subscription[]> {
    return (await all())
      .filter(({ team }) => team && scope.projects.includes(team.id))
      .map((hook) => subscription(hook, ''))
  }

  return {
    list,
    async register(scope, { url, secret }) {
      const there = await list(scope)
      const registered: Subscription[] = []
      for (const team of scope.projects) {
        const former = there.find((one) => one.of === team && one.url === url)
        const settings = { url, secret, resourceTypes: RESOURCES, enabled: true }
        const hook = former
          ? (await api.updateWebhook(former.externalId, settings)).data.webhookUpdate.webhook
          : (await api.createWebhook({ ...settings, teamId: team, label: 'Throughline' })).data.webhookCreate.webhook
        registered.push(subscription(hook, team))
      }
      return registered
    },
    activate: async ({ externalId }) => void (await api.updateWebhook(externalId, { enabled: true })),
    async remove({ externalId }) {
      // What is not there any more is refused like any wrong input.
      if ((await all()).some(({ id }) => id === externalId)) await api.removeWebhook(externalId)
    }
  }
}

const subscription = ({ id, url, enabled, team }: raw.Webhook, of: string): Subscription => ({
  externalId: id,
  of: team?.id ?? of,
  url: url ?? '',
  active: enabled,
  // We chose it ourselves.
  secret: null
})
