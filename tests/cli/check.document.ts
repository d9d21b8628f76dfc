import { z } from 'zod'

const Instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
/** The document of `check --json`, key by key as it is promised: nothing missing, nothing more. */
export const Document = z.strictObject({
  now: Instant,
  boards: z.array(
    z.strictObject({
      file: z.string(),
      name: z.string(),
      tool: z.literal('trello'),
      columns: z.array(
        z.strictObject({
          id: z.string().regex(/^[0-9a-f]{24}$/),
          name: z.string(),
          category: z.enum(['backlog', 'todo', 'doing', 'blocked', 'done', 'dropped', 'reference', 'unmapped']),
          archived: z.boolean(),
          tasks: z.int()
        })
      ),
      tasks: z.int(),
      openTasks: z.int(),
      quarantined: z.array(z.strictObject({ task: z.string(), path: z.string(), reason: z.string() })),
      findings: z.array(
        z.strictObject({
          rule: z.enum(['missing-deadline', 'no-assignee', 'stale-doing', 'overdue']),
          task: z.string().regex(/^trello:[0-9a-f]{24}$/),
          title: z.string(),
          column: z.string().nullable(),
          since: Instant,
          evidence: z.record(z.string(), z.unknown())
        })
      ),
      byRule: z.strictObject({
        'missing-deadline': z.int(),
        'no-assignee': z.int(),
        'stale-doing': z.int(),
        overdue: z.int()
      })
    })
  ),
  errors: z.array(z.strictObject({ file: z.string(), message: z.string() }))
})
export type Document = z.infer<typeof Document>
