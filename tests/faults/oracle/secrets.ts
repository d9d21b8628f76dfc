/**
 * O5: no secret in what was kept, sent or said: logs, a dump of every table, mails, answers – as it is, and in the
 * encodings it would hide in.
 */
import { zstdDecompressSync } from 'node:zlib'
import { sql } from '../../../src/db/database.ts'
import { DATABASE_CANARY } from '../rig/place.ts'
import type { Stage } from '../rig/stage.ts'

export async function secrets(stage: Stage): Promise<string[]> {
  const sought = [...stage.canaries, ...(await addresses(stage)), ['the database password', DATABASE_CANARY] as const]
  const places: [string, string][] = [
    ...(await tables(stage)),
    ['a log or an answer', [...stage.heard, ...stage.turns.errors].join('\n')],
    ...((await stage.postbox?.mails()) ?? []).map((mail): [string, string] => [
      'a mail',
      [mail.subject, mail.text, mail.html, ...mail.headerLines.map(({ line }) => line)].join('\n')
    ])
  ]
  return places.flatMap(([where, text]) =>
    sought
      .filter(([, secret]) => disguises(secret).some((disguise) => text.includes(disguise)))
      .map(([what]) => `${where} holds ${what}`)
  )
}

/** Hooks' addresses and secrets are known only when they are made. */
async function addresses({ hub }: Stage): Promise<[string, string][]> {
  const rows = await hub.db.rows<{ id: string; url: Uint8Array; secret: Uint8Array }>(
    sql`select id, url, secret from hooks`
  )
  return rows.flatMap(({ id, url, secret }) =>
    [hub.keyring.open(url, id).split('/').at(-1) ?? '', hub.keyring.open(secret, id)]
      .filter((word) => word.length > 11)
      .map((word): [string, string] => ["a hook's address or secret", word])
  )
}

async function tables({ hub }: Stage): Promise<[string, string][]> {
  const columns = await hub.db.rows<{ table: string; column: string; type: string }>(sql`
    select c.table_name as table, c.column_name as column, c.data_type as type
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' order by 1, 2`)
  const dumped: [string, string][] = []
  for (const table of new Set(columns.map((column) => column.table))) {
    const rows = await hub.db.rows<{ line: string }>(sql`select t::text as line from ${sql.identifier(table)} t`)
    dumped.push([`the table ${table}`, rows.map(({ line }) => line).join('\n')])
  }
  for (const { table, column } of columns.filter(({ type }) => type === 'bytea')) {
    const rows = await hub.db.rows<{ bytes: Uint8Array | null }>(
      sql`select ${sql.identifier(column)} as bytes from ${sql.identifier(table)}`
    )
    dumped.push([`${column} of the table ${table}`, rows.map(({ bytes }) => unpacked(bytes)).join('\n')])
  }
  return dumped
}

/** What is kept compressed, as it is inside; anything else was looked at as it stands. */
function unpacked(bytes: Uint8Array | null): string {
  const isPacked = bytes !== null && bytes.length > 4 && Buffer.from(bytes).readUInt32LE() === ZSTD
  return isPacked ? zstdDecompressSync(bytes).toString() : ''
}

/** The first four bytes of every Zstandard frame. */
const ZSTD = 0xfd2fb528

/** Base64 of a text inside another one begins at any of three places in a group. */
function disguises(secret: string): string[] {
  const inBase64 = [0, 1, 2].flatMap((shift) => {
    const encoded = Buffer.from('\0'.repeat(shift) + secret).toString('base64')
    // The first and the last group hold letters of the neighbours.
    const own = encoded.slice(shift === 0 ? 0 : 4, Math.floor((secret.length + shift) / 3) * 4)
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('hex'), ...inBase64].filter(
    (one) => one.length > 7
  )
}
