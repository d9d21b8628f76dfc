import { z } from 'zod'
import { sql } from '../../db/database.ts'
import { Category } from '../../model/task.ts'
import { judge, type RuleOutcome } from '../../rules/engine.ts'
import { settleProjects } from '../../sync/settle.ts'
import { asIf } from '../asIf.ts'
import { operation, Refusal } from '../operation.ts'
import { findProject } from './projects.ts'

const Would = z.object({
  category: Category,
  opened: z.number(),
  closed: z.number(),
  byRule: z.array(z.object({ rule: z.string(), opened: z.number(), closed: z.number() })).describe('Those that change')
})

export const previewColumn = operation({
  id: 'previewColumn',
  right: 'tend',
  method: 'GET',
  path: '/projects/:project/columns/:column/preview',
  tag: 'Projects',
  summary: 'Which findings would open and close if a column meant something else; changes nothing',
  input: z.object({
    project: z.string().describe('Id or name'),
    column: z.string().describe('Id'),
    category: z.array(Category).min(1).max(8).describe('What it could mean; each is looked at on its own')
  }),
  output: z.object({ would: z.array(Would) }),
  async run({ hub, who }, { project: word, column, category }) {
    const { id } = await findProject(hub.db, word, who)
    const [found] = await hub.db.rows(sql`select 1 from columns where id = ${column} and project_id = ${id}`)
    if (!found) throw new Refusal(404, 'no_column', 'There is no such column on this board any more.')
    const now = hub.now()
    const would: z.infer<typeof Would>[] = []
    for (const one of new Set(category)) {
      const outcomes = await asIf(hub.db, async (tx) => {
        await tx.run(sql`update columns set category = ${one}, category_source = 'confirmed' where id = ${column}`)
        await settleProjects(tx, [id])
        return judge(tx, { now, projects: [id] })
      })
      would.push({ category: one, ...counted(outcomes) })
    }
    return { would }
  }
})

function counted(outcomes: RuleOutcome[]): Omit<z.infer<typeof Would>, 'category'> {
  const byRule = outcomes.filter(({ opened, closed }) => opened + closed > 0)
  return {
    opened: byRule.reduce((sum, { opened }) => sum + opened, 0),
    closed: byRule.reduce((sum, { closed }) => sum + closed, 0),
    byRule
  }
}
