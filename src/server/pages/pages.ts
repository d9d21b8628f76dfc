/** The pages the server writes itself. Open without an account; rate-limited. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { sql } from '../../db/database.ts'
import type { Hub } from '../../hub.ts'
import type { RichText } from '../../model/richText.ts'
import { PAGE_LIMIT } from '../plugins/security.ts'
import type { Readiness } from '../readiness.ts'
import { homePage } from './home.ts'
import { noteGonePage, notePage } from './note.ts'

export function addPages(app: FastifyInstance, hub: Hub, readiness: () => Promise<Readiness>): void {
  app.get('/', {
    ...page,
    handler: async (_request, reply) => send(reply, homePage(await readiness()))
  })
  app.get<{ Params: { token: string } }>('/w/:token', {
    ...page,
    async handler({ params: { token } }, reply) {
      // Whoever has the link may read, and nobody should find it: no cache and no search engine keeps a copy.
      reply.header('x-robots-tag', 'noindex, nofollow')
      const note = TOKEN.test(token) ? await noteOf(hub, token) : null
      if (!note) return send(reply.code(404), noteGonePage())
      return send(reply, notePage({ ...note, token }))
    }
  })
}

const page = { schema: { hide: true }, config: { rateLimit: PAGE_LIMIT } }

const TOKEN = /^[a-z0-9]{6,32}$/

async function noteOf(hub: Hub, token: string): Promise<{ text: RichText; language: string } | null> {
  const [row] = await hub.db.rows<{ text: RichText; language: string | null }>(sql`
    select n.posted as text, p.language from notes n left join projects p on p.id = n.project_id
    where n.token = ${token} and n.posted is not null`)
  return row ? { text: row.text, language: row.language ?? 'en' } : null
}

const send = (reply: FastifyReply, text: string): FastifyReply =>
  reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(text)
