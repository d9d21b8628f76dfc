import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bytesParam, type Database, ids, json, MIGRATIONS, sql, textArray } from '../../src/db/database.ts'
import { ENGINES, emptyPostgres } from './engines.ts'

/** What each type of PostgreSQL is in JavaScript, on whichever engine. */
const VALUES: [type: string, expression: string, value: unknown][] = [
  ['smallint', '7::int2', 7],
  ['integer', '-7::int4', -7],
  ['bigint', '9007199254740991::int8', 9_007_199_254_740_991],
  ['count', '(select count(*) from (values (1), (2)) x)', 2],
  ['numeric', '1.50::numeric', 1.5],
  ['real', '1.5::float4', 1.5],
  ['double precision', '0.1::float8', 0.1],
  ['boolean', 'true', true],
  ['text', `'Grüße 👩‍💻'`, 'Grüße 👩‍💻'],
  ['varchar', `'a'::varchar`, 'a'],
  ['uuid', `'00000000-0000-0000-0000-00000000000a'::uuid`, '00000000-0000-0000-0000-00000000000a'],
  ['null', 'null', null],
  ['null of a type', 'null::timestamptz', null],
  ['instant', `'2026-11-16 08:00:00.12+00'::timestamptz`, '2026-11-16T08:00:00.120Z'],
  ['instant, whole second', `'2026-11-16 09:00:00+01'::timestamptz`, '2026-11-16T08:00:00.000Z'],
  ['instant, microseconds', `'2026-11-16 08:00:00.123999+00'::timestamptz`, '2026-11-16T08:00:00.123Z'],
  ['instant before 1970', `'1969-12-31 23:59:59.999999+00'::timestamptz`, '1969-12-31T23:59:59.999Z'],
  ['instant in the first year', `'0001-01-01 00:00:00+00'::timestamptz`, '0001-01-01T00:00:00.000Z'],
  ['instant without an end', `'infinity'::timestamptz`, 'infinity'],
  ['date', `'2026-11-16'::date`, '2026-11-16'],
  ['date before 1970', `'1066-10-14'::date`, '1066-10-14'],
  ['timestamp', `'2026-11-16 08:00:00.5'::timestamp`, '2026-11-16 08:00:00.5'],
  ['jsonb', `'{"b": [1, null, {"c": "x"}]}'::jsonb`, { b: [1, null, { c: 'x' }] }],
  ['json', `'[1, 2]'::json`, [1, 2]],
  ['jsonb null', `'null'::jsonb`, null],
  ['bytea', `'\\x00ff'::bytea`, Uint8Array.of(0, 255)],
  [
    'text[]',
    `array['a', null, 'NULL', 'b,c', 'd"e', 'f\\g', '', ' x ', '{}', E'two\nlines']`,
    ['a', null, 'NULL', 'b,c', 'd"e', 'f\\g', '', ' x ', '{}', 'two\nlines']
  ],
  ['empty text[]', `'{}'::text[]`, []],
  ['integer[]', 'array[1, null, 3]', [1, null, 3]],
  ['bigint[]', 'array[5::int8]', [5]],
  ['double precision[]', 'array[1.5::float8]', [1.5]],
  ['boolean[]', 'array[true, false]', [true, false]],
  ['date[]', `array['2026-01-01'::date]`, ['2026-01-01']],
  ['timestamptz[]', `array['2026-01-01 00:00+00'::timestamptz]`, ['2026-01-01T00:00:00.000Z']],
  ['jsonb[]', `array['{"a": "b,c"}'::jsonb]`, [{ a: 'b,c' }]],
  [
    'nested text[]',
    `array[array['a', 'b'], array['c', '}']]`,
    [
      ['a', 'b'],
      ['c', '}']
    ]
  ],
  [
    'nested integer[]',
    'array[[[1], [2]], [[3], [4]]]',
    [
      [[1], [2]],
      [[3], [4]]
    ]
  ],
  ['array with bounds of its own', `'[0:1]={a,b}'::text[]`, ['a', 'b']]
]

