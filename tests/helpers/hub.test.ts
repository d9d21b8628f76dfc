import { expect, test } from 'vitest'
import { json, sql } from '../../src/db/database.ts'
import { testHub } from './hub.ts'

test('a test hub has a migrated database of its own', async () => {
  const [one, other] = [await testHub(), await testHub()]
  await one.db.run(sql`insert into settings (key, value) values ('only here', ${json(1)})`)
  expect(await one.db.rows(sql`select value from settings where key = 'only here'`)).toEqual([{ value: 1 }])
  expect(await other.db.rows(sql`select value from settings where key = 'only here'`)).toEqual([])
  await one.close()
  await other.close()
})
