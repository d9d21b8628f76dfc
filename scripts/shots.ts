/**
 * Pictures of what people see, full of the demo company's data: the weekly mail and a card's comment, read back from the mail file and from
 * the stand-in, into docs/shots; and every screen of the app, 1440 and 390 wide, light and dark, into shots/ (not kept), those for the README
 * into docs/shots too. `npm run shots`; `npm run shots -- tasks rules` makes these screens only.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { marked } from 'marked'
import { runLine, startCompany } from '../src/cli/demo.ts'
import { readConfig } from '../src/config.ts'
import { type Hub, openHub } from '../src/hub.ts'
import { shoot } from '../tests/helpers/shoot.ts'
import { shootScreens } from './screens.ts'

/** A Monday morning, so that the week that is reported has just ended. */
const NOW = '2026-11-23T07:30:00.000Z'
const TARGET = new URL('../docs/shots/', import.meta.url).pathname

const PORT = 34_217
const wanted = process.argv.slice(2)
if (wanted.length === 0) await shootMail()
await atWork([], undefined, (hub) => shootScreens(hub, { wanted, readme: TARGET }))

/** The demo company at work, everything read, judged and posted; `now`: a moment it stands still at. */
async function atWork(
  options: string[],
  now: (() => string) | undefined,
  work: (hub: Hub, mail: string, trello: string) => Promise<void>
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-shots-'))
  const company = await startCompany(options)
  const config = readConfig({
    DATA_DIR: folder,
    WEB_DIR: process.env.WEB_DIR,
    TIME_ZONE: 'Europe/Lisbon',
    PORT: String(PORT),
    PUBLIC_URL: now ? 'https://hub.larkfield.example' : `http://127.0.0.1:${PORT}`,
    LOG_LEVEL: 'silent'
  })
  try {
    const hub = await openHub(config, now ? { now } : {})
    const { mail } = await runLine(hub, company, true)
    await work(hub, mail.path, company.tools.find(({ account }) => account.tool === 'trello')?.url ?? '')
  } finally {
    await company.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function shootMail(): Promise<void> {
  await atWork(
    ['--now', NOW],
    () => NOW,
    async (hub, mail, trello) => {
      await mailAndComment(mail, trello)
      await hub.close()
    }
  )
}

async function mailAndComment(path: string, trello: string): Promise<void> {
  const page = await pageOf(path)
  await shoot(page, { width: 600, density: 1, theme: 'light', file: join(TARGET, 'rollup-mail-600-light.png') })
  await shoot(page, { width: 360, density: 1, theme: 'dark', file: join(TARGET, 'rollup-mail-360-dark.png') })
  const comments = await commentsPage(trello)
  for (const theme of ['light', 'dark'] as const) {
    await shoot(comments, { width: 720, height: 200, theme, file: join(TARGET, `comment-${theme}.png`) })
  }
}

async function pageOf(file: string): Promise<string> {
  const { html, attachments } = await simpleParser(readFileSync(file))
  return attachments.reduce(
    (page, { cid, contentType, content }) =>
      page.replaceAll(`cid:${cid}`, `data:${contentType};base64,${content.toString('base64')}`),
    html || ''
  )
}

interface Action {
  type: string
  date: string
  data: { text: string; card?: { name: string }; list?: { name: string } }
  appCreator: unknown
}

/** A short and a long comment, as they stand on their cards in the stand-in. */
async function commentsPage(trello: string): Promise<string> {
  const boards = (await (await fetch(`${trello}/_sandbox/boards`)).json()) as { id: string }[]
  const actions: Action[] = []
  for (const { id } of boards) {
    actions.push(...((await (await fetch(`${trello}/_sandbox/boards/${id}`)).json()) as { actions: Action[] }).actions)
  }
  const ours = actions.filter(({ type, data }) => type === 'commentCard' && data.text.includes('/w/'))
  const one = ours.find(({ data }) => data.text.includes('working days, since'))
  const several = ours.find(({ data }) => data.text.includes('things are open'))
  const cards = [one, several]
    .filter((action) => action !== undefined)
    .map(
      ({ data }) => `<section><header><i>T</i><b>${data.card?.name ?? ''}</b></header>
<div class="by"><b>Throughline</b> Mon 23 Nov, 07:30</div><article>${marked.parse(data.text, { async: false })}</article></section>`
    )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><style>
:root { color-scheme: light dark }
body { margin: 0; padding: 24px; background: light-dark(#F4F6F6, #0F1415); color: light-dark(#162023, #E7EDEE);
  font: 14px/20px Inter, system-ui, "DejaVu Sans", sans-serif }
section + section { margin-top: 28px }
header, article { background: light-dark(#FFFFFF, #161C1E); border: 1px solid light-dark(#DAE1E1, #2A3437) }
header { display: flex; gap: 10px; align-items: center; padding: 10px 14px; border-radius: 10px; margin-bottom: 14px }
i { width: 18px; height: 18px; border-radius: 4px; border: 1px solid light-dark(#DAE1E1, #2A3437); font: 600 11px/18px inherit; text-align: center; font-style: normal }
.by { font-size: 13px; color: light-dark(#465356, #B0BCBF); margin: 0 0 6px 2px } .by b { color: light-dark(#162023, #E7EDEE) }
article { padding: 10px 14px; border-radius: 6px } article p { margin: 0 } article p + p, article ul { margin: 8px 0 0 } article ul + p { margin-top: 8px }
article ul { padding-left: 20px } a { color: light-dark(#095866, #7FD8E1) }
</style><body>${cards.join('\n')}</body></html>`
}