describe.each(ENGINES)('$name', ({ open }) => {
  let db: Database & AsyncDisposable
  beforeAll(async () => {
    db = await open()
  })
  afterAll(() => db[Symbol.asyncDispose]())

  test('gives the same JavaScript values as the other engine, type by type', async () => {
    const got: unknown[] = []
    for (const [type, expression] of VALUES) {
      const [row] = await db.rows<{ v: unknown }>(sql`select ${sql.raw(expression)} as v`)
      got.push([type, row?.v])
    }
    expect(got).toStrictEqual(VALUES.map(([type, , value]) => [type, value]))
  })

  test('takes texts, numbers, booleans, null, lists, bytes and objects as parameters', async () => {
    const [row] = await db.rows(sql`
      select ${'it’s'}::text as text, ${2}::int + 1 as number, ${1.5}::float8 as fraction, ${true}::boolean as yes, ${null}::text as nothing,
        ${ids(['a', 'b,c', '"'])} as list, ${textArray(null)} as "noList", ${bytesParam(Uint8Array.of(1, 0, 255))} as bytes,
        ${json({ a: [1, 'x'], deep: { er: null } })} as object`)
    expect(row).toStrictEqual({
      text: 'it’s',
      number: 3,
      fraction: 1.5,
      yes: true,
      nothing: null,
      list: ['a', 'b,c', '"'],
      noList: null,
      bytes: Uint8Array.of(1, 0, 255),
      object: { a: [1, 'x'], deep: { er: null } }
    })
  })

  test('takes a number in limit and offset', async () => {
    const rows = await db.rows(sql`select n from generate_series(1, 9) n order by n limit ${2} offset ${3}`)
    expect(rows).toEqual([{ n: 4 }, { n: 5 }])
  })

  test('stores U+FFFD for NUL and lone surrogates, and leaves whole pairs and written-out escapes alone', async () => {
    const [row] = await db.rows(sql`
      select ${'a\0b\ud800c😀'}::text as text,
        ${json({ a: '\0\0x', b: '\udc00😀\ud83d', 'nul\0': 1, 'lone\ud800': 2, c: '\\u0000 \\ud800', d: '\\\0' })} as object,
        ${ids(['\0', 'ok'])} as list`)
    expect(row).toStrictEqual({
      text: 'a\ufffdb\ufffdc😀',
      object: {
        a: '\ufffd\ufffdx',
        b: '\ufffd😀\ufffd',
        'nul\ufffd': 1,
        'lone\ufffd': 2,
        c: '\\u0000 \\ud800',
        d: '\\\ufffd'
      },
      list: ['\ufffd', 'ok']
    })
  })

  test('rolls a transaction back whole when something in it throws, and throws that on', async () => {
    const failed = db.transaction(async (tx) => {
      await tx.run(sql`insert into settings (key, value) values ('a', '1')`)
      expect(await tx.rows(sql`select 1 from settings where key = 'a'`)).toHaveLength(1)
      throw new RangeError('on purpose')
    })
    await expect(failed).rejects.toThrow(new RangeError('on purpose'))
    expect(await db.rows(sql`select 1 from settings where key = 'a'`)).toEqual([])
    expect(
      await db.transaction(async (tx) => tx.run(sql`insert into settings (key, value) values ('b', '1'), ('c', '2')`))
    ).toBe(2)
    expect(await db.rows(sql`select key from settings where key in ('b', 'c') order by key`)).toHaveLength(2)
  })

  test('tells how many rows a statement touched', async () => {
    expect(
      await db.run(sql`insert into settings (key, value) values ('d', '1'), ('e', '2') on conflict do nothing`)
    ).toBe(2)
    expect(await db.run(sql`update settings set value = '3' where key = 'd'`)).toBe(1)
    expect(await db.run(sql`delete from settings where key = 'nobody'`)).toBe(0)
  })
})

const migrations = readdirSync(MIGRATIONS).filter((file) => file.endsWith('.sql')).length

/** Opens the database, says how many migrations stand in it, and closes. */
const OPENER = `
  import { openPostgres, sql } from ${JSON.stringify(new URL('../../src/db/database.ts', import.meta.url).href)}
  const db = await openPostgres(process.env.TEST_URL, { max: 2 })
  await db.run(sql\`insert into settings (key, value) values (\${String(process.pid)}, '1')\`)
  await db.close()`

const cases: Record<string, () => Promise<void>> = {
  'PGlite migrates a folder once, and finds it migrated the next time': async () => {
    const { mkdtempSync, rmSync } = await import('node:fs')
    const { tmpdir } = await import('node:os')
    const { openEmbedded } = await import('../../src/db/database.ts')
    const folder = mkdtempSync(`${tmpdir()}/throughline-db-`)
    try {
      for (const n of [1, 2]) {
        const db = await openEmbedded(folder)
        await db.run(sql`insert into settings (key, value) values (${String(n)}, '1')`)
        expect(await db.rows(sql`select count(*) as n from settings`)).toEqual([{ n }])
        expect(await db.rows(sql`select count(*) as n from drizzle.__drizzle_migrations`)).toEqual([{ n: migrations }])
        await db.close()
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  ...(process.env.DATABASE_URL
    ? {
        'PostgreSQL is migrated once, though three processes open the empty database at the same time': async () => {
          const { url, drop } = await emptyPostgres()
          try {
            const ended = await Promise.all([1, 2, 3].map(() => run(OPENER, { TEST_URL: url })))
            expect(ended).toEqual([0, 0, 0])
            const client = postgres(url, { max: 1 })
            const [kept] = await client`select (select count(*)::int from drizzle.__drizzle_migrations) as migrations,
              (select count(*)::int from settings) as opened`
            await client.end()
            expect(kept).toEqual({ migrations, opened: 3 })
          } finally {
            await drop()
          }
        }
      }
    : {})
}
test.each(Object.entries(cases))('%s', (_title, run) => run())

function run(code: string, env: Record<string, string>): Promise<number | null> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit']
  })
  return new Promise((resolve) => child.once('exit', resolve))
}
