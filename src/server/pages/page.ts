/** The frame of the few pages the server writes itself: one sheet, one stylesheet, no script, light or dark as the reader has it. */
import { hash } from 'node:crypto'

/** HTML that may stand in a page as it is. Made only by `html` and `raw`, so people's words are always escaped. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = string | Html | readonly Html[]

/** Every value is escaped, unless it is `Html` already. */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(strings.reduce((written, string, at) => written + rendered(parts[at - 1]) + string))

export interface Page {
  title: string
  /** BCP 47 tag of the words in it. */
  language?: string
  body: Html
}

export function page({ title, language = 'en', body }: Page): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · Throughline</title>
<link rel="icon" href="${ICON}">
<style>${new Html(STYLE)}</style>
</head>
<body>
<header>${MARK}<span>Throughline</span></header>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.text
}

/** A page with one thing to say. */
export const messagePage = (title: string, message: string): string =>
  page({ title, body: html`<section><p>${message}</p></section>` })

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escaped = (words: string): string => words.replace(/[&<>"']/g, (sign) => ESCAPES[sign] as string)

const rendered = (part: Part | undefined): string => {
  if (part === undefined) return ''
  if (typeof part === 'string') return escaped(part)
  return part instanceof Html ? part.text : part.map(({ text }) => text).join('')
}

/** The line itself: from a point to a ring. */
const STROKE =
  '<path d="M4.8 14.5H8c2.5 0 1.5-9 4-9h2.7"/><circle cx="3.2" cy="14.5" r="1.7" fill="currentColor" stroke="none"/><circle cx="16.5" cy="5.5" r="2.1"/>'
const MARK = new Html(
  `<svg width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" aria-hidden="true">${STROKE}</svg>`
)
const ICON = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" fill="none" stroke="#1F93A3" color="#1F93A3" stroke-width="1.8" stroke-linecap="round">${STROKE}</svg>`
)}`

const STYLE = `
:root { color-scheme: light dark; --bg: #F4F6F6; --surface: #FFFFFF; --sunken: #ECF0F0; --line: #DAE1E1; --text: #162023; --text-2: #465356; --accent: #0B6675; --accent-text: #095866; --good-mark: #0B7A8B; --warn: #8A5200; }
@media (prefers-color-scheme: dark) { :root { --bg: #0F1415; --surface: #161C1E; --sunken: #11181A; --line: #2A3437; --text: #E7EDEE; --text-2: #B0BCBF; --accent: #55C5D1; --accent-text: #7FD8E1; --good-mark: #3FB3C0; --warn: #F2BC62; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 640px; padding: 16px; background: var(--bg); color: var(--text); font: 14px/20px Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
header { display: flex; align-items: center; gap: 8px; padding: 12px 0 24px; font-size: 14px; font-weight: 600; }
header svg { color: var(--accent); }
h1 { margin: 0 0 12px; font-size: 20px; line-height: 28px; font-weight: 600; letter-spacing: -.01em; }
section { padding: 16px; background: var(--surface); border: 1px solid var(--line); border-radius: 10px; }
p, ul { margin: 0; } p + p, p + ul, ul + p, section + p { margin-top: 12px; }
ul { padding-inline-start: 20px; } li + li { margin-top: 4px; }
strong { font-weight: 600; }
code { font: 13px/18px ui-monospace, "SF Mono", "Cascadia Mono", "Liberation Mono", Menlo, monospace; background: var(--sunken); border-radius: 4px; padding: 1px 4px; }
a { color: var(--accent-text); text-underline-offset: 2px; text-decoration-thickness: 1px; border-radius: 4px; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.quiet { color: var(--text-2); font-size: 13px; line-height: 18px; }
.state { display: flex; align-items: center; gap: 6px; } .state svg { flex: none; color: var(--good-mark); } .waits, .waits svg { color: var(--warn); }
`

/** Lets this stylesheet in, and no other, by the content security policy. */
export const STYLE_HASH = `'sha256-${hash('sha256', STYLE, 'base64')}'`
