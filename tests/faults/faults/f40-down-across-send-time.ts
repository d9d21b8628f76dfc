/** F40: nobody works across the time a mail was to leave, once or for weeks. One late mail, none doubled. */
import { COMMAND_LINE } from '../../../src/access/who.ts'
import { addPerson } from '../../../src/operations/people/people.ts'
import { subscribe } from '../../../src/operations/reports/reports.ts'
import { lastSendAt } from '../../../src/reports/rollup/week.ts'
import { subscriptions } from '../../../src/reports/schedule.ts'
import { type Fault, inCompany, verdict } from '../rig/rig.ts'

const ZONES = ['Europe/Lisbon', 'America/Sao_Paulo', 'Asia/Kolkata', 'Pacific/Auckland'] as const
const HOUR = 3_600_000
const DAY = 24 * HOUR

export const downAcrossSendTime: Fault = {
  id: 'F40',
  title: 'down across the time a mail was to leave',
  needs: 'nothing',
  rounds: 6,
  run: (rig, round) =>
    inCompany(rig, round, { mail: true, alerts: false }, async ({ stage }) => {
      const { random } = round
      const context = { hub: stage.hub, jobs: null, who: COMMAND_LINE }
      const people = [0, 1].map((number) => `reader-${number}@larkfield.example`)
      for (const email of people) {
        await addPerson.run(context, { name: 'Reader', email, timeZone: random.pick(ZONES), language: 'en' })
        const time = `${String(random.between(0, 23)).padStart(2, '0')}:${random.pick(['00', '30'])}`
        await subscribe.run(context, { email, weekday: random.between(1, 7), time })
      }
      // At least one send time has passed for both, whatever their zones.
      await stage.advance(random.between(8, 30) * DAY + random.between(0, 23) * HOUR)
      const back = stage.now()
      const outcome = await verdict(stage)
      await stage.pass(4 * HOUR, HOUR / 2)
      await count('after coming back')
      await stage.pass(7 * DAY, 3 * HOUR)
      await count('after another week')
      const { wrong } = await verdict(stage)
      return { ...outcome, wrong: [...outcome.wrong, ...wrong] }

      /** One late mail each, and one for every send time since. */
      async function count(when: string): Promise<void> {
        const mails = (await stage.postbox?.mails()) ?? []
        for (const subscription of await subscriptions(stage.hub.db)) {
          const passed = Date.parse(lastSendAt(stage.now(), subscription)) - Date.parse(lastSendAt(back, subscription))
          const due = 1 + Math.round(passed / (7 * DAY))
          const { email } = subscription
          const sent = mails.filter((mail) =>
            [mail.to].flat().some((to) => to?.value.some(({ address }) => address === email))
          ).length
          if (sent !== due) outcome.wrong.push(`${email} has ${sent} mails ${when}, not ${due}`)
        }
      }
    })
}
