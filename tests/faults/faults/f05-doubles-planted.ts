/**
 * F5: doubles of our comment stand on a card. The next look keeps the one the database calls current; where it knows
 * none, the newest.
 */
import { openSession } from '../../../src/connections/session.ts'
import { sql } from '../../../src/db/database.ts'
import type { RichText } from '../../../src/model/richText.ts'
import { externalId } from '../../../src/model/task.ts'
import { type Company, type Fault, inCompany, verdict } from '../rig/rig.ts'

interface Standing {
  task: string
  wanted: RichText
  commentId: string
}

export const doublesPlanted: Fault = {
  id: 'F5',
  title: 'doubles of our comment planted',
  needs: 'nothing',
  rounds: 10,
  short: 1,
  run: (rig, round) =>
    inCompany(rig, round, {}, async (company) => {
      const { stage, website } = company
      await stage.life.owe(website, 1)
      await stage.drain()
      const [standing] = await stage.hub.db.rows<Standing>(sql`
        select task_id as task, wanted, comment_id as "commentId" from notes
        where comment_id is not null and wanted is not null order by task_id limit 1`)
      if (!standing) return { recoveryMs: 0, wrong: ['no card carries a comment to double'] }
      const planted = await plant(company, standing)
      const forgotten = round.number % 2 === 1
      let kept = standing.commentId
      if (forgotten) {
        // As after a crash in the middle of a post: whether one of them is ours is open.
        await stage.hub.db.run(sql`update notes set comment_id = null, posted = null where task_id = ${standing.task}`)
        await stage.hub.db.run(sql`
          update outbox set state = 'due', unclear = true, due_at = now() where key = ${`note:${standing.task}`}`)
        kept = planted.at(-1) as string
      }
      const outcome = await verdict(stage, { nights: 1 })
      const state = await stage.life.look(externalId(standing.task))
      const ours = state?.comments.filter(({ id }) => !stage.life.comments.has(id)).map(({ id }) => id)
      if (ours?.join() !== kept) outcome.wrong.push(`${standing.task} kept ${ours?.join()}, not ${kept}`)
      return outcome
    })
}

/** Two more with the same words, posted with the hub's own account. Ids, oldest first. */
async function plant({ stage }: Company, { task, wanted }: Standing): Promise<string[]> {
  const [row] = await stage.hub.db.rows<{ id: string }>(sql`select id from connections`)
  const { session } = await openSession(stage.hub, row?.id ?? '', 0)
  const ids: string[] = []
  for (const turn of ['first', 'second']) {
    await stage.advance(2_000)
    ids.push((await session.comments.post(externalId(task), wanted, `double-${turn}`)).externalId)
  }
  return ids
}
