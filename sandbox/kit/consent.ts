/**
 * The consent screen of all stand-ins, once a tool has seen that the question is good: a browser gets a page with a yes and
 * a no on it, a program is agreed with at once. Both answers go back with the state.
 * https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2
 */
import type { Asked, Reply } from './server.ts'

/** `code`: what a yes is worth. */
export function consent({ headers, query }: Asked, tool: string, redirect: URL, code: string): Reply {
  const state = query.get('state')
  const back = (answer: Record<string, string>): URL => {
    const url = new URL(redirect)
    const all = state === null ? answer : { ...answer, state }
    for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value)
    return url
  }
  if (!(headers.accept ?? '').includes('text/html'))
    return { status: 302, type: 'text', body: '', headers: { location: back({ code }).href } }
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${tool} (stand-in)</title>
<link rel="icon" href="data:,">
<h1>Throughline would like to work with your ${tool} account</h1>
<p>It may: ${escaped(query.get('scope') ?? 'all that you may')}</p>
${form(back({ code }), 'Allow')}
${form(back({ error: 'access_denied' }), 'Deny')}
</html>`
  return { status: 200, type: 'html', body }
}

/** Sent as a link would be, with a button. */
const form = ({ origin, pathname, searchParams }: URL, label: string): string =>
  `<form action="${escaped(origin + pathname)}">${[...searchParams]
    .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
    .join('')}<button>${label}</button></form>`

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
