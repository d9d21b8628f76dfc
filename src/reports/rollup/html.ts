/**
 * The HTML part of a rollup. MJML gives the skeleton that old clients need; the rows inside are exact tables. Every text
 * passes `escaped`. Clients that know `prefers-color-scheme` get the dark sheet. Nothing is loaded from anywhere: no fonts,
 * and pictures only by CID.
 */
import { CHART } from './charts.ts'
import type { Linked, SaidCard, SaidKeyResult, SaidProject, SaidRollup } from './said.ts'
import { STATUS_ICON } from './text.ts'

export const CID = { bars: 'bars@throughline', days: 'days@throughline' } as const

/** Throws when MJML refuses our own markup. */
export async function rollupHtml(said: SaidRollup): Promise<string> {
  // Loaded when the first mail is written: it takes longer to load than everything else together.
  const { default: mjml2html } = await import('mjml')
  const { html, errors } = await mjml2html(
    `<mjml lang="${said.language}" dir="ltr">
<mj-head><mj-title>${escaped(said.subject)}</mj-title><mj-preview>${escaped(said.headline)}</mj-preview>
<mj-raw><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"></mj-raw>
<mj-style>${STYLE}</mj-style></mj-head>
<mj-body css-class="bg" background-color="#F4F6F6" width="600px">
<mj-section css-class="sf" background-color="#FFFFFF" padding="0"><mj-column><mj-raw>${rows(said)}</mj-raw></mj-column></mj-section>
</mj-body></mjml>`,
    { fonts: {}, validationLevel: 'strict', ignoreIncludes: true, keepComments: true }
  )
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join('\n'))
  return html
}

