import { describe, expect, test } from 'vitest'
import type { Inline, RichText } from '../model/richText.ts'
import { type AllClearFacts, allClear, type NoteFacts, note, ruleName } from './note.ts'
import { LANGUAGES } from './words/index.ts'

const lucia = { externalId: '5f1', username: 'luciafernandez', name: 'Lucía Fernández' }
const tomas = { externalId: '5f2', username: 'tomasortega', name: 'Tomás Ortega' }
const why = { kind: 'link', href: 'https://hub.larkfield.example/w/8kq2' } as const

const stale = (changes: Record<string, unknown> = {}): NoteFacts['findings'][number] => ({
  rule: 'stale-doing',
  since: '2026-11-06T09:12:00.000Z',
  evidence: {
    column: 'Interviewing',
    enteredAt: '2026-11-06T09:12:00.000Z',
    known: 'reported',
    workingDays: 6,
    limit: 5,
    ...changes
  }
})
const noDeadline = (removedAt?: string): NoteFacts['findings'][number] => ({
  rule: 'missing-deadline',
  since: '2026-11-17T10:00:00.000Z',
  evidence: removedAt ? { removedAt } : {}
})
const nobody: NoteFacts['findings'][number] = { rule: 'no-assignee', since: '2026-11-16T10:00:00.000Z', evidence: {} }
const overdue = (changes: Record<string, unknown> = {}): NoteFacts['findings'][number] => ({
  rule: 'overdue',
  since: '2026-11-13T00:00:00.000Z',
  evidence: { dueAt: '2026-11-13T00:00:00.000Z', dueIsDate: true, workingDays: 2, ...changes }
})
const facts = (changes: Partial<NoteFacts> = {}): NoteFacts => ({
  language: 'en',
  zone: 'Europe/Madrid',
  now: '2026-11-16T08:00:00.000Z',
  column: 'Interviewing',
  addressees: [lucia],
  findings: [stale()],
  why,
  updatedAt: null,
  ...changes
})
const said = (changes: Partial<NoteFacts> = {}) => markdown(note(facts(changes)))

describe('one finding', () => {
  test('a stale card is told as in conversation', () => {
    expect(said()).toBe(
      '@luciafernandez this card has been in **Interviewing** for 6 working days, since Fri 6 Nov. The mark on this board is 5.\n\n' +
        'Is it waiting on someone? Moving it clears this note.\n\n' +
        '[Why this note](https://hub.larkfield.example/w/8kq2)'
    )
  })
  test('one working day is one', () => {
    expect(said({ findings: [stale({ workingDays: 1, limit: 0 })] })).toContain('for 1 working day, since Fri 6 Nov.')
  })
  test('an age that is only a lower bound says so', () => {
    expect(said({ findings: [stale({ known: 'at_least' })] })).toContain(
      'for at least 6 working days, since Fri 6 Nov or earlier.'
    )
  })
  test('a missing deadline, never set or removed', () => {
    expect(said({ findings: [noDeadline()] })).toBe(
      '@luciafernandez this card has no date yet.\n\nWhen could it be done? A date on the card clears this note.\n\n' +
        '[Why this note](https://hub.larkfield.example/w/8kq2)'
    )
    expect(said({ findings: [noDeadline('2026-11-17T10:00:00.000Z')] })).toContain(
      'this card has no date; it was removed on Tue 17 Nov.'
    )
  })
  test('nobody assigned speaks to nobody', () => {
    expect(said({ findings: [nobody], addressees: [] })).toBe(
      'Nobody assigned yet.\n\nWho could take it? Assigning someone clears this note.\n\n' +
        '[Why this note](https://hub.larkfield.example/w/8kq2)'
    )
  })
  test('a due date without a time stays that date west of Greenwich', () => {
    expect(said({ findings: [overdue()], zone: 'America/Los_Angeles' })).toContain(
      'this card was due Fri 13 Nov, 2 working days ago.'
    )
  })
  test('a due time is told in the zone; due today has no age', () => {
    const findings = [overdue({ dueAt: '2026-11-13T23:30:00.000Z', dueIsDate: false, workingDays: 0 })]
    expect(said({ findings })).toContain('this card was due Sat 14 Nov, 00:30 CET.')
  })
  test('another year is named', () => {
    expect(said({ now: '2027-01-04T08:00:00.000Z' })).toContain('since Fri 6 Nov 2026.')
  })
  test('several people are spoken to, and none', () => {
    expect(said({ addressees: [lucia, tomas] })).toMatch(/^@luciafernandez and @tomasortega this card/)
    expect(said({ addressees: [] })).toMatch(/^This card has been in/)
  })
  test('without a public address there is a reference', () => {
    expect(said({ why: { kind: 'reference', token: '8kq2' } })).toMatch(/\n\nReference `8kq2`$/)
  })
})

