/**
 * The hub's webhooks at the tools: one hook a scope, registered when the hub has a public address, looked at every hour,
 * switched on again where the tool switched it off, taken away when its scope is no longer read.
 *
 * Guarantee: none is needed. Whatever a webhook does not tell, the timetable finds by itself, later.
 */
import { createHash, randomBytes } from 'node:crypto'
import { adapterOf, adapters } from '../../adapters/index.ts'
import { AdapterError, type Hook, type Scope, type Session, type Subscription } from '../adapter.ts'
import { ConnectionParked, openSession } from '../connections/session.ts'
import { bytesParam, json, sql, textArray } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import { externalId, type Tool } from '../model/task.ts'

/** Below the hub's public address; the tool's name and a word nobody can guess follow. */
export const HOOK_PATH = '/hooks'

/** A tool that refused a webhook is asked again after so long: rights and plans change. */
const ASK_AGAIN = sql`interval '24 hours'`

interface Row {
  id: string
  connectionId: string
  scopeId: string | null
  tool: Tool
  scope: Scope
  url: Uint8Array
  secret: Uint8Array
  subscriptions: Subscription[]
  state: 'registering' | 'active' | 'off' | 'refused'
}

/** With what its scope reads now, and whether it tells us anything. */
interface Kept extends Row {
  projects: string[] | null
  outgrown: boolean
  silent: boolean
}

const COLUMNS = sql`h.id, h.connection_id as "connectionId", h.scope_id as "scopeId", h.tool, h.scope, h.url, h.secret,
  h.subscriptions, h.state`

/** The scope reads other projects now than when its hook was registered. */
const OUTGROWN = sql`
  array(select h.tool || ':' || one from jsonb_array_elements_text(h.scope -> 'projects') as one order by 1)
    <> array(select one from unnest(s.projects) as one order by 1)`

/** The hook behind an address of ours, or null. Throws when the database does not answer. */
export async function hookAt(
  hub: Hub,
  tool: string,
  address: string
): Promise<{ id: string; tool: Tool; hook: Hook } | null> {
  const [row] = await hub.db.rows<Row>(sql`
    select ${COLUMNS} from hooks h where h.address_hash = ${hashOf(address)} and h.tool = ${tool}`)
  return row ? { id: row.id, tool: row.tool, hook: opened(hub, row) } : null
}

/** Scopes of tools with webhooks that have no hook yet. False without a public address. */
export async function hooksAreMissing(hub: Hub): Promise<boolean> {
  if (!hub.config.PUBLIC_URL) return false
  const [row] = await hub.db.rows<{ missing: boolean }>(sql`
    select exists (
      select 1 from scopes s join connections c on c.id = s.connection_id
      where c.state = 'active' and c.tool = any(${textArray(withHooks())})
        and not exists (select 1 from hooks h where h.scope_id = s.id)
    ) or exists (select 1 from hooks where scope_id is null)
      or exists (select 1 from hooks h join scopes s on s.id = h.scope_id where ${OUTGROWN}) as missing`)
  return row?.missing ?? false
}

/** Registers what is missing, switches on what was switched off, takes away what is no longer needed. */
export async function keepHooks(hub: Hub, signal?: AbortSignal): Promise<void> {
  const { PUBLIC_URL } = hub.config
  if (!PUBLIC_URL) return
  await makeRows(hub, PUBLIC_URL)
  const rows = await hub.db.rows<Kept>(sql`
    select ${COLUMNS}, to_jsonb(s.projects) as projects, coalesce(${OUTGROWN}, false) as outgrown,
      h.silent_since is not null and h.missed > 0 as silent
    from hooks h join connections c on c.id = h.connection_id left join scopes s on s.id = h.scope_id
    where c.state = 'active' and (h.state <> 'refused' or h.scope_id is null or h.checked_at < now() - ${ASK_AGAIN})
    order by h.id`)
  for (const row of rows) {
    signal?.throwIfAborted()
    try {
      const { session } = await openSession(hub, row.connectionId, 2, signal)
      if (!session.webhooks) continue
      if (row.scopeId === null) await takeAway(hub, row, session.webhooks)
      else await keepOne(hub, row, session.webhooks, PUBLIC_URL)
    } catch (error) {
      if (error instanceof ConnectionParked) continue
      if (!(error instanceof AdapterError)) throw error
      await note(hub, row, error)
    }
  }
}

/** Before an account is parted with. What the tool does not take away now leads to an address nobody answers at. */
export async function takeAwayAll(hub: Hub, connectionId: string): Promise<void> {
  const rows = await hub.db.rows<Row>(
    sql`select ${COLUMNS} from hooks h where h.connection_id = ${connectionId} order by h.id`
  )
  if (rows.length === 0) return
  try {
    const { session } = await openSession(hub, connectionId, 0)
    for (const row of rows) if (session.webhooks) await takeAway(hub, row, session.webhooks)
  } catch (error) {
    if (!(error instanceof AdapterError || error instanceof ConnectionParked)) throw error
  }
}

type Webhooks = NonNullable<Session['webhooks']>

const withHooks = (): string[] => adapters.filter(({ can }) => can.webhooks).map(({ tool }) => tool)

