/**
 * F42: columns are renamed, added, put in another order, moved to another board and back. What a person said of a column
 * is kept by its id; a new one that says nothing is unmapped, and no finding comes of any of it. On Trello, where all of
 * this can be done.
 */
import { COMMAND_LINE } from '../../../src/access/who.ts'
import { sql } from '../../../src/db/database.ts'
import { externalId, hubId } from '../../../src/model/task.ts'
import { setColumn } from '../../../src/operations/projects/projects.ts'
import { column } from '../../contract/account.ts'
import { type Company, type Fault, inCompany, verdict } from '../rig/rig.ts'
import { sweepSoon } from '../rig/strike.ts'

export const columnsChanged: Fault = {
  id: 'F42',
  title: 'columns renamed, added, reordered, moved to another board and back',
  needs: 'nothing',
  rounds: 5,
  run: (rig, round) =>
    inCompany(rig, { ...round, tool: 'trello' }, {}, async (company) => {
      const { stage, website, internal } = company
      const [todo, doing] = [column(website, 'To do'), column(website, 'Doing')]
      await stage.life.owe(website, 2)
      await stage.drain()
      const context = { hub: stage.hub, jobs: stage.turns.jobs, who: COMMAND_LINE }
      await setColumn.run(context, {
        project: hubId('trello', website.id),
        column: hubId('trello', doing),
        category: 'doing'
      })
      const open = await findings(company)
      await put(company, `/lists/${doing}`, { name: 'Zweitausendeins' })
      await put(company, `/lists/${todo}`, { pos: 'bottom' })
      const made = (await call(company, 'POST', '/lists', { name: 'Xylophon', idBoard: website.id })) as { id: string }
      await look(company)
      const wrong = await stand(company, { [doing]: ['doing', 'confirmed'], [made.id]: ['unmapped', 'suggested'] })
      if ((await findings(company)) !== open) wrong.push(`findings were ${open} and are ${await findings(company)}`)
      await put(company, `/lists/${doing}`, { idBoard: internal.id })
      await look(company)
      await put(company, `/lists/${doing}`, { idBoard: website.id })
      await look(company)
      wrong.push(...(await stand(company, { [doing]: ['doing', 'confirmed'] })))
      return verdict(stage, { nights: 1 }, wrong)
    })
}

async function findings({ stage, website }: Company): Promise<string> {
  const rows = await stage.hub.db.rows<{ rule: string; task: string }>(sql`
    select rule, task_id as task from findings where closed_at is null and project_id = ${hubId('trello', website.id)} order by 1, 2`)
  return rows.map(({ rule, task }) => `${rule} on ${externalId(task)}`).join(', ')
}

async function stand({ stage }: Company, wanted: Record<string, [string, string]>): Promise<string[]> {
  const wrong: string[] = []
  for (const [id, [category, source]] of Object.entries(wanted)) {
    const [row] = await stage.hub.db.rows<{ name: string; category: string; source: string }>(
      sql`select name, category, category_source as source from columns where id = ${hubId('trello', id)}`
    )
    if (row?.category !== category || row.source !== source)
      wrong.push(
        `the column ${row?.name ?? id} is ${row?.category} (${row?.source}) instead of ${category} (${source})`
      )
  }
  return wrong
}

async function look({ stage }: Company): Promise<void> {
  await stage.advance(30_000)
  await sweepSoon(stage)
  await stage.turns.turn()
}

const put = (company: Company, path: string, body: Record<string, unknown>) => call(company, 'PUT', path, body)

/** As the person whose account the hub uses would do it. */
async function call({ stage }: Company, method: string, path: string, body: Record<string, unknown>): Promise<unknown> {
  const { key, token } = stage.tool.credentials as { key: string; token: string }
  const response = await fetch(`${stage.tool.baseUrl(stage.standIn.url)}${path}`, {
    method,
    headers: {
      authorization: `OAuth oauth_consumer_key="${key}", oauth_token="${token}"`,
      'content-type': 'application/json'
    },
    body: JSON.stringify(body)
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response.json()
}