describe('several findings', () => {
  test('become a list, oldest first, with the time of the edit', () => {
    const findings = [noDeadline('2026-11-17T10:00:00.000Z'), nobody, stale({ workingDays: 8 })]
    expect(said({ findings, now: '2026-11-18T15:15:00.000Z', updatedAt: '2026-11-18T15:15:00.000Z' })).toBe(
      '@luciafernandez three things are open on this card:\n\n' +
        '- **Stale in Doing**: 8 working days in Interviewing, since Fri 6 Nov\n' +
        '- **No assignee**: nobody assigned yet\n' +
        '- **No deadline**: the date was removed on Tue 17 Nov\n\n' +
        'What would help: moving the card, assigning someone and setting a date. Each thing leaves this list once it is done.\n\n' +
        '[Why this note](https://hub.larkfield.example/w/8kq2), updated Wed 18 Nov, 16:15 CET'
    )
  })
  test('five are all listed; of six the four oldest, then how many more', () => {
    const many = (count: number) => Array.from({ length: count }, () => overdue())
    expect(said({ findings: many(5) }).match(/^- /gm)).toHaveLength(5)
    const six = said({ findings: many(6) })
    expect(six).toContain('six things are open')
    expect(six.match(/^- \*\*Overdue/gm)).toHaveLength(4)
    expect(six).toContain('\n- [and 2 more](https://hub.larkfield.example/w/8kq2)\n')
  })
})

describe('seven hundred characters', () => {
  const long = 'Waiting for the reference calls of the client and of the agency'
  test('a long column is cut on a grapheme', () => {
    expect(said({ findings: [stale({ column: long })] })).toContain(
      'in **Waiting for the reference calls of the…** for'
    )
    const family = '👩‍👩‍👧‍👦'
    const [block] = note(facts({ findings: [stale({ column: family.repeat(50) })] }))
    const column = block?.kind === 'paragraph' && block.inlines.find(({ kind }) => kind === 'bold')
    const shown = column && 'text' in column ? column.text : ''
    expect(shown).toMatch(/^(?:👩‍👩‍👧‍👦)+…$/u)
    expect([...new Intl.Segmenter().segment(shown)].length).toBeLessThanOrEqual(40)
  })
  test('one grapheme of a thousand marks does not carry the text away', () => {
    expect(said({ findings: [stale({ column: `a${'\u0301'.repeat(5000)}` })] }).length).toBeLessThan(700)
  })
  test('what would help goes first, then lines, then people', () => {
    const href = `https://hub.larkfield.example/w/${'8'.repeat(200)}`
    const findings = [stale({ column: long }), stale({ column: long }), nobody, overdue(), noDeadline()]
    const text = said({ findings, why: { kind: 'link', href } })
    expect(text).not.toContain('What would help')
    expect(text.match(/^- /gm)).toHaveLength(5)
    expect(text.length).toBeLessThanOrEqual(700)
    const crowd = Array.from({ length: 60 }, (_, at) => ({
      externalId: `${at}`,
      username: `person-number-${at}`,
      name: ''
    }))
    const crowded = said({ findings, addressees: crowd })
    expect(crowded.length).toBeLessThanOrEqual(700)
    expect(crowded).toContain('@person-number-0')
    expect(crowded).toContain('[Why this note]')
  })
})

