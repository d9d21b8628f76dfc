import type { Readiness } from '../readiness.ts'
import { Html, html, page } from './page.ts'

/** What stands at `/`: what this is, whether it works, and where to go on. Names nothing that is in the hub. */
export function homePage({ ready }: Readiness): string {
  return page({
    title: 'One line from every card to every key result',
    body: html`<section>
<p>This is Throughline. It reads the cards in the project tools you already have, leaves a note where one waits for someone, and shows how done work moves your key results.</p>
${ready ? READY : WAITING}
<p><a href="/docs">Browse the API</a>, or read its <a href="/openapi.json">description for programs</a>.</p>
</section>
<p class="quiet">The web app is not built here yet: run <code>npm run build</code> and start the hub again.</p>`
  })
}

const icon = (shape: string) =>
  `<svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shape}</svg>`

const READY = new Html(
  `<p class="state">${icon('<circle cx="8" cy="8" r="5.75"/><path d="M5.5 8.2l1.8 1.8 3.3-3.6"/>')}Ready. The database answers.</p>`
)
const WAITING = new Html(
  `<p class="state waits">${icon('<path d="M8 2.5L14 13H2z"/><path d="M8 6.5v3M8 11.2v.1"/>')}Not ready: the database isn’t answering. What it holds is kept; open this page again in a minute.</p>`
)
