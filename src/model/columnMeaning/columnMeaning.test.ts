import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Category } from '../task.ts'
import { suggestCategories, suggestCategory } from './index.ts'
import { entries, isLink, isTime, keyOf, languages, lexicon } from './lexicon.ts'
import { sayingNothing, spoken } from './names.fixture.ts'
import { ambiguous } from './words/ambiguous.ts'

describe.each(Object.entries(spoken))('what a column means in %s', (_language, byCategory) => {
  const rows = Object.entries(byCategory).flatMap(([category, names]) =>
    names.split(';').map((name) => [name.trim(), category] as const)
  )

  test.each(rows)('%s is %s', (name, category) => {
    expect(suggestCategory(name).category).toBe(category)
  })

  it('is told on at least 25 names', () => {
    expect(rows.length).toBeGreaterThanOrEqual(25)
  })
})

describe('a name that says nothing', () => {
  test.each(sayingNothing.map((name) => [name]))('%j stays unmapped', (name) => {
    expect(suggestCategory(name)).toEqual({ category: 'unmapped', reason: null })
  })

  it('is told on at least 60 names', () => {
    expect(new Set(sayingNothing).size).toBeGreaterThanOrEqual(60)
  })
})

describe('the reason', () => {
  it('names the language and the phrase as people write it', () => {
    expect(suggestCategory('★ A FAIRE ★ (3)').reason).toEqual({ language: 'fr', phrase: 'à faire' })
    expect(suggestCategory('Marketing: In-Progress').reason).toEqual({ language: 'en', phrase: 'in progress' })
  })
})

describe('a phrase with two readings', () => {
  const board = (...names: string[]) => {
    const columns = names.map((name, index) => ({ id: name, name, position: index * 10, archived: false }))
    return Object.fromEntries([...suggestCategories(columns)].map(([id, { category }]) => [id, category]))
  }

  it('is read by where it stands', () => {
    expect(board('Pending', 'Doing', 'Done')).toEqual({ Pending: 'todo', Doing: 'doing', Done: 'done' })
    expect(board('To do', 'Doing', 'Pending')).toEqual({ 'To do': 'todo', Doing: 'doing', Pending: 'blocked' })
    expect(board('A fazer', 'Fazendo', 'Pronto')).toMatchObject({ Pronto: 'done' })
    expect(board('Pronto', 'In corso', 'Fatto')).toMatchObject({ Pronto: 'todo' })
  })

  it('is read by itself where nothing clearly means doing', () => {
    expect(board('Approved', 'Marketing')).toEqual({ Approved: 'unmapped', Marketing: 'unmapped' })
    expect(suggestCategory('Ready').category).toBe('todo')
  })

  it('takes no bearing from an archived column', () => {
    const columns = [
      { id: 'a', name: 'Doing', position: 1, archived: true },
      { id: 'b', name: 'Approved', position: 2, archived: false }
    ]
    expect(suggestCategories(columns).get('b')?.category).toBe('unmapped')
  })

  it('never lets position map a name that says nothing', () => {
    expect(board('Marketing', 'Doing', 'Sales')).toEqual({ Marketing: 'unmapped', Doing: 'doing', Sales: 'unmapped' })
  })
})

describe('the words', () => {
  const settled = new Set(ambiguous.map(({ phrase }) => keyOf(phrase)))

  it('contradict each other nowhere but where that is settled', () => {
    const meanings = Map.groupBy(entries, ({ phrase }) => keyOf(phrase))
    const contradictions = [...meanings]
      .filter(([key, same]) => !settled.has(key) && new Set(same.map(({ category }) => category)).size > 1)
      .map(([key]) => key)
    expect(contradictions).toEqual([])
  })

  it('hold no phrase twice in one language', () => {
    const byLanguage = Map.groupBy(entries, ({ language, phrase }) => `${language} ${keyOf(phrase)}`)
    expect([...byLanguage].filter(([, same]) => same.length > 1).map(([key]) => key)).toEqual([])
  })

  it('that are strong are never a mere time', () => {
    const times = entries.filter(
      ({ phrase, strong }) => strong && phrase.split(' ').every((word) => isTime(word) || isLink(word))
    )
    expect(times.map(({ phrase }) => phrase)).toEqual([])
  })

  it.each(languages.map(({ language }) => [language]))('hold at least 100 phrases in %s', (language) => {
    expect(entries.filter((entry) => entry.language === language).length).toBeGreaterThanOrEqual(100)
  })
})

