/** F18: a card is edited after its board was read, while another one is read. The next run has it. */
import { sql } from '../../../src/db/database.ts'
import { atRequest } from '../rig/points.ts'
import { type Fault, inCompany, verdict } from '../rig/rig.ts'

export const editWhileReading: Fault = {
  id: 'F18',
  title: 'an edit on what was read already, while the rest is read',
  needs: 'nothing',
  rounds: 10,
  run: (rig, round) =>
    inCompany(rig, round, { alerts: false, cards: 120 }, async ({ stage, website, internal }) => {
      const { random } = round
      const done: string[] = []
      const deed = async () => {
        for (const project of [website, internal]) done.push(await stage.life.deed(project, random))
      }
      await stage.hub.db.run(sql`update scopes set swept_at = null, next_look_at = now()`)
      const stop = atRequest({ at: 'answer', match: '.', nth: random.between(2, 4) }, deed, stage.standIn.url)
      try {
        await stage.turns.turn()
      } finally {
        stop()
      }
      return verdict(stage, {}, done.length > 0 ? [] : ['nobody edited anything while it was read'])
    })
}
