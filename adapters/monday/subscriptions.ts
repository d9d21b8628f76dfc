/**
 * Webhooks of a board: one per event. monday does not tell the address of those there are, so a hook is recognised by its
 * id, and asking for the same one twice is made one by an idempotency key.
 * https://developer.monday.com/api-reference/reference/webhooks
 */
import { z } from 'zod'
import { AdapterError, type Session, type Subscription } from '../../src/adapter.ts'
import { type Api, read } from './api.ts'
import * as raw from './raw.ts'
import { signedWith } from './webhook.ts'

/** What tells of everything that is read; those of sub-items are asked for on the board of their parents. */
export const EVENTS = [
  'create_item',
  'change_column_value',
  'change_name',
  'item_archived',
  'item_deleted',
  'item_restored',
  'item_moved_to_any_group',
  'create_update',
  'edit_update',
  'delete_update',
  'create_subitem',
  'change_subitem_column_value'
] as const

/** `signingSecret`: of the app whose token registers; a personal token's hooks are not signed. */
export function createWebhooks(api: Api, signingSecret: string | null): NonNullable<Session['webhooks']> {
  async function there(board: string): Promise<raw.Webhook[]> {
    const answer = read(z.object({ webhooks: z.array(raw.Webhook.nullable()).nullable() }), await api.webhooks(board))
    return (answer.webhooks ?? []).filter((hook) => hook !== null)
  }

  async function create(board: string, url: string, event: string, key: string): Promise<string> {
    const Created = z.object({ create_webhook: z.looseObject({ id: z.coerce.string() }) })
    return read(Created, await api.createWebhook(board, url, event, key)).create_webhook.id
  }

  return {
    async register({ externalId: board }, { url }) {
      const made = new Map<string, string>()
      for (const event of EVENTS) made.set(event, await create(board, url, event, `${board} ${url} ${event}`))
      const known = new Set((await there(board)).map(({ id }) => id))
      for (const [event, id] of made) {
        // The key still answers with a hook that was removed since.
        if (!known.has(id)) made.set(event, await create(board, url, event, `${board} ${url} ${event} after ${id}`))
      }
      return [...made.values()].map((id) =>
        subscription(board, id, url, signingSecret === null ? null : signedWith(signingSecret))
      )
    },
    async list({ externalId: board }, known) {
      const left = new Set((await there(board)).map(({ id }) => id))
      return known
        .filter(({ externalId, of }) => of === board && left.has(externalId))
        .map((one) => ({ ...one, active: true }))
    },
    // Nothing that monday documents switches a hook off.
    async activate() {},
    async remove({ externalId, of }) {
      try {
        await api.deleteWebhook(of, externalId)
      } catch (error) {
        if (!(error instanceof AdapterError && error.kind === 'not_found')) throw error
      }
    }
  }
}

const subscription = (of: string, externalId: string, url: string, secret: string | null): Subscription => ({
  externalId,
  of,
  url,
  active: true,
  secret
})
