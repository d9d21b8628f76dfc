import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { describeApi, headOf } from '../../scripts/client.ts'

test('the types of the web app’s client are those of the API as it is; if not: npm run client', async () => {
  const types = readFileSync(new URL('../../web/src/api/schema.d.ts', import.meta.url), 'utf8')
  expect(types.split('\n', 1)[0], 'The API has changed. Run: npm run client').toBe(headOf(await describeApi()))
})
