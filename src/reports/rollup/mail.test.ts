import { describe, expect, test } from 'vitest'
import { sampleFacts } from '../../../tests/helpers/rollupFacts.ts'
import { LANGUAGES } from '../../alerts/words/index.ts'
import { barsSvg, CHART, lineSvg, picture } from './charts.ts'
import type { RollupCard, RollupFacts } from './facts.ts'
import { rollupMail } from './mail.ts'

const mailOf = (changes: Partial<RollupFacts> = {}) => rollupMail({ ...sampleFacts, ...changes })
const inLanguage = (language: string, changes: Partial<RollupFacts> = {}) =>
  mailOf({ ...changes, recipient: { ...sampleFacts.recipient, language } })

/** What a reader sees of the HTML: tags and style gone, entities read, spaces one. */
const visible = (html: string): string =>
  html
    .replace(/<(style|title)[^>]*>[\s\S]*?<\/\1>|<!--[\s\S]*?-->/g, ' ')
    .replace(/<img[^>]*alt="([^"]*)"[^>]*>/g, '$1 ')
    .replace(/<\/?(?:b|a|span)(?: [^>]*)?>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/&nbsp;/g, ' ')
    .replace(/\s+/g, ' ')
const flat = (text: string): string => text.replace(/\s+/g, ' ')

const card = (title: string, changes: Partial<RollupCard> = {}): RollupCard => ({
  title,
  url: 'https://trello.example/c/1',
  state: 'done',
  since: null,
  dueAt: null,
  dueIsDate: false,
  workingDays: null,
  ...changes
})
const oneProject = (people: RollupFacts['projects'][number]['people'], done = 1): RollupFacts['projects'] => [
  { name: 'Search', url: null, done, people }
]

const SENTENCES = [
  '81 cards done, 5 more than the week before. Placements signed moved by 3 and stands 5 behind pace. Onboarding done in the first week did not move and needs a decision.',
  'Week 47, 16 to 22 November',
  '76 the week before',
  '4 fewer',
  '6 new, 11 fixed',
  'oldest since 28 Oct',
  'Key results that moved',
  'Fill searches faster',
  '27 → 30 of 60, 35 expected by now. 4 cards counted, 1 taken back',
  '8.5 → 7.2, towards 5 days, 8 expected by now. 9 cards counted',
  '79% → 81%, towards 90%. 12 cards counted',
  '58%, towards 85%, 70.5% expected by now. Nothing counted',
  '+3',
  '−1.3',
  '+2 points',
  'no change',
  '▲ At risk',
  '■ Off track',
  '✓ On track',
  'Search and shortlists: 6',
  '2 more, counted without titles',
  'Offer signed: Brightwell, senior Go engineer',
  'Nobody assigned',
  'since Thu 12 Nov, due Fri 27 Nov',
  'Stuck for 11 working days, since Fri 6 Nov',
  'Overdue, due Mon 19 Oct, 25 working days ago',
  'Stuck since Wed 28 Oct, 17 working days. With Sara Lind and Kofi Mensah',
  'Due Mon 19 Oct, 25 working days ago. Nobody assigned yet',
  '6 cards have no assignee, 12 no date.',
  '24 opened, 58 fixed, half of them within 1.6 working days',
  '6 opened, 11 fixed',
  'Stale in Doing',
  'Needs a client’s word',
  'Eight weeks',
  'Cards done per week: 71, 68, 80, 74, 79, 60, 76, 81',
  '81 in week 47; 60 to 80 in the weeks before',
  'Days from start to done, median: 5.4; 5.1; 5.3; 4.8; 4.6; 4.9; 4.4; 4.2',
  '4.2 in week 47, 5.4 in week 40',
  '28 Sep to 22 Nov',
  'For Sara Lind, every Monday at 07:30 in Stockholm. Cards as read by 23 November, 06:10; Fjord Bank careers page by 05:40. Throughline keeps no hours and ranks nobody.'
]

