/**
 * The tool's own JSON of each card, kept so that a better `normalize` can be replayed without asking again. Cards that
 * came together are compressed together – alike as they are, that takes a tenth of the time and a fifth of the room – in
 * bundles of some dozens, so that one card is read, or changed, without many others.
 *
 * A card is written only where it differs from what is kept; a bundle goes when its last card has gone to another one.
 */
import { hash } from 'node:crypto'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { ids, json, type Queryable, sql } from '../db/database.ts'

/** A card's JSON, and the hash of what is kept of it (null: nothing). */
export interface RawCard {
  id: string
  raw: unknown
  kept: string | null
}

/** A bundle is full with so many cards, or so many characters. */
const CARDS = 64
const CHARACTERS = 512 * 1024

export async function storeRaw(tx: Queryable, cards: readonly RawCard[]): Promise<void> {
  const changed = cards
    .map(({ id, raw, kept }) => {
      const body = JSON.stringify(raw)
      return { id, body, kept, hash: hash('sha1', body, 'base64') }
    })
    .filter((card) => card.hash !== card.kept)
  if (changed.length === 0) return
  const bundles = bundled(changed)
  const numbers = await tx.rows<{ id: number }>(sql`
    select nextval('raw_bundles_id_seq') as id from generate_series(1, ${bundles.length}::int)`)
  const rows = bundles.flatMap((bundle, index) =>
    bundle.map((card, line) => ({ task_id: card.id, hash: card.hash, bundle: numbers[index]?.id, line }))
  )
  await tx.run(sql`
    insert into raw_bundles (id, body)
    select id, decode(body, 'base64')
    from jsonb_to_recordset(${json(bundles.map((bundle, index) => ({ id: numbers[index]?.id, body: compressed(bundle) })))})
      as x(id bigint, body text)`)
  const former = changed.some(({ kept }) => kept !== null)
    ? await tx.rows<{ bundle: number }>(
        sql`select distinct bundle from task_raw where task_id = any(${ids(changed.map(({ id }) => id))})`
      )
    : []
  await tx.run(sql`
    insert into task_raw (task_id, hash, bundle, line)
    select task_id, hash, bundle, line
    from jsonb_to_recordset(${json(rows)}) as x(task_id text, hash text, bundle bigint, line int)
    on conflict (task_id) do update set hash = excluded.hash, bundle = excluded.bundle, line = excluded.line`)
  if (former.length === 0) return
  await tx.run(sql`
    delete from raw_bundles b
    where b.id in (select jsonb_array_elements_text(${json(former.map(({ bundle }) => bundle))})::bigint)
      and not exists (select 1 from task_raw r where r.bundle = b.id)`)
}

/** What the tool last said of a card, or undefined where nothing is kept. */
export async function rawOf(db: Queryable, taskId: string): Promise<unknown> {
  const [kept] = await db.rows<{ line: number; body: Uint8Array }>(sql`
    select r.line, b.body from task_raw r join raw_bundles b on b.id = r.bundle where r.task_id = ${taskId}`)
  if (!kept) return undefined
  return JSON.parse(zstdDecompressSync(kept.body).toString().split('\n')[kept.line] ?? 'null')
}

type Changed = { id: string; body: string; hash: string }

function bundled(cards: readonly Changed[]): Changed[][] {
  const bundles: Changed[][] = []
  let size = 0
  for (const card of cards) {
    const last = bundles.at(-1)
    size += card.body.length
    if (last && last.length < CARDS && size <= CHARACTERS) last.push(card)
    else {
      bundles.push([card])
      size = card.body.length
    }
  }
  return bundles
}

/** JSON as `JSON.stringify` writes it holds no line break. */
const compressed = (bundle: readonly Changed[]): string =>
  zstdCompressSync(bundle.map(({ body }) => body).join('\n')).toString('base64')
