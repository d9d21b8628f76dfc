/**
 * Webhooks: one per board and event, asked a challenge when they are made. One made with an app's token carries a JSON
 * web token signed with the app's signing secret; one made with a personal token carries nothing. A delivery that is not
 * answered with 2xx is tried again once a minute for half an hour.
 * https://developer.monday.com/api-reference/reference/webhooks
 */
import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import type { Post } from '../kit/post.ts'
import { VendorError } from './values.ts'
import { ACCOUNT, APP, type Item, type World } from './world.ts'

export interface Hook {
  id: string
  board: string
  event: string
  url: string
  user: string
  signed: boolean
}

export type Hooks = ReturnType<typeof createHooks>

const MINUTE = 60_000
const TRIES = 30

export function createHooks(world: World, post: Post) {
  const hooks = new Map<string, Hook>()
  let waiting: { hook: Hook; event: Record<string, unknown>; tried: number }[] = []
  const minute = setInterval(() => retry(), MINUTE)
  minute.unref()

  async function create(board: string, url: string, event: string, user: string, signed: boolean): Promise<Hook> {
    if (url.length > 255 || !URL.canParse(url)) throw new VendorError('InvalidArgumentException', 'invalid url', 400)
    const hook = { id: world.next('hook'), board, event, url, user, signed }
    const challenge = randomBytes(26).toString('base64url')
    const answer = await post.ask('POST', { url, headers: headers(hook), body: JSON.stringify({ challenge }) })
    if (answer?.status !== 200 || challengeIn(answer.body) !== challenge) {
      throw new VendorError('InvalidArgumentException', 'the webhook did not answer the challenge', 400)
    }
    hooks.set(hook.id, hook)
    return hook
  }

  /** Tells those who asked for it on the item's board; for a sub-item, on the board of its parent. */
  function tell(
    event: string,
    type: string,
    item: Item,
    by: string,
    facts: Record<string, unknown>,
    name: 'pulseId' | 'itemId' = 'pulseId'
  ): void {
    if (hooks.size === 0) return
    const parent = item.parent === null ? null : world.items.get(item.parent)
    const asked = parent?.board ?? item.board
    const shared = {
      app: 'monday',
      type,
      triggerTime: new Date(world.clock.now()).toISOString(),
      userId: Number(by),
      originalTriggerUuid: null,
      boardId: Number(item.board),
      [name]: Number(item.id),
      ...(parent ? { parentItemId: parent.id, parentItemBoardId: parent.board } : {}),
      ...facts
    }
    for (const hook of hooks.values()) {
      if (hook.board !== asked || hook.event !== event) continue
      const triggerUuid = randomUUID().replaceAll('-', '')
      send(hook, { ...shared, subscriptionId: Number(hook.id), isRetry: false, retryCount: 0, triggerUuid }, 0)
    }
  }

  function send(hook: Hook, event: Record<string, unknown>, tried: number): void {
    const body = JSON.stringify({ event: { ...event, isRetry: tried > 0, retryCount: tried } })
    post.deliver({ url: hook.url, headers: headers(hook), body }, (status) => {
      const good = status !== null && status >= 200 && status < 300
      if (!good && tried < TRIES) waiting.push({ hook, event, tried: tried + 1 })
    })
  }

  /** Sends again what was not taken. */
  function retry(): number {
    const due = waiting
    waiting = []
    for (const { hook, event, tried } of due) if (hooks.has(hook.id)) send(hook, event, tried)
    return due.length
  }

  const headers = (hook: Hook): Record<string, string> => ({
    'content-type': 'application/json',
    ...(hook.signed ? { authorization: token(hook) } : {})
  })

  function token({ url, user }: Hook): string {
    const now = Math.floor(world.clock.now() / 1000)
    const claims = { accountId: Number(ACCOUNT.id), userId: Number(user), aud: url, exp: now + 300, iat: now }
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ ...claims, shortLivedToken: 'sandbox' })}`
    return `${signed}.${createHmac('sha256', APP.signingSecret).update(signed).digest('base64url')}`
  }

  return { hooks, create, tell, retry }
}

function challengeIn(body: string): unknown {
  try {
    return (JSON.parse(body) as { challenge?: unknown }).challenge
  } catch {
    return null
  }
}