describe('people’s own words', () => {
  const column = (name: string) => {
    const [block] = note(facts({ findings: [stale({ column: name })] }))
    const found = block?.kind === 'paragraph' ? block.inlines.find(({ kind }) => kind === 'bold') : undefined
    return found && 'text' in found ? found.text : undefined
  }
  test.each(['**x**', '@board', '<script>alert(1)</script>', '[a](b)'])('%s stays as it is, as text', (name) => {
    expect(column(name)).toBe(name)
  })
  test('overrides are stripped, other directions isolated, lines joined', () => {
    expect(column('\u202Egnp.exe')).toBe('\u2068gnp.exe\u2069')
    expect(column('\u2066\u2067x')).toBe('\u2068x\u2069')
    expect(column('ראיון')).toBe('\u2068ראיון\u2069')
    expect(column('a\r\n\u2028b\u0000c')).toBe('a b c')
  })
  test('a name that starts with a dollar or a template sign is not read as one', () => {
    expect(column('$& {{y}} %s')).toBe('$& {{y}} %s')
  })
})

describe('zones', () => {
  const updated = (zone: string, at: string, language = 'en') =>
    said({ zone, language, now: at, updatedAt: at }).split('updated ')[1] ?? ''
  test.each([
    ['Europe/Berlin', '2026-10-25T00:30:00.000Z', 'Sun 25 Oct, 02:30 CEST'],
    ['Europe/Berlin', '2026-10-25T01:30:00.000Z', 'Sun 25 Oct, 02:30 CET'],
    ['Europe/London', '2026-07-01T11:00:00.000Z', 'Wed 1 Jul, 12:00 BST'],
    ['America/New_York', '2026-03-08T07:00:00.000Z', 'Sun 8 Mar, 03:00 EDT'],
    ['America/Bogota', '2026-11-24T10:20:00.000Z', 'Tue 24 Nov, 05:20 GMT-5'],
    ['Asia/Kolkata', '2026-09-24T20:20:00.000Z', 'Fri 25 Sep, 01:50 IST'],
    ['UTC', '2026-11-24T10:20:00.000Z', 'Tue 24 Nov, 10:20 UTC']
  ])('%s at %s', (zone, at, expected) => expect(updated(zone, at)).toBe(expected))
  test('a zone that is none is refused', () => {
    expect(() => updated('Mars/Olympus', '2026-11-24T10:20:00.000Z')).toThrow(RangeError)
  })
})

describe('all clear', () => {
  const clear = (changes: Partial<AllClearFacts> = {}) =>
    markdown(
      allClear({
        language: 'en',
        zone: 'Europe/Madrid',
        now: '2026-11-24T10:20:00.000Z',
        at: '2026-11-24T10:20:00.000Z',
        column: 'Offer',
        dueAt: '2026-11-27T00:00:00.000Z',
        dueIsDate: true,
        changed: ['moved', 'due'],
        people: ['Lucía', 'Tomás'],
        why,
        ...changes
      })
    )
  test('says since when, what changed, and thanks', () => {
    expect(clear()).toBe(
      'All clear since Tue 24 Nov, 11:20 CET. Moved to **Offer**, due Fri 27 Nov. Thank you, Lucía and Tomás.\n\n' +
        '[What was open, and for how long](https://hub.larkfield.example/w/8kq2)'
    )
  })
  test('with little known it says little', () => {
    expect(clear({ changed: [], people: [], why: { kind: 'reference', token: '8kq2' } })).toBe(
      'All clear since Tue 24 Nov, 11:20 CET.\n\nReference `8kq2`'
    )
    expect(clear({ changed: ['done'], people: [] })).toContain('CET. Done.\n')
    expect(clear({ changed: ['assigned'], people: [] })).toContain('CET. Someone is assigned.\n')
    expect(clear({ changed: ['due'], dueAt: null, people: [] })).toContain('The date was taken off.')
  })
  test('a date that ends in a full stop gets no second one', () => {
    for (const language of LANGUAGES) expect(clear({ language, changed: ['moved', 'due'] })).not.toContain('..')
  })
  test('a hundred helpers still fit', () => {
    const people = Array.from({ length: 100 }, (_, at) => `Person Number ${at}`)
    expect(clear({ people }).length).toBeLessThanOrEqual(700)
  })
})

