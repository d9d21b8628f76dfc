/**
 * F21: a card is deleted, archived, moved to a board nobody chose, or moved to another chosen one. Each is what it is;
 * what was said is taken back, key results follow, and coming back brings everything back.
 */
import { sql } from '../../../src/db/database.ts'
import { hubId } from '../../../src/model/task.ts'
import { column } from '../../contract/account.ts'
import { type Fault, inCompany, verdict } from '../rig/rig.ts'

export const waysToGo: Fault = {
  id: 'F21',
  title: 'a card is deleted, archived, moved to another board – and comes back',
  needs: 'nothing',
  rounds: 10,
  short: 1,
  run: (rig, round) =>
    inCompany(rig, round, {}, async ({ stage, website, internal }) => {
      const { can } = stage.tool.adapter
      const elsewhere = await stage.life.project('Elsewhere')
      const [gone, archived, moved, strayed] = (await stage.life.owe(website, 4)) as [string, string, string, string]
      await stage.drain()
      const by = stage.life.people[0]!.id
      const { standIn, life } = stage
      await standIn.change(gone, { by, deleted: true })
      if (can.archive) await standIn.change(archived, { by, archived: true })
      if (can.moveProjects) {
        await standIn.change(moved, { by, move: { project: internal.id, column: column(internal, 'Done') } })
        await standIn.change(strayed, { by, move: { project: elsewhere.id, column: column(elsewhere, 'To do') } })
        life.cards
          .get(website.id)!
          .splice(
            0,
            Number.POSITIVE_INFINITY,
            ...life.cards.get(website.id)!.filter((id) => id !== strayed && id !== moved)
          )
        life.cards.get(internal.id)!.push(moved)
      }
      const away = await stage.drain({ nights: 1 })
      const expected = {
        [gone]: can.deletions ? ['deleted'] : ['deleted', 'hidden'],
        ...(can.archive ? { [archived]: ['archived'] } : {}),
        ...(can.moveProjects ? { [moved]: ['present'], [strayed]: ['hidden'] } : {})
      }
      const wrong = [...away.left]
      for (const [card, presences] of Object.entries(expected)) {
        const [task] = await stage.hub.db.rows<{ presence: string; open: boolean; findings: number }>(sql`
          select presence, open, (select count(*)::int from findings f where f.task_id = t.id and f.closed_at is null) as findings
          from tasks t where id = ${hubId(round.tool, card)}`)
        if (!presences.includes(task?.presence ?? 'missing'))
          wrong.push(`${card} is ${task?.presence} instead of ${presences.join(' or ')}`)
        if (card !== moved && (task?.open || task?.findings))
          wrong.push(`${card} is gone and still has ${task.findings} open findings`)
      }
      if (can.archive) await standIn.change(archived, { by, archived: false })
      if (can.moveProjects) {
        await standIn.change(strayed, { by, move: { project: website.id, column: column(website, 'Doing') } })
        life.cards.get(website.id)!.push(strayed)
      }
      return verdict(stage, { nights: 1 }, wrong)
    })
}
