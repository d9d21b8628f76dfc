import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'src/**/*.test.ts', 'adapters/**/*.test.ts'],
    globalSetup: ['tests/helpers/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000
  }
})
