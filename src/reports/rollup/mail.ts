/**
 * The weekly rollup as a mail: subject, HTML, plain text, and the two charts as pictures by CID. Pure but for drawing: the
 * same facts give the same mail.
 *
 * Guarantee: the HTML stays below what Gmail shows before it clips (102 KB), by naming fewer cards and counting the
 * rest; both parts say the same.
 */
import { barsSvg, lineSvg, picture } from './charts.ts'
import type { RollupFacts } from './facts.ts'
import { CID, rollupHtml } from './html.ts'
import { type Caps, type SaidRollup, say } from './said.ts'
import { rollupText } from './text.ts'
import { type RollupWords, rollupWords } from './words/index.ts'

export interface RollupMail {
  subject: string
  html: string
  text: string
  attachments: { filename: string; cid: string; content: Buffer; contentType: string }[]
}

/** The mail, in the recipient's language unless other words are given. */
export async function rollupMail(
  facts: RollupFacts,
  words: RollupWords = rollupWords(facts.recipient.language)
): Promise<RollupMail> {
  const { said, html } = await fitting(facts, words)
  return { subject: said.subject, html, text: rollupText(said), attachments: await charts(said) }
}

/** Bytes. Room is left for what senders add (tracking rewrites, footers). */
const LARGEST_HTML = 92_000

const LADDER: readonly Caps[] = [
  { cards: 12, people: 40, projects: 40, others: 15 },
  { cards: 12, people: 15, projects: 15, others: 12 },
  { cards: 6, people: 12, projects: 12, others: 12 },
  { cards: 4, people: 8, projects: 10, others: 10 },
  { cards: 2, people: 5, projects: 8, others: 8 },
  { cards: 1, people: 3, projects: 4, others: 5 }
]

async function fitting(facts: RollupFacts, words: RollupWords): Promise<{ said: SaidRollup; html: string }> {
  let found: { said: SaidRollup; html: string } | undefined
  for (const caps of LADDER) {
    const said = say(facts, words, caps)
    found = { said, html: await rollupHtml(said) }
    if (Buffer.byteLength(found.html) <= LARGEST_HTML) break
  }
  return found!
}

async function charts({ weeks }: SaidRollup): Promise<RollupMail['attachments']> {
  const drawings = weeks
    ? [
        { cid: CID.bars, filename: 'cards-done.png', svg: barsSvg(weeks.done.values) },
        ...(weeks.days ? [{ cid: CID.days, filename: 'days-to-done.png', svg: lineSvg(weeks.days.values) }] : [])
      ]
    : []
  return Promise.all(
    drawings.map(async ({ svg, ...drawing }) => ({ ...drawing, content: await picture(svg), contentType: 'image/png' }))
  )
}