export function escaped(words: string): string {
  // Braces too: a mail may pass through a sender that reads {{x}} as a merge field.
  return words.replace(/[&<>"'{}]/g, (mark) => `&#${mark.charCodeAt(0)};`)
}

const FONT = "font-family:Inter,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;"

// i: ink, m: beside it, f: faint, a: link, w and b: warn and bad, tr: track, ln: hairline, bt: button.
const STYLE = `:root{color-scheme:light dark}
.i{color:#162023}.m{color:#465356}.f{color:#5B696C}.a{color:#095866}.w{color:#8A5200}.b{color:#A8173D}
p{margin:0;font-size:13px;line-height:18px}p.c{padding:2px 0 0}p.n{padding:6px 0 0;font-weight:600}
@media (max-width:480px){.px{padding-left:20px!important;padding-right:20px!important}.fg{display:inline-block!important;width:48%!important;padding-bottom:14px!important;box-sizing:border-box}.hf{display:block!important;width:auto!important;padding:0 0 18px!important}.h1{font-size:20px!important;line-height:28px!important}}
@media (prefers-color-scheme:dark){body,.bg{background:#0F1415!important}.sf,.sf>table{background:#161C1E!important}.i{color:#E7EDEE!important}.m{color:#B0BCBF!important}.f{color:#93A1A5!important}.a{color:#7FD8E1!important}.w{color:#F2BC62!important}.b{color:#FF94A8!important}.tr{background:#2A3538!important;border-color:#E7EDEE!important}.ln{border-color:#2A3437!important}.bt{background:#55C5D1!important;color:#04252B!important}}`

const COLOUR = { i: '#162023', m: '#465356', f: '#5B696C', a: '#095866', w: '#8A5200', b: '#A8173D' } as const
type Ink = keyof typeof COLOUR

function rows(said: SaidRollup): string {
  return [
    head(said),
    figures(said),
    section(said.keyResults, said.keyResults.items.map(keyResult).join('')),
    section(said.done, said.done.items.map(project).join('')),
    said.carriedOver.items.length > 0 ? section(said.carriedOver, said.carriedOver.items.map(project).join('')) : '',
    section(said.waiting, said.waiting.items.map(waitingCard).join('')),
    section(said.findings, findings(said)),
    said.weeks ? weeks(said.weeks) : '',
    said.open ? button(said.open) : '',
    footer(said)
  ].join('\n')
}

const row = (content: string, padding: string, line = false): string =>
  `<tr><td class="px${line ? ' ln' : ''}" style="${FONT}padding:${padding}${line ? ';border-top:1px solid #DAE1E1' : ''}">${content}</td></tr>`

const table = (content: string, style = 'width:100%'): string =>
  `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="${style}">${content}</table>`

/** Inline colours too: some clients drop the style block. */
const ink = (as: Ink, size: number, height: number, more = ''): string =>
  `class="${as}" style="margin:0;${FONT}font-size:${size}px;line-height:${height}px;color:${COLOUR[as]}${more}"`

const anchor = ({ words, url }: Linked, as: Ink = 'a'): string =>
  url
    ? `<a href="${escaped(url)}" class="${as}" style="color:${COLOUR[as]}${as === 'a' ? '' : ';text-decoration:none'}">${escaped(words)}</a>`
    : escaped(words)

function head(said: SaidRollup): string {
  const bar = `<tr><td ${ink('m', 13, 18)}><b class="i" style="color:#162023">Throughline</b></td><td align="right" ${ink('m', 13, 18)}>${escaped(said.week)}</td></tr>`
  const line = `<h1 class="h1 i" style="margin:0;font-size:22px;line-height:30px;font-weight:600;letter-spacing:-.01em;color:#162023">${escaped(said.headline)}</h1>`
  const without = said.leftOut ? row(`<p ${ink('w', 13, 18)}>${escaped(said.leftOut)}</p>`, '0 32px 18px') : ''
  return row(table(bar), '24px 32px 0') + row(line, '18px 32px 20px') + without
}

function figures(said: SaidRollup): string {
  const cells = said.figures.map(
    ({ value, label, note }) =>
      `<td class="fg" width="25%" valign="top" style="padding:0 8px 0 0"><p ${ink('i', 24, 30, ';font-weight:600')}>${escaped(value)}</p><p ${ink('i', 13, 18)}>${escaped(label)}</p><p ${ink('f', 12, 16)}>${escaped(note)}</p></td>`
  )
  return row(table(`<tr>${cells.join('')}</tr>`), '0 32px 18px')
}

function section({ title, about, after }: { title: string; about: string; after: Linked[] }, content: string): string {
  const faint = about
    ? ` <span class="f" style="font-weight:400;font-size:13px;color:#5B696C">${escaped(about)}</span>`
    : ''
  const last = after.map((line) => row(`<p ${ink('m', 13, 18)}>${anchor(line)}</p>`, '5px 32px')).join('')
  return `${row(`<h2 ${ink('i', 16, 24, ';font-weight:600')}>${escaped(title)}${faint}</h2>`, '22px 32px 8px', true)}${content}${last}${row('', '0 0 14px')}`
}

function keyResult(result: SaidKeyResult): string {
  const tone = { 'on track': 'm', 'at risk': 'w', 'off track': 'b' } as const
  const status = `<td align="right" valign="top" ${ink(tone[result.status], 13, 20, ';white-space:nowrap')}><span style="font-size:12px">${STATUS_ICON[result.status]}</span>&nbsp;${escaped(result.statusWord)}</td>`
  const name = `<td ${ink('i', 14, 20, ';padding-right:12px')}><b style="font-weight:600">${anchor(result, 'i')}</b> <span class="f" style="display:inline-block;font-size:12px;color:#5B696C">${escaped(result.objective)}</span></td>`
  const detail = `<td ${ink('m', 13, 18, ';padding:0 12px 6px 0')}>${escaped(result.detail)}</td>`
  const delta = `<td align="right" valign="top" ${ink('i', 13, 18, ';font-weight:600;white-space:nowrap;padding-bottom:6px')}>${escaped(result.delta)}</td>`
  const bar = `<tr><td colspan="2">${progress(result)}</td></tr>`
  return row(table(`<tr>${name}${status}</tr><tr>${detail}${delta}</tr>${bar}`), '9px 32px')
}

/** A bar of cells: what is reached, what is not, and a mark where pace would be. The detail says it in words. */
function progress({ fill, pace, status }: SaidKeyResult): string {
  const colour = { 'on track': '#1F93A3', 'at risk': '#C07A08', 'off track': '#C4264F' }[status]
  const reached = Math.round(fill * 100)
  const mark = pace === null ? null : Math.round(pace * 100)
  const ends = [...new Set([reached, ...(mark === null ? [] : [mark]), 100])].toSorted((a, b) => a - b)
  const cells = ends.map((end, at) => {
    const width = end - (ends[at - 1] ?? 0)
    if (width <= 0) return ''
    const full = end <= reached
    const border = end === mark ? `;border-right:2px solid ${full ? '#162023' : '#465356'}` : ''
    return `<td${full ? '' : ' class="tr"'} width="${width}%" height="6" style="background:${full ? colour : '#E1E7E8'}${border}">&nbsp;</td>`
  })
  return table(`<tr style="line-height:6px;font-size:0">${cells.join('')}</tr>`, 'width:100%;border-collapse:collapse')
}

function project({ words, url, count, people, more }: SaidProject): string {
  const cards = people.map(
    (person) =>
      `<p class="n i">${escaped(person.name)}</p>${person.cards.map(card).join('')}${person.more ? `<p class="c m">${anchor(person.more)}</p>` : ''}`
  )
  const rest = more.map((line) => `<p class="c f">${escaped(line)}</p>`)
  const name = `<p ${ink('i', 14, 20)}><b>${anchor({ words, url }, 'i')}</b>: ${count}</p>`
  return row(`${name}<div ${ink('m', 13, 18)}>${cards.join('')}${rest.join('')}</div>`, '5px 32px 9px')
}

function card(one: SaidCard): string {
  const tone = { warn: 'w', bad: 'b' } as const
  const mark = one.mark
    ? ` <b class="${tone[one.mark.tone]}" style="color:${COLOUR[tone[one.mark.tone]]};font-weight:500">${escaped(one.mark.word)}</b>`
    : ''
  return `<p class="c m">${anchor(one)}${mark}${one.detail ? ` ${escaped(one.detail)}` : ''}</p>`
}

const waitingCard = (one: Linked & { detail: string }): string =>
  row(`<p ${ink('i', 14, 20)}>${anchor(one)}</p><p ${ink('m', 13, 18)}>${escaped(one.detail)}</p>`, '5px 32px')

function findings(said: SaidRollup): string {
  const line = 'border-top:1px solid #E6EBEB'
  const items = said.findings.items.map(({ rule, open, share, detail }) => {
    const width = Math.round(share * 100)
    const bar =
      width === 0
        ? '&nbsp;'
        : table(
            '<tr><td height="6" style="background:#8A989B;border-radius:3px;font-size:0;line-height:6px">&nbsp;</td></tr>',
            `width:${width}%`
          )
    return `<tr><td ${ink('i', 13, 18, `;padding:6px 0;${line}`).replace('class="', 'class="ln ')}>${escaped(rule)}</td><td class="ln" width="32%" style="padding:6px 12px;${line}">${bar}</td><td align="right" ${ink('i', 13, 18, `;font-weight:600;${line}`).replace('class="', 'class="ln ')}>${escaped(open)}</td><td align="right" ${ink('m', 13, 18, `;padding:6px 0 6px 16px;${line}`).replace('class="', 'class="ln ')}>${unbroken(detail)}</td></tr>`
  })
  return items.length > 0 ? row(table(items.join('')), '4px 32px 4px') : ''
}

/** `6 opened, 11 fixed` breaks at its comma only. */
const unbroken = (words: string): string =>
  words
    .split(', ')
    .map(
      (part, at, parts) => `<span style="white-space:nowrap">${escaped(part)}${at < parts.length - 1 ? ',' : ''}</span>`
    )
    .join(' ')

function weeks(said: NonNullable<SaidRollup['weeks']>): string {
  const chart = (facts: { title: string; about: string; alt: string } | null, cid: string, padding: string) =>
    facts
      ? `<td class="hf" width="50%" valign="top" style="padding:${padding}"><p ${ink('i', 13, 18, ';padding-bottom:8px')}><b>${escaped(facts.title)}</b><br><span class="m" style="color:#465356">${escaped(facts.about)}</span></p><img src="cid:${cid}" width="${CHART.width}" height="${CHART.height}" alt="${escaped(facts.alt)}" style="display:block;width:100%;max-width:${CHART.width}px;height:auto"><p ${ink('f', 12, 16, ';padding-top:4px')}>${escaped(said.span)}</p></td>`
      : '<td class="hf" width="50%"></td>'
  const charts = `<tr>${chart(said.done, CID.bars, '0 12px 0 0')}${chart(said.days, CID.days, '0 0 0 12px')}</tr>`
  return section({ title: said.title, about: '', after: [] }, row(table(charts), '6px 32px 0'))
}

const button = ({ words, url }: Linked): string =>
  row(
    table(
      `<tr><td class="bt" style="background:#0B6675;border-radius:6px"><a href="${escaped(url ?? '')}" class="bt" style="display:inline-block;padding:10px 16px;${FONT}font-size:14px;line-height:20px;font-weight:600;color:#FFFFFF;text-decoration:none;border-radius:6px">${escaped(words)}</a></td></tr>`,
      'border-collapse:separate'
    ),
    '4px 32px 22px'
  )

function footer({ footer }: SaidRollup): string {
  const settings = footer.settings ? `<br><br>${anchor(footer.settings)}` : ''
  return row(`<p ${ink('f', 12, 18)}>${escaped(footer.words)}${settings}</p>`, '18px 32px 28px', true)
}