describe('decoration', () => {
  const clear = entries.filter(({ phrase }) => !ambiguous.some((other) => keyOf(other.phrase) === keyOf(phrase)))
  const before = fc.constantFrom(
    '',
    '✅ ',
    '1. ',
    '2) ',
    '[3] ',
    '#4 ',
    '★ ',
    '• ',
    '👩‍💻 ',
    '5️⃣ ',
    '  ',
    '— ',
    '🇫🇷 ',
    '03 - ',
    '**'
  )
  const after = fc.constantFrom(
    '',
    ' 🎉',
    ' (3)',
    ' [WIP 3]',
    ' – week 3',
    ' (Sprint 12)',
    ' [2024]',
    ' | Q3',
    '!',
    ' ...',
    ' 👍🏽',
    ' (2/5)',
    ' -',
    '**'
  )
  const shape = fc.constantFrom<(name: string) => string>(
    (name) => name,
    (name) => name.toUpperCase(),
    (name) => name.normalize('NFD'),
    (name) => name.replaceAll(' ', '_'),
    (name) => name.replaceAll(' ', '  '),
    (name) => `"${name}"`
  )

  it('around a known phrase never changes the category', () => {
    fc.assert(
      fc.property(fc.constantFrom(...clear), before, after, shape, ({ phrase, category }, head, tail, shaped) => {
        expect(suggestCategory(head + shaped(phrase) + tail).category).toBe(category)
      }),
      { numRuns: 20_000 }
    )
  })

  it('never makes a meaning out of a topic of two words', () => {
    const known = new Set([...lexicon.keys()].flatMap((key) => key.split(' ')))
    const word = fc.stringMatching(/^[a-z]{3,9}$/).filter((candidate) => !known.has(candidate))
    fc.assert(
      fc.property(before, word, word, after, (head, one, two, tail) => {
        expect(suggestCategory(`${head}${one} ${two}${tail}`).category).toBe('unmapped')
      }),
      { numRuns: 2000 }
    )
  })

  it('and no name, however long, keeps the reader busy', () => {
    const start = performance.now()
    expect(suggestCategory('done & '.repeat(20_000)).category).toBe('unmapped')
    expect(performance.now() - start).toBeLessThan(100)
  })

  it('of any kind is survived', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        (name) => suggestCategory(name).category !== undefined
      )
    )
  })
})

const BOARDS = join(import.meta.dirname, '../../../../shared/boards/trello')

const PAGES: Record<string, Category> = { Info: 'reference' }
const expected: Record<string, Record<string, Category>> = {
  'de-pacs-spark-45.json': { 'in Progress': 'doing', TODO: 'todo', 'TODO after quasi-productivity': 'todo' },
  'en-amirite-81.json': {
    'Product Backlog': 'backlog',
    'Sprint Backlog': 'todo',
    Doing: 'doing',
    Review: 'doing',
    Done: 'done'
  },
  'en-kanban-template-43.json': {
    Backlog: 'backlog',
    'Team Info': 'reference',
    'To Do': 'todo',
    Doing: 'doing',
    'Code Review': 'doing',
    Testing: 'doing',
    'Done 🎉': 'done'
  },
  'en-sideline-apps-682.json': {
    Backlog: 'backlog',
    'To Do': 'todo',
    Doing: 'doing',
    'Code Review': 'doing',
    Testing: 'doing',
    Done: 'done',
    'Done [WEEK 3/6-12]': 'done',
    'Done 🎉': 'done',
    Deferred: 'backlog',
    Obsolete: 'dropped'
  },
  'es-encriptador-18.json': {
    Herramientas: 'reference',
    Backlog: 'backlog',
    'En desarrollo': 'doing',
    Pausado: 'blocked',
    Concluido: 'done'
  },
  'fr-my-irc-21.json': { 'To Do': 'todo', Doing: 'doing', Done: 'done' },
  'he-bdika-16.json': {
    'To Do': 'todo',
    Doing: 'doing',
    Done: 'done',
    Blocked: 'blocked',
    todo: 'todo',
    in_progress: 'doing'
  },
  'it-mcc-sito-470.json': PAGES,
  'ja-clipkit-67.json': {
    やりたいこと: 'backlog',
    やること: 'todo',
    作業中: 'doing',
    クローズ: 'done',
    中止: 'dropped'
  }
}
expected['en-sideline-apps-682-later.json'] = expected['en-sideline-apps-682.json']!

describe('the lists of real boards', () => {
  if (!existsSync(BOARDS)) {
    it.skip('skipped: ../shared/boards/trello is absent', () => {})
    return
  }

  it.each(
    readdirSync(BOARDS)
      .filter((file) => file.endsWith('.json'))
      .map((file) => [file])
  )('%s', (file) => {
    const { lists } = JSON.parse(readFileSync(join(BOARDS, file), 'utf8')) as {
      lists: { id: string; name: string; pos: number; closed: boolean }[]
    }
    const meanings = suggestCategories(
      lists.map(({ id, name, pos, closed }) => ({ id, name, position: pos, archived: closed }))
    )
    const told = Object.fromEntries(lists.map(({ id, name }) => [name, meanings.get(id)!.category]))
    const silent = Object.fromEntries(lists.map(({ name }) => [name, 'unmapped']))
    expect(told).toEqual({ ...silent, ...expected[file] })
  })
})
