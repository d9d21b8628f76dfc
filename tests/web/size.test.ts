import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const KILOBYTE = 1024
const MOST = 250 * KILOBYTE
const root = fileURLToPath(new URL('../..', import.meta.url))

/** As `npm run build` does, in a process of its own: this one would build for tests. */
function build(folder: string): void {
  const { status, stderr } = spawnSync(
    join(root, 'node_modules/.bin/vite'),
    ['build', '--config', 'web/vite.config.ts', '--outDir', folder, '--logLevel', 'error'],
    { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } }
  )
  expect(status, stderr).toBe(0)
}

test('what the first page loads in scripts stays within 250 KB, gzipped, and none of it is inline', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-web-'))
  try {
    build(folder)
    const page = readFileSync(join(folder, 'index.html'), 'utf8')
    const tags = page.match(/<script[^>]*>|<link rel="modulepreload"[^>]*>/g) ?? []
    const paths = tags.map((tag) => /(?:src|href)="([^"]+)"/.exec(tag)?.[1])
    expect(paths.length).toBeGreaterThan(1)
    expect(paths).not.toContain(undefined)
    const bytes = paths.map((path) => gzipSync(readFileSync(join(folder, path as string))).length)
    const sum = bytes.reduce((before, one) => before + one, 0)
    expect(sum, `${Math.round(sum / KILOBYTE)} KB in ${paths.join(', ')}`).toBeLessThanOrEqual(MOST)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
