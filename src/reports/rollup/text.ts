/** The plain text part of a rollup: the same facts, at most 78 columns but for addresses and unbreakable words. */
import type { Linked, SaidProject, SaidRollup } from './said.ts'

export function rollupText(said: SaidRollup): string {
  const widest = Math.max(...said.figures.map(({ label }) => label.length))
  const parts = [
    `Throughline · ${said.week}`,
    wrap(said.headline),
    said.leftOut === null ? '' : wrap(said.leftOut),
    said.figures.map(({ value, label, note }) => `${label.padEnd(widest)}  ${value.padStart(5)}   ${note}`).join('\n'),
    heading(said.keyResults.title),
    ...said.keyResults.items.map((result) =>
      lines(
        `${STATUS_ICON[result.status]} ${result.statusWord}: ${result.words} (${result.objective}), ${result.delta}`,
        result.detail,
        result.url
      )
    ),
    ...said.keyResults.after.map(linked),
    ...byProject(said.done),
    ...(said.carriedOver.items.length > 0 ? byProject(said.carriedOver) : []),
    heading(said.waiting.title),
    ...said.waiting.items.map((card) => lines(card.words, card.detail, card.url)),
    ...said.waiting.after.map(linked),
    heading(said.findings.title),
    wrap(said.findings.about),
    said.findings.items.map(({ rule, open, detail }) => wrap(`${rule}: ${open} (${detail})`)).join('\n'),
    ...said.findings.after.map(linked),
    ...(said.weeks
      ? [
          heading(said.weeks.title, said.weeks.span),
          ...[said.weeks.done, said.weeks.days].flatMap((chart) => (chart ? [lines(chart.alt, chart.about, null)] : []))
        ]
      : []),
    ...(said.open ? [linked(said.open)] : []),
    '-'.repeat(20),
    wrap(said.footer.words),
    ...(said.footer.settings ? [linked(said.footer.settings)] : [])
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

export const STATUS_ICON = { 'on track': '✓', 'at risk': '▲', 'off track': '■' } as const

const COLUMNS = 78

function byProject(section: SaidRollup['done']): string[] {
  return [heading(section.title, section.about), ...section.items.map(project), ...section.after.map(linked)]
}

function project({ words, url, count, people, more }: SaidProject): string {
  return [
    ...wrap(`${words}: ${count}`).split('\n'),
    ...(url ? [`  ${url}`] : []),
    ...people.flatMap((person) => [
      `  ${person.name}`,
      ...person.cards.flatMap((card) => {
        const state = [card.mark?.word, card.detail].filter(Boolean).join(' ')
        return [wrap(`- ${card.words}${state ? ` (${state})` : ''}`, 4), ...(card.url ? [`      ${card.url}`] : [])]
      }),
      ...(person.more ? [`    ${person.more.words}${person.more.url ? `: ${person.more.url}` : ''}`] : [])
    ]),
    ...more.map((line) => wrap(line, 2))
  ].join('\n')
}

const heading = (title: string, about = ''): string => {
  const line = about ? `${title} (${about})` : title
  return `${line}\n${'-'.repeat(Math.min(COLUMNS, line.length))}`
}

const linked = ({ words, url }: Linked): string => (url ? `${wrap(words)}\n${url}` : wrap(words))

const lines = (first: string, detail: string, url: string | null): string =>
  [wrap(first), wrap(detail, 2), ...(url ? [`  ${url}`] : [])].join('\n')

/** Breaks between words; a further line is indented two more than the first. */
function wrap(words: string, indent = 0): string {
  const out: string[] = []
  let line = ' '.repeat(indent)
  for (const word of words.split(' ')) {
    // A bullet never stands alone.
    if (line.length > indent + 2 && line.length + 1 + word.length > COLUMNS) {
      out.push(line)
      line = ' '.repeat(indent === 0 ? 0 : indent + 2)
    }
    line += line.trim() === '' ? word : ` ${word}`
  }
  return [...out, line].join('\n')
}
