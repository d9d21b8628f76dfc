/**
 * All data to take along, at `GET /api/export`: streamed, so that a million cards need no more memory than a few
 * hundred. For the owner; who took it is kept in the log of changes.
 */
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import manifest from '../../../package.json' with { type: 'json' }
import { keepChange } from '../../access/audit.ts'
import { may } from '../../access/who.ts'
import type { Hub } from '../../hub.ts'
import { CSV_LISTS, exportCsv, exportJson } from '../../operations/settings/exported.ts'
import { Declined, Problem } from './errors.ts'
import { answer, BEARER } from './openapi.ts'
import { EXPORT_LIMIT } from './security.ts'

const Asked = z.strictObject({
  format: z.enum(['json', 'csv']).default('json').describe('json: everything, as one object · csv: one list'),
  what: z.enum(CSV_LISTS).optional().describe('Which list, for csv')
})

/** Call it in the scope that knows who asks. */
export function addExport(api: FastifyInstance, hub: Hub): void {
  api.get('/export', {
    config: { rateLimit: EXPORT_LIMIT },
    exposeHeadRoute: false,
    schema: {
      operationId: 'exportData',
      tags: ['Data'],
      summary: 'Everything the hub knows, without secrets: as JSON, or one list as CSV',
      security: [{ [BEARER]: [] }],
      querystring: Asked,
      response: {
        200: {
          description: 'A file, written as it is read',
          content: { 'application/json': { schema: z.unknown() }, 'text/csv': { schema: z.string() } }
        },
        default: answer('It could not be exported; the message says why and what to do', Problem)
      }
    },
    async handler(request, reply) {
      const { who } = request
      if (who === null || !may(who, 'own')) throw new Declined(403, 'not_allowed', 'The owner may do this. Ask them.')
      const { format, what } = Asked.parse(request.query)
      if ((format === 'csv') !== (what !== undefined))
        throw new Declined(400, 'bad_input', `what: names one list (${CSV_LISTS.join(', ')}), for csv only.`)
      await keepChange(hub.db, who, {
        operation: 'exportData',
        subject: what ?? 'all data',
        input: { format, what },
        before: null,
        after: null
      })
      const name = `throughline-${what ?? 'all'}-${hub.now().slice(0, 10)}.${format}`
      reply
        .header('content-disposition', `attachment; filename="${name}"`)
        .header('cache-control', 'no-store')
        .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8')
      return reply.send(Readable.from(what ? exportCsv(hub, what) : exportJson(hub, manifest.version)))
    }
  })
}
