/**
 * Webhooks, made and kept (https://developer.clickup.com/docs/webhooks). One for a workspace: one address, one secret,
 * however many lists were chosen. Where only one list was, the hook is set on that list, so nothing else rings.
 */
import { read, type Scope, type Session, type Subscription } from '../../src/adapter.ts'
import type { Api } from './api.ts'
import * as raw from './raw.ts'

/** `taskUpdated` comes with every change; the others say what it does not, and have the same key where they repeat it. */
export const EVENTS = [
  'taskCreated',
  'taskUpdated',
  'taskDeleted',
  'taskMoved',
  'taskStatusUpdated',
  'taskCommentPosted',
  'taskCommentUpdated',
  'listUpdated',
  'listDeleted'
]

export function createSubscriptions(api: Api): NonNullable<Session['webhooks']> {
  const all = async (scope: Scope) => read(raw.Webhooks, await api.webhooks(scope.externalId)).webhooks
  const switchOn = (id: string, endpoint: string) =>
    api.updateWebhook(id, { endpoint, events: EVENTS, status: 'active' })

  return {
    async register(scope, { url }) {
      // The same endpoint at the same place a second time is an error, so what is there is used again.
      const list = scope.projects.length === 1 ? scope.projects[0]! : null
      const mine = (await all(scope)).filter((one) => one.endpoint === url)
      const fitting = mine.find((one) => placeOf(one) === (list === null ? '' : `list ${list}`))
      for (const other of mine) if (other !== fitting) await api.removeWebhook(other.id)
      if (fitting) {
        if (!isActive(fitting) || !hears(fitting)) await switchOn(fitting.id, url)
        return [{ ...subscription(fitting, scope), active: true }]
      }
      const place = list === null ? {} : { list_id: /^\d{1,15}$/.test(list) ? Number(list) : list }
      const made = await api.createWebhook(scope.externalId, { endpoint: url, events: EVENTS, ...place })
      return [subscription(read(raw.MadeWebhook, made).webhook, scope)]
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
  of: hook.list_id ?? scope.externalId,
  url: hook.endpoint,
  active: isActive(hook),
  secret: hook.secret ?? null
})

/** `failing` hooks still ring; `suspended` ones do not (https://developer.clickup.com/docs/webhookhealth). */
const isActive = ({ health }: raw.Webhook): boolean => health?.status !== 'suspended' && health?.status !== 'inactive'

const hears = ({ events }: raw.Webhook): boolean =>
  events === '*' || EVENTS.every((one) => Array.isArray(events) && (events.includes(one) || events.includes('*')))

const placeOf = (hook: raw.Webhook): string =>
  ['task', 'list', 'folder', 'space']
    .flatMap((kind) => (hook[`${kind}_id`] == null ? [] : [`${kind} ${hook[`${kind}_id`]}`]))
    .join(' ')