describe('every language', () => {
  const findings = [stale(), overdue(), nobody, noDeadline('2026-11-17T10:00:00.000Z')]
  const expected = {
    en: '@luciafernandez this card has been in **Interviewing** for 6 working days, since Fri 6 Nov. The mark on this board is 5.',
    de: '@luciafernandez, diese Karte ist seit 6 Arbeitstagen in **Interviewing** (seit Fr., 6. Nov.). Die Marke auf diesem Board ist 5.',
    es: '@luciafernandez, esta tarjeta lleva 6 días laborables en **Interviewing**, desde el vie, 6 nov. La marca de este tablero es 5.',
    fr: '@luciafernandez, cette carte est dans **Interviewing** depuis 6 jours ouvrés (depuis le ven. 6 nov.). Le repère de ce tableau est 5.',
    pt: '@luciafernandez, este cartão está em **Interviewing** há 6 dias úteis, desde sex., 6 de nov. A marca deste quadro é 5.'
  }
  test.each(LANGUAGES)('%s says a stale card', (language) => {
    expect(said({ language }).split('\n')[0]).toBe(expected[language])
  })
  test.each(LANGUAGES)(
    '%s says every rule, alone and together, within the limit and without group mentions',
    (language) => {
      const alone = findings.map((finding) => said({ language, findings: [finding] }))
      const lower = said({ language, findings: [stale({ known: 'at_least' })] })
      const together = said({ language, findings, updatedAt: '2026-11-18T15:15:00.000Z' })
      for (const text of [...alone, lower, together]) {
        expect(text.length).toBeLessThanOrEqual(700)
        expect(text).not.toMatch(/@(?:board|card|everyone)|undefined|\.\.|snooz|\$\{/i)
        expect(text).toContain('](https://hub.larkfield.example/w/8kq2)')
      }
      for (const { rule } of findings) expect(together).toContain(`**${ruleName(rule, language)}**: `)
      expect(new Set(alone).size).toBe(4)
      expect(lower).not.toBe(alone[0])
    }
  )
  test('a language we do not speak is answered in English, a dialect in its language', () => {
    expect(said({ language: 'nl' })).toBe(said({ language: 'en' }))
    expect(said({ language: 'de-AT' })).toBe(said({ language: 'de' }))
    expect(ruleName('stale-doing', 'xx')).toBe('Stale in Doing')
  })
})

test('a note without findings, or with evidence of another rule, is a mistake', () => {
  expect(() => note(facts({ findings: [] }))).toThrow(RangeError)
  expect(() => note(facts({ findings: [{ rule: 'overdue', since: '', evidence: {} }] }))).toThrow()
})

function markdown(body: RichText): string {
  const inline = (part: Inline): string => {
    if (part.kind === 'bold') return `**${part.text}**`
    if (part.kind === 'code') return `\`${part.text}\``
    if (part.kind === 'link') return `[${part.text}](${part.href})`
    return part.kind === 'mention' ? `@${part.username ?? part.name}` : part.text
  }
  const line = (parts: Inline[]) => parts.map(inline).join('')
  return body
    .map((block) =>
      block.kind === 'paragraph' ? line(block.inlines) : block.items.map((item) => `- ${line(item)}`).join('\n')
    )
    .join('\n\n')
}
