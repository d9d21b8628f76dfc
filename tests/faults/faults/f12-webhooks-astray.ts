/**
 * F12: the same delivery ten times, and the same event told twice. F13: deliveries in any order. F14: all of them lost
 * for a day – the timetable finds everything, the hook is known to be silent, and it is registered anew.
 */
import { COMMAND_LINE } from '../../../src/access/who.ts'
import { sql } from '../../../src/db/database.ts'
import { projects } from '../../../src/operations/projects/projects.ts'
import { type Fault, inCompany, told, verdict } from '../rig/rig.ts'

export const sameDelivery: Fault = {
  id: 'F12',
  title: 'the same webhook ten times, the same event under new ids',
  needs: 'nothing',
  rounds: 10,
  short: 1,
  run: (rig, round) =>
    inCompany(rig, told(round), { serve: true }, async ({ stage, website }) => {
      const { random } = round
      const [card] = (await stage.life.owe(website, 1)) as [string]
      const kept = async () =>
        (await stage.hub.db.rows<{ n: number }>(sql`select count(*)::int as n from inbox`))[0]?.n ?? 0
      // At rest: no word of our own comes in between.
      await stage.drain()
      // Told just now: a tool that signs the time has what is a minute old refused, and rightly.
      await stage.standIn.change(card, { by: random.pick(stage.life.people).id, title: 'Told ten times more' })
      const sent = await stage.standIn.deliveries()
      const before = await kept()
      for (let again = 0; again < 10; again++) {
        await stage.standIn.deliveries({ again: sent.length - 1 })
        if (again === 4) await stage.turns.turn()
      }
      const after = await stage.standIn.deliveries()
      const refused = after.slice(sent.length).filter(({ status }) => status === null || status >= 300)
      const wrong = refused.map(({ status }) => `a repeated delivery was answered with ${status}`)
      if ((await kept()) !== before)
        wrong.push(`${(await kept()) - before} of ten repeated deliveries were kept as new`)
      // The same thing done again has another id and the same effect.
      for (let again = 0; again < 3; again++) {
        await stage.standIn.change(card, { by: random.pick(stage.life.people).id, title: 'The same again' })
      }
      return verdict(stage, {}, wrong)
    })
}

export const shuffled: Fault = {
  id: 'F13',
  title: 'webhooks shuffled, older after newer',
  needs: 'nothing',
  rounds: 10,
  short: 1,
  run: (rig, round) =>
    inCompany(rig, told(round), { serve: true }, async ({ stage, website }) => {
      const { random } = round
      await stage.standIn.deliveries({ mode: 'hold' })
      for (let deed = 0; deed < 12; deed++) {
        await stage.life.deed(website, random)
        // Half of them within one second of the tool's clock.
        if (random.chance(0.5)) await stage.advance(1_500)
      }
      const order = Array.from({ length: 80 }, (_, index) => index).sort(() => random.next() - 0.5)
      await stage.standIn.deliveries({ release: order, mode: 'send' })
      await stage.turns.turn()
      return verdict(stage)
    })
}

const HOUR = 3_600_000

export const lostForADay: Fault = {
  id: 'F14',
  title: 'all webhooks lost for a day',
  needs: 'nothing',
  rounds: 5,
  run: (rig, round) =>
    inCompany(rig, told(round), { serve: true }, async ({ stage, website }) => {
      const { random } = round
      const hook = async () =>
        (await projects.run({ hub: stage.hub, jobs: null, who: COMMAND_LINE }, {})).projects.find(
          ({ name }) => name === 'Website'
        )?.freshness.webhook
      const subscriptions = async () =>
        JSON.stringify(await stage.hub.db.rows(sql`select subscriptions from hooks order by id`))
      const wrong: string[] = []
      const registered = await subscriptions()
      await stage.standIn.deliveries({ mode: 'lose' })
      for (let hour = 0; hour < 24; hour++) {
        await stage.standIn.change((stage.life.cards.get(website.id) ?? [])[0]!, {
          by: random.pick(stage.life.people).id,
          title: `Hour ${hour}`
        })
        await stage.pass(HOUR)
        if (hour === 12 && (await hook()) !== 'silent')
          wrong.push(`after twelve hours without a word the hook is ${await hook()}`)
      }
      if ((await subscriptions()) === registered) wrong.push('the hook was not registered anew')
      await stage.standIn.deliveries({ mode: 'send' })
      await stage.pass(2 * HOUR)
      await stage.life.owe(website, 1)
      await stage.standIn.deliveries()
      const outcome = await verdict(stage, { nights: 1 }, wrong)
      if ((await hook()) !== 'alive') outcome.wrong.push(`told again, the hook is ${await hook()}`)
      return outcome
    })
}
