/** Webhooks over real HTTP: registered, delivered, verified on raw bytes; whatever is not right is refused. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PlantedProject } from '../../sandbox/kit/plant.ts'
import type { Delivery, Hook, Scope, Subscription } from '../../src/adapter.ts'
import { receive } from '../../src/webhooks/receive.ts'
import { type Account, COLUMNS, column, scopeOf, startAccount } from './account.ts'
import { rigs } from './rigs/index.ts'

/** A receiver that keeps what came and answers as the hub does. */
class Receiving {
  hook: Hook | null = null
  readonly came: Delivery[] = []
  readonly #server: Server
  url = ''

  constructor(adapter: Parameters<typeof receive>[0]) {
    this.#server = createServer(async (request, response) => {
      const pieces: Buffer[] = []
      for await (const piece of request) pieces.push(piece as Buffer)
      const delivery: Delivery = {
        method: request.method ?? '',
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(pieces),
        url: new URL(request.url ?? '', this.url).href,
        at: new Date().toISOString()
      }
      this.came.push(delivery)
      const answer = await receive(adapter, delivery, this.hook)
      response.writeHead(answer.status, { 'content-type': 'application/json' })
      response.end(answer.body === undefined ? '' : JSON.stringify(answer.body))
    })
  }

  async start(): Promise<void> {
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready))
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hooks/${'s'.repeat(43)}`
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}

const WITH_HOOKS = rigs.filter((rig) => rig.adapter.can.webhooks)

describe.each(WITH_HOOKS.map((rig) => [rig.adapter.name, rig] as const))('%s', (_name, rig) => {
  const { hooks } = rig.adapter
  let account: Account
  let receiving: Receiving
  let project: PlantedProject
  let scope: Scope
  let subscriptions: Subscription[]

  beforeAll(async () => {
    account = await startAccount(rig)
    receiving = new Receiving(rig.adapter)
    await receiving.start()
    project = await account.tool.project({ name: 'Website', columns: COLUMNS })
    scope = await scopeOf(account.session, project.id)
    receiving.hook = { url: receiving.url, secret: 'agreed-secret' }
    subscriptions =
      (await account.session.webhooks?.register(scope, { url: receiving.url, secret: 'agreed-secret' })) ?? []
    receiving.hook = { url: receiving.url, secret: subscriptions[0]?.secret ?? 'agreed-secret' }
  })
  afterAll(async () => {
    receiving.close()
    await account[Symbol.asyncDispose]()
  })

  /** The deliveries that a change causes. */
  async function caused(change: () => Promise<unknown>): Promise<Delivery[]> {
    await account.tool.deliveries()
    const before = receiving.came.length
    await change()
    await account.tool.deliveries()
    return receiving.came.slice(before)
  }
  const rename = async () => {
    const task = await account.tool.task({ project: project.id, column: column(project, 'To do'), title: 'Told of' })
    return { task, told: await caused(() => account.tool.change(task, { title: `Renamed ${Math.random()}` })) }
  }
  const answer = (delivery: Delivery, hook: Hook | null = receiving.hook) => receive(rig.adapter, delivery, hook)

  it('are registered, listed as active, and registering again adds none', async () => {
    expect(hooks).toBeDefined()
    expect(subscriptions.length).toBeGreaterThan(0)
    const listed = await account.session.webhooks?.list(scope, subscriptions)
    expect(listed?.map(({ externalId, active }) => [externalId, active]).sort()).toEqual(
      subscriptions.map(({ externalId }) => [externalId, true]).sort()
    )
  })

  it('tell of a changed card: answered with 2xx, naming the card to read again', async () => {
    const { task, told } = await rename()
    expect(told.length).toBeGreaterThan(0)
    const answers = await Promise.all(told.map((delivery) => answer(delivery)))
    expect(answers.every(({ status }) => status >= 200 && status < 300)).toBe(true)
    const hints = answers.flatMap(({ notice }) => notice?.hints ?? [])
    expect(hints.some((hint) => hint.kind === 'task' && hint.externalId === task)).toBe(true)
  })

  it('sent again have the same key, and different ones differ', async () => {
    const [one] = (await rename()).told
    const [other] = (await rename()).told
    const again = await caused(() => account.tool.deliveries({ again: -1 }))
    const keys = await Promise.all(
      [other, again[0], one].map(async (delivery) => (await answer(delivery as Delivery)).notice?.key)
    )
    expect(keys[0]).toBe(keys[1])
    expect(keys[2]).not.toBe(keys[0])
    expect(keys[0]).toMatch(/.+/)
  })

  it('forged, unsigned, cut short, or with no secret known are refused with the status the adapter declares', async () => {
    const [good] = (await rename()).told
    if (!good || !hooks) throw new Error('nothing came')
    const bad: Record<string, Promise<{ status: number; notice: unknown }>> = {
      unknown: answer(good, null),
      secretless: answer(
        { ...good, url: hooks.proof === 'address' ? `${new URL(good.url).origin}/hooks/guess` : good.url },
        {
          url: good.url,
          secret: null
        }
      )
    }
    if (hooks.proof === 'signed') {
      const name = signatureHeader(good)
      const signature = good.headers[name] ?? ''
      const forged = Buffer.from(good.body.toString().replace('Renamed', 'Forged!'))
      expect(forged.equals(good.body)).toBe(false)
      bad.forged = answer({ ...good, body: forged })
      bad.reserialised = answer({ ...good, body: Buffer.from(JSON.stringify(JSON.parse(String(good.body)), null, 1)) })
      bad.unsigned = answer({ ...good, headers: { ...good.headers, [name]: undefined } })
      bad.short = answer({ ...good, headers: { ...good.headers, [name]: signature.slice(0, 8) } })
      bad.empty = answer({ ...good, headers: { ...good.headers, [name]: '' } })
      bad.other = answer(good, { url: good.url, secret: 'another-secret' })
    } else {
      bad.elsewhere = answer(
        { ...good, url: `${new URL(good.url).origin}/hooks/${'x'.repeat(43)}` },
        {
          url: receiving.url,
          secret: receiving.hook?.secret ?? null
        }
      )
    }
    for (const [name, refused] of Object.entries(bad)) {
      const { status, notice } = await refused
      expect([name, status, notice]).toEqual([name, hooks.refusal, null])
    }
    expect([401, 410]).not.toContain(hooks.refusal)
  })

  it('that say nothing a tool says are refused, not an error of ours', async () => {
    const [good] = (await rename()).told
    for (const body of ['', 'null', '[]', '{"a":', '{"__proto__":{"x":1}}', '"text"']) {
      const { status, notice } = await answer({ ...(good as Delivery), body: Buffer.from(body) })
      expect([body, notice]).toEqual([body, null])
      expect(status).toBeGreaterThanOrEqual(200)
      expect(status).toBeLessThan(500)
    }
  })

  it('that are too old are refused where the tool signs the moment', async () => {
    if (!hooks) throw new Error('no hooks')
    const [good] = (await rename()).told
    const late = new Date(Date.now() + (hooks.staleAfterMs ?? 0) + 60_000).toISOString()
    const { status } = await answer({ ...(good as Delivery), at: late })
    if (hooks.staleAfterMs === null) expect(status).toBeLessThan(300)
    else expect(status).toBe(hooks.refusal)
  })

  it('end when they are removed, and can be switched on again', async () => {
    for (const subscription of subscriptions) await account.session.webhooks?.activate(subscription)
    expect((await rename()).told.length).toBeGreaterThan(0)
    for (const subscription of subscriptions) await account.session.webhooks?.remove(subscription)
    expect((await rename()).told).toEqual([])
    expect(await account.session.webhooks?.list(scope, subscriptions)).toEqual([])
  })
})

function signatureHeader({ headers }: Delivery): string {
  const name = Object.keys(headers).find((one) => /signature|^x-trello-webhook$/.test(one))
  if (!name) throw new Error(`no signature among ${Object.keys(headers)}`)
  return name
}