/** One row a scope, made before the tool is asked: some ask our address back before they answer. */
async function makeRows(hub: Hub, publicUrl: string): Promise<void> {
  const scopes = await hub.db.rows<{
    id: string
    connectionId: string
    tool: Tool
    name: string
    projects: string[]
    externalId: string
  }>(sql`
    select s.id, s.connection_id as "connectionId", c.tool, s.name, to_jsonb(s.projects) as projects, s.external_id as "externalId"
    from scopes s join connections c on c.id = s.connection_id
    where c.state = 'active' and c.tool = any(${textArray(withHooks())})
      and not exists (select 1 from hooks h where h.scope_id = s.id)
    order by s.id`)
  for (const { id: scopeId, connectionId, tool, name, projects, externalId: scope } of scopes) {
    const id = `hook-${randomBytes(6).toString('hex')}`
    const address = randomBytes(32).toString('base64url')
    const secret = randomBytes(32).toString('base64url')
    const url = `${publicUrl}${HOOK_PATH}/${tool}/${address}`
    await hub.db.run(sql`
      insert into hooks (id, connection_id, scope_id, tool, scope, address_hash, url, secret)
      values (${id}, ${connectionId}, ${scopeId}, ${tool},
        ${json({ externalId: scope, name, projects: projects.map(externalId) })}, ${hashOf(address)},
        ${bytesParam(hub.keyring.seal(url, id))}, ${bytesParam(hub.keyring.seal(secret, id))})
      on conflict do nothing`)
  }
}

async function keepOne(hub: Hub, kept: Kept, webhooks: Webhooks, publicUrl: string): Promise<void> {
  const hook = opened(hub, kept)
  const row = kept.outgrown || kept.silent ? await anew(hub, kept, hook, webhooks) : kept
  if (!hook.url.startsWith(`${publicUrl}${HOOK_PATH}/`)) {
    // The hub moved to another address: what tells the old one is taken away, a new one is made at the next look.
    for (const subscription of row.subscriptions) await webhooks.remove(whole(subscription, hook))
    await hub.db.run(sql`delete from hooks where id = ${row.id}`)
    return
  }
  const known = row.subscriptions.map((one) => whole(one, hook))
  const there = known.length > 0 ? await webhooks.list(row.scope, known) : []
  const ours = there.filter((one) => known.some((other) => other.externalId === one.externalId))
  for (const subscription of ours) if (!subscription.active) await webhooks.activate(subscription)
  const lost = ours.length < known.length || known.length === 0
  const registered = lost
    ? await webhooks.register(row.scope, { url: hook.url, secret: hook.secret ?? '' })
    : ours.map((one) => ({ ...one, active: true }))
  const secret = registered.find((one) => one.secret !== null)?.secret ?? hook.secret ?? ''
  const subscriptions = registered.map(({ externalId, of, active }) => ({ externalId, of, active }))
  await hub.db.run(sql`
    update hooks set state = 'active', reason = null, checked_at = now(), subscriptions = ${json(subscriptions)},
      secret = ${bytesParam(hub.keyring.seal(secret, row.id))}
    where id = ${row.id}`)
}

/** What watched the former choice, or tells us nothing, is taken away; the hook keeps its address. */
async function anew(hub: Hub, row: Kept, hook: Hook, webhooks: Webhooks): Promise<Row> {
  for (const subscription of row.subscriptions) await webhooks.remove(whole(subscription, hook))
  const scope = { ...row.scope, projects: (row.projects ?? []).map(externalId) }
  await hub.db.run(sql`
    update hooks set scope = ${json(scope)}, subscriptions = '[]'::jsonb, state = 'registering', missed = 0
    where id = ${row.id}`)
  return { ...row, scope, subscriptions: [] }
}

async function takeAway(hub: Hub, row: Row, webhooks: Webhooks): Promise<void> {
  const hook = opened(hub, row)
  for (const subscription of row.subscriptions) await webhooks.remove(whole(subscription, hook))
  await hub.db.run(sql`delete from hooks where id = ${row.id}`)
}

/** A refusal for good is kept with its reason; anything else is tried again at the next look. */
async function note(hub: Hub, row: Row, error: AdapterError): Promise<void> {
  const forGood = ['forbidden', 'plan_limit', 'not_found'].includes(error.kind)
  const state = forGood ? 'refused' : row.state === 'active' ? 'off' : row.state
  const reason = [error.kind, error.code ?? error.status].filter((part) => part != null).join(' ')
  await hub.db.run(sql`update hooks set state = ${state}, reason = ${reason}, checked_at = now() where id = ${row.id}`)
}

function opened(hub: Hub, { id, url, secret }: Pick<Row, 'id' | 'url' | 'secret'>): Hook {
  const kept = hub.keyring.open(secret, id)
  return { url: hub.keyring.open(url, id), secret: kept === '' ? null : kept }
}

const whole = (one: Pick<Subscription, 'externalId' | 'of' | 'active'>, { url, secret }: Hook): Subscription => ({
  ...one,
  url,
  secret
})

const hashOf = (address: string): string => createHash('sha256').update(address).digest('hex')

/** True when the tool's adapter can receive at all. */
export const receives = (tool: string): boolean => adapters.some((one) => one.tool === tool && adapterOf(tool).hooks)
