/**
 * Webhooks: one per token, model and address; asked by HEAD when they are made, signed with the app's secret over body
 * and address.
 * @see https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/
 */
import { createHmac } from 'node:crypto'
import type { Post } from '../kit/post.ts'
import type { Account } from './accounts.ts'
import type { Board } from './board.ts'
import type { ActionFacts, Row } from './facts.ts'
import { Refusal } from './refusal.ts'
import type { World } from './world.ts'

export interface Webhook {
  id: string
  description: string
  idModel: string
  callbackURL: string
  active: boolean
  consecutiveFailures: number
  firstConsecutiveFailDate: string | null
}

interface Kept {
  facts: Webhook
  token: string
  secret: string
}

export interface Hooks {
  /** Whose request is being answered: its client identifier is echoed. */
  speaker: { account: Account; client: string } | null
  create(account: Account, draft: Pick<Webhook, 'callbackURL' | 'idModel' | 'description' | 'active'>): Promise<Webhook>
  of(token: string): Webhook[]
  /** Throws `Refusal` 404 for another token's. */
  find(token: string, id: string): Webhook
  remove(token: string, id: string): void
  tell(board: Board, action: ActionFacts): void
}

export function createHooks(world: World, post: Post): Hooks {
  const kept = new Map<string, Kept>()
  const hooks: Hooks = {
    speaker: null,
    async create(account, draft) {
      const taken = [...kept.values()].some(
        ({ facts, token }) =>
          token === account.token && facts.idModel === draft.idModel && facts.callbackURL === draft.callbackURL
      )
      if (taken) throw new Refusal(400, 'A webhook with that callback, model, and token already exists')
      const answer = await post.ask('HEAD', { url: draft.callbackURL, headers: {}, body: '' })
      if (answer?.status !== 200) {
        throw new Refusal(400, `URL (${draft.callbackURL}) did not return 200 status code, got ${answer?.status ?? 0}`)
      }
      const facts = { id: world.newId(), ...draft, consecutiveFailures: 0, firstConsecutiveFailDate: null }
      kept.set(facts.id, { facts, token: account.token, secret: account.secret })
      return facts
    },
    of: (token) => [...kept.values()].filter((one) => one.token === token).map(({ facts }) => facts),
    find(token, id) {
      const found = kept.get(id)
      if (found?.token !== token) throw new Refusal(404, 'The requested resource was not found.')
      return found.facts
    },
    remove(token, id) {
      hooks.find(token, id)
      kept.delete(id)
    },
    tell(board, action) {
      for (const [id, { facts, token, secret }] of kept) {
        const account = world.accounts.get(token)
        if (!account || account.revoked) kept.delete(id)
        else if (facts.active && facts.idModel === board.id && world.canSee(board, account.member.id)) {
          send(facts, secret, board, action)
        }
      }
    }
  }

  function send(facts: Webhook, secret: string, board: Board, action: ActionFacts): void {
    const { id, name, desc, closed, url, shortUrl, prefs } = board.facts as Row
    const body = JSON.stringify({ action, model: { id, name, desc, closed, url, shortUrl, prefs }, webhook: facts })
    const client = hooks.speaker?.client
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'trello-webhook',
      'x-trello-webhook': createHmac('sha1', secret).update(`${body}${facts.callbackURL}`).digest('base64'),
      ...(client ? { 'x-trello-client-identifier': client } : {})
    }
    post.deliver({ url: facts.callbackURL, headers, body }, (status) => {
      if (status === 410) kept.delete(facts.id)
      const good = status !== null && status >= 200 && status < 300
      facts.consecutiveFailures = good ? 0 : facts.consecutiveFailures + 1
      facts.firstConsecutiveFailDate = good ? null : (facts.firstConsecutiveFailDate ?? world.nowIso())
    })
  }

  world.onAction = hooks.tell
  return hooks
}
