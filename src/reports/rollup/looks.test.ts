import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleFacts } from '../../../tests/helpers/rollupFacts.ts'
import { CHROMIUM, shoot } from '../../../tests/helpers/shoot.ts'
import { rollupMail } from './mail.ts'
import { rollupWords } from './words/index.ts'

describe.skipIf(!existsSync(CHROMIUM))('in a browser', () => {
  let dir: string
  beforeAll(async () => {
    dir = process.env.SHOTS_DIR ?? (await mkdtemp(join(tmpdir(), 'throughline-rollup-')))
  })
  afterAll(() => (process.env.SHOTS_DIR ? undefined : rm(dir, { recursive: true })))
  test.each(['en', 'de'])(
    '%s fits a wide light and a narrow dark window without scrolling sideways',
    async (language) => {
      const { html, attachments } = await rollupMail(sampleFacts, rollupWords(language))
      for (const [width, theme] of [
        [600, 'light'],
        [360, 'dark']
      ] as const) {
        const file = join(dir, `${language}-${width}-${theme}.png`)
        expect((await shoot(html, { width, theme, file, pictures: attachments })).widest).toBe(width)
      }
    }
  )
})
