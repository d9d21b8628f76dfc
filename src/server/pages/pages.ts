/** The pages the server writes itself. Open without an account; rate-limited. */
import { fromNodeHeaders } from 'better-auth/node'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Doorkeeper } from '../../access/doorkeeper.ts'
import { may, type Who } from '../../access/who.ts'
import { type Attempt, OAuthFailure, type Page, takeAttempt } from '../../connections/oauth.ts'
import { sql } from '../../db/database.ts'
import type { Hub } from '../../hub.ts'
import type { Jobs } from '../../jobs/jobs.ts'
import { finishConsent } from '../../operations/connections/consent.ts'
import { explain, toolName } from '../../operations/explain.ts'
import { PAGE_LIMIT } from '../plugins/security.ts'
import type { Readiness } from '../readiness.ts'
import { homePage } from './home.ts'
import { type NoteOnPage, noteGonePage, notePage } from './note.ts'
import { html, page } from './page.ts'

interface Surroundings {
  hub: Hub
  /** Woken by a new account; null when this process has no workers to wake. */
  jobs: Jobs | null
  doorkeeper: Doorkeeper
  readiness: () => Promise<Readiness>
  /** A page of our own at `/`, where the web app is not built. */
  home: boolean
}

export function addPages(app: FastifyInstance, surroundings: Surroundings): void {
  const { hub, readiness, home } = surroundings
  if (home) {
    app.get('/', {
      ...options,
      handler: async (_request, reply) => send(reply, homePage(await readiness()))
    })
  }
  app.get<{ Params: { token: string } }>('/w/:token', {
    ...options,
    async handler({ params: { token } }, reply) {
      // Whoever has the link may read, and nobody should find it: no cache and no search engine keeps a copy.
      reply.header('x-robots-tag', 'noindex, nofollow')
      const note = TOKEN.test(token) ? await noteOf(hub, token) : null
      if (!note) return send(reply.code(404), noteGonePage())
      return send(reply, notePage({ ...note, token }))
    }
  })
  addOAuth(app, surroundings)
}

/**
 * Where a tool sends a person back to who allowed access, or did not. The state in the address is what lets it in. Whoever
 * began in the app goes on there, with what came of it; others read it here.
 */
function addOAuth(app: FastifyInstance, { hub, jobs, doorkeeper, home }: Surroundings): void {
  app.get('/oauth/callback', {
    ...options,
    async handler(request, reply) {
      reply.header('referrer-policy', 'no-referrer').header('cache-control', 'no-store')
      const answer = new URL(request.url, 'http://hub').searchParams
      const reader = await doorkeeper.whoIs(fromNodeHeaders(request.headers))
      let attempt: Attempt | null = null
      try {
        attempt = await takeAttempt(hub, answer.get('state') ?? '')
        const { connection, projects } = await finishConsent({ hub, jobs }, { answer, attempt, reader })
        if (!home && attempt.page) return reply.redirect(AFTER[attempt.page](connection.id), 303)
        const as = `Comments will be posted as ${connection.accountName}.`
        const sees = `${toolName(connection.tool)} is connected: ${projects} ${projects === 1 ? 'project' : 'projects'} to choose from.`
        const on = home
          ? html`<p>You can close this page.</p>`
          : html`<p><a href="/welcome?step=boards">Choose boards</a>, or see <a href="/connections?account=${connection.id}">the account</a>.</p>`
        return send(reply, page({ title: 'Connected', body: html`<section><p>${sees} ${as}</p>${on}</section>` }))
      } catch (error) {
        const told = explain(error, attempt ? { tool: attempt.tool } : {})
        const back = home ? null : pageFor(attempt, reader, error)
        if (!told || !back) throw error
        return reply.redirect(`${NOT_DONE[back](attempt?.tool ?? null)}&failed=${encodeURIComponent(told.code)}`, 303)
      }
    }
  })
}

const AFTER: Record<Page, (connection: string) => string> = {
  welcome: () => '/welcome?step=boards',
  connections: (connection) => `/connections?account=${encodeURIComponent(connection)}`
}

const NOT_DONE: Record<Page, (tool: string | null) => string> = {
  welcome: (tool) => `/welcome?tool=${tool ?? 'choose'}`,
  connections: (tool) => `/connections?connect=${tool ?? 'choose'}`
}

/** Whose state nobody knows cannot be told; whoever tends the hub will have begun in the app. */
function pageFor(attempt: Attempt | null, reader: Who | null, error: unknown): Page | null {
  if (attempt) return attempt.page
  const tends = reader?.via === 'web' && may(reader, 'tend')
  return tends && error instanceof OAuthFailure ? 'connections' : null
}

const options = { schema: { hide: true }, config: { rateLimit: PAGE_LIMIT } }

const TOKEN = /^[a-z0-9]{6,32}$/

async function noteOf(hub: Hub, token: string): Promise<Omit<NoteOnPage, 'token'> | null> {
  const [row] = await hub.db.rows<Omit<NoteOnPage, 'token'>>(sql`
    select n.posted as text, coalesce(p.language, 'en') as language, coalesce(c.zone, 'UTC') as zone, case when n.state = 'clear' then (
      select coalesce(jsonb_agg(jsonb_build_object('rule', f.rule, 'since', f.since, 'until', f.closed_at) order by f.closed_at, f.since), '[]')
      from findings f where f.task_id = n.task_id and f.reason = 'fixed' and f.closed_at >= n.posted_at
    ) else '[]' end as closed
    from notes n left join projects p on p.id = n.project_id left join calendars c on c.id = p.calendar_id
    where n.token = ${token} and n.posted is not null`)
  return row ?? null
}

const send = (reply: FastifyReply, text: string): FastifyReply =>
  reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(text)
