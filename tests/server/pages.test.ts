import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { json, sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { bold, link, list, paragraph, type RichText, text } from '../../src/model/richText.ts'
import { notePage } from '../../src/server/pages/note.ts'
import { serving, sharedHub } from './serving.ts'

let hub: Hub
beforeAll(async () => {
  hub = await sharedHub()
  await hub.db.run(sql`
    insert into projects (id, tool, name, url, archived, audience, language)
    values ('trello:b', 'trello', 'The board nobody may see', 'https://example.com/b', false, 'members', 'de')`)
})
afterAll(() => hub?.close())

async function posted(token: string, said: RichText | null, project = 'trello:none'): Promise<void> {
  await hub.db.run(sql`
    insert into notes (task_id, project_id, token, state, posted)
    values (${`trello:${token}`}, ${project}, ${token}, 'speaking', ${said === null ? sql`null::jsonb` : json(said)})`)
}

const open = async (url: string) => {
  await using server = await serving({ hub })
  return server.app.inject(url)
}

describe('the page behind “Why this note”', () => {
  test('shows the note, and is kept by nobody', async () => {
    await posted('n0te00', [
      paragraph(text('In '), bold('Doing'), text(' for 9 working days.')),
      list([text('no date')], [{ kind: 'code', text: 'x<y' }]),
      paragraph({ kind: 'mention', externalId: '5f', username: 'lucia', name: 'Lucía' }),
      paragraph(link('Why this note', 'https://hub.example.com/w/n0te00'), text(', updated Tue 24 Nov'))
    ])
    const answer = await open('/w/n0te00')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'no-referrer'
    })
    const [, section] = /<section>(.*)<\/section>/s.exec(answer.body) ?? []
    expect(section).toBe(
      '<p dir="auto">In <strong>Doing</strong> for 9 working days.</p>' +
        '<ul><li dir="auto">no date</li><li dir="auto"><code>x&lt;y</code></li></ul>' +
        '<p dir="auto"><strong>Lucía</strong></p><p dir="auto">Updated Tue 24 Nov</p>'
    )
  })

  test('escapes whatever stands in the note', async () => {
    const hostile = `</p><script>alert(1)</script><img src=x onerror="alert(1)">'"&`
    await posted('h0stile', [
      paragraph(text(hostile), bold(hostile), { kind: 'code', text: hostile }),
      list([{ kind: 'mention', externalId: '"', username: hostile, name: hostile }]),
      paragraph(link(hostile, `https://example.com/"onmouseover="alert(1)`)),
      paragraph(
        link('run', 'javascript:alert(1)'),
        link('data', 'data:text/html,<script>'),
        link('rel', '//evil.example')
      )
    ])
    const { body, statusCode } = await open('/w/h0stile')
    expect(statusCode).toBe(200)
    expect(body).not.toMatch(/<script|<img|onerror="|"onmouseover|javascript:|data:text|evil\.example/)
    expect(body.match(/&lt;script&gt;alert\(1\)&lt;\/script&gt;/g)).toHaveLength(5)
    expect(body).toContain(
      'href="https://example.com/&quot;onmouseover=&quot;alert(1)" rel="noopener noreferrer nofollow"'
    )
    expect(body).toContain('<p dir="auto">rundatarel</p>')
  })

  test('speaks the language of the board, and does not name it', async () => {
    await posted('deutsch', [paragraph(text('Seit Freitag in „In Arbeit“.'))], 'trello:b')
    const { body } = await open('/w/deutsch')
    expect(body).toContain('<html lang="de">')
    expect(body).toContain('<h1>Warum dieser Hinweis</h1>')
    expect(body).not.toContain('The board nobody may see')
  })

  test.each(['unknown', 'tak3nback', 'short', 'UPPER1', 'a-b-c-d', `x${'y'.repeat(32)}`, '%27%3B--aaa', 'a%2Fbcdef'])(
    'says calmly that there is none at %s',
    async (token) => {
      if (token === 'tak3nback') await posted(token, null)
      const answer = await open(`/w/${token}`)
      expect([answer.statusCode, answer.headers['cache-control']]).toEqual([404, 'no-store'])
      expect(answer.body).toContain('<h1>This note is gone</h1>')
    }
  )

  test('leaves a paragraph out that would only link to itself', () => {
    const said = [paragraph(text('Kept')), paragraph(link('Why this note', 'https://h/w/abcdef'))]
    expect(notePage({ text: said, language: 'en', zone: 'UTC', closed: [], token: 'abcdef' })).toContain(
      '<section><p dir="auto">Kept</p></section>'
    )
  })
})

describe('the first page', () => {
  test('says what this is and whether it works, and leads on', async () => {
    const { statusCode, body, headers } = await open('/')
    expect([statusCode, headers['cache-control']]).toEqual([200, 'no-store'])
    expect(body).toContain('Ready. The database answers.')
    expect(body).toContain('href="/docs"')
    expect(body).toContain('href="/openapi.json"')
    expect(body).not.toContain('<script')
  })

  test('has the one stylesheet that its policy lets in', async () => {
    const { body, headers } = await open('/')
    const [, style = ''] = /<style>(.*)<\/style>/s.exec(body) ?? []
    const digest = createHash('sha256').update(style).digest('base64')
    expect(headers['content-security-policy']).toContain(`style-src 'sha256-${digest}'`)
    expect(body).not.toContain(' style="')
  })
})

test('the page of a note that says all clear lists what was open, and for how long', () => {
  const body = notePage({
    text: [{ kind: 'paragraph', inlines: [{ kind: 'text', text: 'All clear since Tue 24 Nov.' }] }],
    language: 'en',
    zone: 'Europe/Paris',
    token: 'abcdef',
    closed: [{ rule: 'stale-doing', since: '2026-11-06T09:00:00.000Z', until: '2026-11-24T10:20:00.000Z' }]
  })
  expect(body).toContain('<li><strong>Stale in Doing</strong> Fri 6 Nov – Tue 24 Nov</li>')
})
