import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What the linter, with our own rules, says of one file that stands at `path` and holds one import. */
function lint(path: string, line: string): { code: number | null; output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-lint-'))
  try {
    const rules = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as Record<string, unknown>
    delete rules.$schema
    writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...rules, vcs: { enabled: false } }))
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(join(folder, path), `${line}\n\nexport const used = x\n`)
    const biome = spawnSync(join(root, 'node_modules/.bin/biome'), ['lint', '--colors=off', path], {
      cwd: folder,
      encoding: 'utf8'
    })
    return { code: biome.status, output: biome.stdout + biome.stderr }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test.each([
  ['adapters/trello/bad.ts', `import { sql as x } from '../../src/db/database.ts'`, 'An adapter imports only'],
  ['adapters/trello/bad.ts', `import { clickup as x } from '../clickup/index.ts'`, 'An adapter imports only'],
  ['adapters/trello/bad.ts', `import x from 'fastify'`, 'knows nothing of the server'],
  ['adapters/trello/bad.ts', `import x from 'node:https'`, 'never opens a socket'],
  ['src/rules/bad.ts', `import { trello as x } from '../../adapters/trello/index.ts'`, 'never import an adapter'],
  ['src/reports/rollup/bad.ts', `import { buildServer as x } from '../../server/app.ts'`, 'never import an adapter'],
  ['src/okr/bad.ts', `import { check as x } from '../cli/check.ts'`, 'never import an adapter'],
  ['src/model/bad.ts', `import { sql as x } from '../db/database.ts'`, 'imports nothing of ours'],
  [
    'src/model/filter/bad.ts',
    `import { trello as x } from '../../../adapters/trello/index.ts'`,
    'imports nothing of ours'
  ],
  ['src/model/filter/bad.ts', `import { sql as x } from '../../db/database.ts'`, 'imports nothing of ours'],
  ['src/adapter.ts', `import { sql as x } from './db/database.ts'`, 'imports nothing of ours'],
  ['src/transport/bad.ts', `import { judge as x } from '../rules/engine.ts'`, 'know no room'],
  ['src/sync/bad.ts', `import { buildServer as x } from '../server/app.ts'`, 'Data goes one way'],
  ['web/src/parts/bad.ts', `import { sql as x } from '../../../src/db/database.ts'`, 'imports no server code'],
  ['web/src/screens/tasks/bad.ts', `import { trello as x } from '../../../../adapters/index.ts'`, 'no server code'],
  ['web/src/api/bad.ts', `import x from 'fastify'`, 'imports no server code']
])('%s may not say: %s', (path, line, message) => {
  const { code, output } = lint(path, line)
  expect(output.replace(/\s+/g, ' ')).toContain(message)
  expect(code).not.toBe(0)
})

test.each([
  ['adapters/trello/good.ts', `import { AdapterError as x } from '../../src/adapter.ts'`],
  ['adapters/trello/good.ts', `import { hubId as x } from '../../src/model/task.ts'`],
  ['adapters/trello/good.ts', `import { read as x } from './api.ts'`],
  ['src/adapter.ts', `import { hubId as x } from './model/task.ts'`],
  ['src/model/filter/good.ts', `import { hubId as x } from '../task.ts'`],
  ['src/rules/good.ts', `import { sql as x } from '../db/database.ts'`],
  ['src/transport/good.ts', `import { AdapterError as x } from '../adapter.ts'`],
  ['web/src/screens/tasks/good.ts', `import { words as x } from '../../words/en.ts'`]
])('%s may say: %s', (path, line) => {
  expect(lint(path, line)).toMatchObject({ code: 0 })
})
