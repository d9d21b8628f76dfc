/**
 * F41: the mail server takes a mail and the connection drops before it says so, or the sender is killed there. No second
 * mail by itself: it is shown as unclear, and leaves again only when somebody says so.
 */
import { COMMAND_LINE } from '../../../src/access/who.ts'
import { sql } from '../../../src/db/database.ts'
import { addPerson } from '../../../src/operations/people/people.ts'
import { subscribe } from '../../../src/operations/reports/reports.ts'
import { retryDead } from '../../../src/outbox/outbox.ts'
import { until } from '../rig/life.ts'
import { type Fault, inCompany, verdict } from '../rig/rig.ts'

const DAY = 86_400_000

export const mailAnswerLost: Fault = {
  id: 'F41',
  title: 'the mail server takes a mail, then the connection drops',
  needs: 'nothing',
  rounds: 6,
  run: (rig, round) =>
    inCompany(rig, round, { mail: true, alerts: false }, async ({ stage }) => {
      const postbox = stage.postbox!
      const context = { hub: stage.hub, jobs: null, who: COMMAND_LINE }
      const email = 'reader@larkfield.example'
      await addPerson.run(context, { name: 'Reader', email, timeZone: 'Europe/Lisbon', language: 'en' })
      await subscribe.run(context, { email, weekday: 2, time: '07:30' })
      await stage.advance(DAY)
      const wrong: string[] = []
      if (rig.engine === 'postgres' && round.number % 2 === 0) {
        postbox.after('hold')
        const worker = await stage.worker()
        if (!(await until(20_000, async () => (await postbox.mails()).length > 0)))
          wrong.push(`no mail was ever on its way: ${worker.said()}`)
        worker.kill()
        await worker.gone(5_000)
      } else {
        postbox.after('drop')
        await stage.turns.turn()
      }
      postbox.after('answer')
      const outcome = await verdict(stage, {}, wrong)
      await stage.pass(2 * DAY, DAY / 24)
      const alone = (await postbox.mails()).length
      if (alone !== 1) outcome.wrong.push(`${alone} mails went out by themselves, not one`)
      const rows = await stage.hub.db.rows<{ id: number; state: string }>(
        sql`select id, state from outbox where channel = 'email'`
      )
      if (rows.map(({ state }) => state).join() !== 'unclear')
        outcome.wrong.push(`it is shown as ${rows.map(({ state }) => state).join()}, not as unclear`)
      for (const { id } of rows) await retryDead(stage.hub.db, id)
      await stage.turns.turn()
      const resent = (await postbox.mails()).length
      if (resent !== 2) outcome.wrong.push(`after the word to send it again there are ${resent} mails, not two`)
      return outcome
    })
}