describe('a full week', () => {
  test('says every fact, in both parts', async () => {
    const mail = await mailOf()
    expect(mail.subject).toBe('Week 47: 81 done, Placements signed 5 behind pace')
    const html = visible(mail.html)
    const text = flat(mail.text)
    for (const sentence of SENTENCES) {
      expect(html).toContain(sentence)
      expect(text).toContain(sentence)
    }
    for (const project of sampleFacts.projects)
      for (const { name, cards } of project.people)
        for (const { title, url } of cards) {
          if (name) expect(html).toContain(name)
          expect(html).toContain(title)
          expect(text).toContain(title)
          if (url) for (const part of [mail.html, mail.text]) expect(part).toContain(url)
        }
  })
  test('names people in the order of the alphabet, nobody last, whatever they did', async () => {
    const { text } = await mailOf()
    const done = text.slice(text.indexOf('Done, by project'), text.indexOf('Carried over, by'))
    const places = ['Ana Silva', 'Ängla Berg', 'Tomás Ortega', 'Nobody assigned'].map((name) => done.indexOf(name))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })
  test('is one closed document: language, preheader, dark mode, no address but links, both pictures', async () => {
    const { html, attachments } = await mailOf()
    expect(html).toMatch(/<html[^>]* lang="en"[^>]* dir="ltr"/)
    expect(html).toContain('prefers-color-scheme:dark')
    expect(html).toMatch(/display:\s*none[^>]*>81 cards done/)
    expect(html).not.toMatch(/@import|<link|<script|url\(|href="#"|href=""|src="(?!cid:)/)
    expect([...html.matchAll(/src="cid:([^"]+)"/g)].map(([, cid]) => cid)).toEqual(attachments.map(({ cid }) => cid))
    for (const { content, contentType } of attachments) {
      expect(contentType).toBe('image/png')
      expect(content.subarray(1, 4).toString()).toBe('PNG')
      expect([content.readUInt32BE(16), content.readUInt32BE(20)]).toEqual([CHART.width * 2, CHART.height * 2])
    }
  })
  test('keeps the plain part within 78 columns but for addresses', async () => {
    for (const language of LANGUAGES)
      for (const line of (await inLanguage(language)).text.split('\n'))
        if (!line.includes('https://')) expect(line.length, line).toBeLessThanOrEqual(78)
  })
  test('is the same mail for the same facts', async () => expect(await mailOf()).toEqual(await mailOf()))
})

describe('the head line', () => {
  const head = async (changes: Partial<RollupFacts>) => flat((await mailOf(changes)).text.split('\n\n')[1] ?? '')
  const [atRisk] = sampleFacts.keyResults
  const figures = sampleFacts.figures
  test('compares with the week before', async () => {
    const rest = { keyResults: [], waiting: [] }
    expect(await head({ ...rest, figures: { ...figures, done: 1, doneBefore: 3 } })).toBe(
      '1 card done, 2 fewer than the week before.'
    )
    expect(await head({ ...rest, figures: { ...figures, done: 76 } })).toBe(
      '76 cards done, as many as the week before.'
    )
  })
  test('without a key result that stands still, the card that waits longest needs the decision', async () => {
    expect(await head({ keyResults: [] })).toContain(
      '“Onboarding checklist: who owns step 3?” has waited for 17 working days and needs a decision.'
    )
  })
  test('says when a key result went back, was on pace, ahead, or has no pace', async () => {
    const moved = (changes: object) => head({ keyResults: [{ ...atRisk!, ...changes }], waiting: [] })
    expect(await moved({ after: 25 })).toContain('Placements signed moved back by 2 and stands 10 behind pace.')
    expect(await moved({ expectedByNow: 30 })).toContain('moved by 3 and stands on pace.')
    expect(await moved({ expectedByNow: 28 })).toContain('moved by 3 and stands 2 ahead of pace.')
    expect(await moved({ expectedByNow: null })).toContain('Placements signed moved by 3.')
    const down = { direction: 'down', start: 12, target: 5, before: 8.5, after: 7.2, expectedByNow: 8 }
    expect(await moved(down)).toContain('moved by 1.3 and stands 0.8 ahead of pace.')
  })
})

describe('a week with little in it', () => {
  const empty: Partial<RollupFacts> = {
    figures: {
      done: 0,
      doneBefore: 0,
      carriedOver: 0,
      carriedOverBefore: 0,
      overdue: 0,
      overdueNew: 0,
      overdueFixed: 0,
      stuck: 0,
      stuckOldestSince: null
    },
    keyResults: [],
    projects: [],
    waiting: [],
    counts: { noAssignee: 0, noDeadline: 0 },
    findings: { opened: 0, fixed: 0, medianDaysToFix: null, byRule: [] },
    weeks: [],
    older: [],
    schedule: null,
    links: { week: null, settings: null }
  }
  test('is calm, and shows no charts, buttons or dead links', async () => {
    const mail = await mailOf(empty)
    expect(mail.subject).toBe('Week 47: nothing done')
    for (const said of [visible(mail.html), flat(mail.text)]) {
      expect(said).toContain('A quiet week. No card was done and nothing waits for anyone.')
      expect(said).toContain('No key result moved.')
      expect(said).toContain('0 opened, 0 fixed')
      expect(said).toContain('For Sara Lind. Cards as read by 23 November, 06:10. Throughline')
      expect(said).not.toMatch(/weeks|Carried over, by|See them|Open the week|NaN|undefined|null|Infinity/)
    }
    expect(mail.html).not.toMatch(/<a |<img /)
    expect(mail.attachments).toEqual([])
  })
  test('charts need two weeks with data; a week without a median leaves a gap', async () => {
    const { weeks } = sampleFacts
    expect(
      (await mailOf({ weeks: weeks.map((week, at) => (at < 7 ? { ...week, done: 0, medianDays: null } : week)) }))
        .attachments
    ).toEqual([])
    const two = weeks.slice(-2)
    expect((await mailOf({ weeks: two })).attachments).toHaveLength(2)
    const gap = await mailOf({ weeks: weeks.map((week, at) => (at === 3 ? { ...week, medianDays: null } : week)) })
    expect(gap.text).toContain('5.3; none; 4.6')
    const without = await mailOf({ weeks: two.map((week) => ({ ...week, medianDays: null })) })
    expect(without.attachments.map(({ cid }) => cid)).toEqual(['bars@throughline'])
  })
  test('in every language', async () => {
    for (const language of LANGUAGES)
      expect(visible((await inLanguage(language, empty)).html)).not.toMatch(/undefined|NaN/)
  })
})

describe('projects that could not be read', () => {
  const leftOut = [
    { project: 'Client portal', asOf: '2026-11-20T09:05:00.000Z' },
    { project: 'Never read', asOf: null }
  ]
  test('are named under the headline, with the moment they were read last', async () => {
    const mail = await mailOf({ leftOut })
    for (const said of [visible(mail.html), flat(mail.text)])
      expect(said).toContain(
        'Left out, because they could not be read since: Client portal (20 November, 10:05); Never read.'
      )
    expect(flat((await mailOf({})).text)).not.toContain('Left out')
  })
  test('beyond ten are counted', async () => {
    const many = Array.from({ length: 12 }, (_, at) => ({ project: `Board ${at}`, asOf: null }))
    expect(flat((await mailOf({ leftOut: many })).text)).toContain('Board 9; +2.')
  })
  test('in every language', async () => {
    for (const language of LANGUAGES)
      expect(flat((await inLanguage(language, { leftOut })).text)).toMatch(/Client portal \(.+\); Never read\./)
  })
})

describe('people’s own words', () => {
  test('are text and nothing else', async () => {
    const evil =
      '<script>alert(1)</script> {{x}} $& %s "q" \'s\' </mj-raw><mj-include path="/etc/passwd" /> [[z]] *|M|*'
    const [person] = [{ name: evil, cards: [card(evil), card(evil, { state: 'stuck', workingDays: 3 })] }]
    const mail = await mailOf({
      recipient: { ...sampleFacts.recipient, name: evil },
      projects: [{ name: evil, url: null, done: 1, people: [person!] }],
      keyResults: sampleFacts.keyResults.map((result) => ({ ...result, title: evil, objective: evil, unit: evil })),
      waiting: sampleFacts.waiting.map((one) => ({ ...one, title: evil, assignees: [evil] })),
      findings: { ...sampleFacts.findings, byRule: [{ rule: evil, open: 1, opened: 1, fixed: 1 }] },
      older: [{ project: evil, asOf: sampleFacts.asOf }],
      leftOut: [{ project: evil, asOf: null }]
    })
    expect(mail.html).not.toMatch(/<script|<mj-|\{\{|passwd" ?\/>|root:/)
    expect(visible(mail.html)).toContain('<script>alert(1)</script> {{x}} $& %s "q" \'s\' </mj-raw><mj-include')
    expect(mail.html.match(/<\/html>/g)).toHaveLength(1)
  })
  test('cannot turn or break what stands around them', async () => {
    const { html, text, subject } = await mailOf({
      projects: oneProject([{ name: 'דנה', cards: [card('\u202Egnp.exe\nBcc: x'), card('ראיון שני')] }], 2),
      keyResults: [{ ...sampleFacts.keyResults[0]!, title: 'a\r\nBcc: eve@evil.example' }]
    })
    for (const part of [html, text]) {
      expect(part).not.toMatch(/[\u202A-\u202E]/)
      expect(part).toContain('\u2068gnp.exe Bcc: x\u2069')
      expect(part).toContain('\u2068ראיון שני\u2069')
      expect(part).toContain('\u2068דנה\u2069')
    }
    expect(subject).toBe('Week 47: 81 done, a Bcc: eve@evil.example 5 behind pace')
  })
  test('are cut when they are very long, on a grapheme', async () => {
    const { html, text } = await mailOf({
      projects: oneProject([{ name: 'x'.repeat(300), cards: [card('👩‍👩‍👧‍👦'.repeat(300))] }])
    })
    expect(html).toContain(`${'x'.repeat(59)}…`)
    expect(text).toMatch(/- (?:👩‍👩‍👧‍👦)+…\n/u)
    expect(Buffer.byteLength(html)).toBeLessThan(100_000)
  })
  test('only web addresses become links', async () => {
    const cards = ['javascript:alert(1)', 'data:text/html,x', 'not an address', 'https://a.example/?a=1&b="x"'].map(
      (url, at) => card(`Card ${at}`, { url })
    )
    const { html } = await mailOf({ projects: oneProject([{ name: 'Ana', cards }], 4) })
    expect(html).not.toMatch(/javascript:|data:text/)
    expect(html).toContain('href="https://a.example/?a=1&#38;b=&#34;x&#34;"')
    expect(visible(html)).toContain('Card 0')
  })
})

describe('a very large week', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) =>
      card(`Card number ${at} of very many`, { url: `https://trello.example/c/${at}` })
    )
  test('lists twelve cards a person, then how many more, linked where there is a link', async () => {
    const projects = oneProject([{ name: 'Ana', cards: many(21) }], 21)
    const mail = await mailOf({ projects })
    expect(mail.html).toMatch(/<a href="https:\/\/hub\.larkfield\.example\/weeks\/2026-W47"[^>]*>and 9 more<\/a>/)
    expect(mail.text).toContain('and 9 more: https://hub.larkfield.example/weeks/2026-W47')
    const unlinked = await mailOf({ projects, links: { week: null, settings: null } })
    expect(visible(unlinked.html)).toContain('and 9 more')
    expect(unlinked.html).not.toMatch(/<a [^>]*>and 9 more/)
  })
  test.each([
    ['one person', 1, 1],
    ['two hundred people', 1, 200],
    ['a hundred projects', 100, 4]
  ])('of 2,000 cards in %s stays below what Gmail clips', async (_, projects, people) => {
    const cards = many(2000)
    const each = 2000 / projects / people
    const facts = Array.from({ length: projects }, (_, project) => ({
      name: `Project ${project}`,
      url: `https://trello.example/b/${project}`,
      done: each * people,
      people: Array.from({ length: people }, (_, person) => {
        const from = (project * people + person) * each
        return { name: `Person ${String(person).padStart(3, '0')}`, cards: cards.slice(from, from + each) }
      })
    }))
    const mail = await mailOf({ projects: facts, waiting: Array.from({ length: 300 }, () => sampleFacts.waiting[0]!) })
    expect(Buffer.byteLength(mail.html)).toBeLessThan(100_000)
    expect(mail.text).toMatch(/and \d+ more|more projects|more people/)
  })
})

describe('every language', () => {
  const heads: Record<string, string> = {
    de: '81 Karten erledigt, 5 mehr als in der Woche davor.',
    es: '81 tarjetas terminadas, 5 más que la semana anterior.',
    fr: '81 cartes terminées, 5 de plus que la semaine précédente.',
    pt: '81 cartões concluídos, 5 a mais do que na semana anterior.'
  }
  test.each(Object.entries(heads))('%s has its own words and numbers', async (language, sentence) => {
    const mail = await inLanguage(language)
    for (const said of [visible(mail.html), flat(mail.text)]) {
      expect(said).toContain(sentence)
      expect(said).toContain('8,5 → 7,2')
      expect(said).not.toMatch(/undefined|NaN|\$\{|\.\. /)
      expect(said).not.toMatch(/cards done|Carried over|the week before|No deadline/)
    }
    expect(mail.html).toMatch(new RegExp(`<html[^>]* lang="${language}"`))
  })
  test('a language we do not speak is English', async () => {
    expect(await inLanguage('nl')).toEqual(await inLanguage('en'))
  })
})

describe('charts', () => {
  test('are shapes in two colours, whatever the numbers', async () => {
    for (const drawing of [
      barsSvg([0, 0]),
      barsSvg([5]),
      lineSvg([null, 3, null, 4]),
      lineSvg([0, 0]),
      lineSvg([null, null])
    ]) {
      expect(drawing).not.toMatch(/NaN|Infinity|<text/)
      expect(
        [...new Set(drawing.match(/#[0-9A-F]{6}/g))].every((colour) => ['#1F93A3', '#8A989B'].includes(colour))
      ).toBe(true)
      expect((await picture(drawing)).length).toBeGreaterThan(100)
    }
  })
  test('the last bar is the accent, the tallest fills the height', () => {
    const bars = [...barsSvg([40, 80]).matchAll(/height="([\d.]+)" rx="1.5" fill="(#\w+)"/g)].map(
      ([, height, fill]) => [height, fill]
    )
    expect(bars).toEqual([
      ['34', '#8A989B'],
      ['68', '#1F93A3']
    ])
  })
})
