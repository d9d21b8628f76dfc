import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import mantine from 'postcss-preset-mantine'
import { defineConfig } from 'vite'

/** Where the hub listens while the page is being worked on. */
const HUB = 'http://127.0.0.1:3000'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  css: { postcss: { plugins: [mantine()] } },
  // The page's policy allows no inline script.
  build: { outDir: '../dist/web', emptyOutDir: true, target: 'es2023', modulePreload: { polyfill: false } },
  server: { host: '127.0.0.1', proxy: { '/api': HUB, '/w': HUB, '/readyz': HUB } }
})
