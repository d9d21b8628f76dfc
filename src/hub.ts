/** One running installation: what every room needs and none makes for itself. */
import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import type { Config } from './config.ts'
import { type Database, json, openDatabase, sql } from './db/database.ts'
import { type Keyring, openKeyring } from './db/secrets.ts'
import { Meters } from './transport/budget.ts'
import { sharedMeters } from './transport/sharedLog.ts'

export interface Hub {
  config: Config
  db: Database
  keyring: Keyring
  meters: Meters
  /** Names this installation to tools that echo the sender of a write; no secret. */
  instance: string
  /** IANA zone of projects without a calendar of their own: TIME_ZONE, or what it was when it was last set. */
  zone: string
  /** Names this process in leases. */
  owner: string
  /** Our clock, as an ISO instant. It orders our own acts, never facts about cards. */
  now: () => string
  close: () => Promise<void>
}

export async function openHub(config: Config, options: { db?: Database; now?: () => string } = {}): Promise<Hub> {
  const db = options.db ?? (await openDatabase(config))
  try {
    const keyring = await openKeyring(db, config)
    const instance = await once(db, 'instance', () => `throughline-${randomBytes(6).toString('hex')}`)
    await db.run(sql`
      insert into calendars (id, name, zone, working_days, starts_at, ends_at, holidays)
      values ('default', 'Working week', ${config.TIME_ZONE ?? 'UTC'}, '{1,2,3,4,5}', '09:00', '17:00', '{}')
      on conflict (id) do update set zone = excluded.zone
      where ${config.TIME_ZONE !== undefined} and calendars.zone <> excluded.zone`)
    const [calendar] = await db.rows<{ zone: string }>(sql`select zone from calendars where id = 'default'`)
    const meters = config.REDIS_URL ? sharedMeters(config.REDIS_URL, instance) : new Meters()
    return {
      config,
      db,
      keyring,
      meters,
      instance,
      zone: calendar?.zone ?? 'UTC',
      owner: `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`,
      now: options.now ?? (() => new Date().toISOString()),
      async close() {
        await meters.close()
        await db.close()
      }
    }
  } catch (error) {
    await db.close()
    throw error
  }
}

/** A setting that is made once and then stays. */
export async function once(db: Database, key: string, make: () => string): Promise<string> {
  await db.run(sql`insert into settings (key, value) values (${key}, ${json(make())}) on conflict do nothing`)
  const [row] = await db.rows<{ value: string }>(sql`select value from settings where key = ${key}`)
  return row?.value ?? ''
}
