/**
 * F35: our own comment comes back to us as a change, and another bot answers each of ours. No clock begins anew, and
 * nobody talks without end. F37: a card is fixed and broken again twenty times in five minutes: one comment, edited.
 */
import { sql } from '../../../src/db/database.ts'
import { hubId } from '../../../src/model/task.ts'
import { type Company, type Fault, inCompany, told, verdict } from '../rig/rig.ts'

const ANSWERS = 20
/** What the hub may post and edit on one card within an hour. */
const MOST_AN_HOUR = 12

export const answered: Fault = {
  id: 'F35',
  title: 'our comment comes back as a webhook, and a bot answers it',
  needs: 'nothing',
  rounds: 5,
  run: (rig, round) =>
    inCompany(rig, told(round), { serve: true }, async (company) => {
      const { stage, website } = company
      const bot = await stage.standIn.person({ name: 'Answer Bot', email: 'bot@larkfield.example' })
      const [card] = (await stage.life.owe(website, 1)) as [string]
      const before = await humanAt(company, card)
      await stage.drain()
      const after = await humanAt(company, card)
      const wrong =
        before === null || after === before ? [] : [`our own comment moved the human clock from ${before} to ${after}`]
      let spoken = await said(company, card)
      let changes = 0
      for (let turn = 0; turn < ANSWERS; turn++) {
        // It answers whatever we say, and undoes or redoes what we spoke of.
        stage.life.comments.add(await stage.standIn.comment(card, { by: bot, text: `Noted (${turn})` }))
        await stage.standIn.change(card, { by: bot, assignees: turn % 2 === 0 ? [bot] : [] })
        await stage.standIn.deliveries()
        await stage.turns.turn()
        await stage.advance(5_000)
        const now = await said(company, card)
        if (now !== spoken) changes++
        spoken = now
      }
      if (changes > MOST_AN_HOUR) wrong.push(`we answered the bot ${changes} times within two minutes`)
      return verdict(stage, { patienceMs: 90_000 }, wrong)
    })
}

async function humanAt({ stage }: Company, card: string): Promise<string | null> {
  const [task] = await stage.hub.db.rows<{ at: string | null }>(
    sql`select last_human_activity_at as at from tasks where id = ${hubId(stage.tool.adapter.tool, card)}`
  )
  return task?.at ?? null
}

async function said({ stage }: Company, card: string): Promise<string> {
  const state = await stage.life.look(card)
  return JSON.stringify(
    state?.comments.filter(({ id }) => !stage.life.comments.has(id)).map(({ id, text }) => [id, text])
  )
}

const TURNS = 20
const FIVE_MINUTES = 300_000

export const fixedAndBroken: Fault = {
  id: 'F37',
  title: 'a card is fixed and broken again twenty times in five minutes',
  needs: 'nothing',
  rounds: 10,
  short: 1,
  run: (rig, round) =>
    inCompany(rig, round, {}, async ({ stage, website }) => {
      const by = stage.life.people[0]!.id
      const [card] = (await stage.life.owe(website, 1)) as [string]
      const drained = await stage.drain()
      const standing = async () => {
        const state = await stage.life.look(card)
        return state?.comments.filter(({ id }) => !stage.life.comments.has(id)).map(({ id }) => id) ?? []
      }
      const [first] = await standing()
      const seen = new Set<string>()
      for (let turn = 0; turn < TURNS; turn++) {
        const fixed = turn % 2 === 0
        await stage.standIn.change(card, {
          by,
          assignees: fixed ? [by] : [],
          due: fixed ? { date: '2027-12-24' } : null
        })
        await stage.advance(FIVE_MINUTES / TURNS)
        await stage.hub.db.run(sql`update scopes set next_look_at = now()`)
        await stage.turns.turn()
        for (const id of await standing()) seen.add(id)
      }
      const wrong = [...drained.left]
      if (first === undefined) wrong.push('nothing was said at first')
      if (seen.size !== 1 || !seen.has(first ?? ''))
        wrong.push(`comments ${[...seen].join(', ')} stood there instead of ${first} alone`)
      return verdict(stage, { patienceMs: 90_000 }, wrong)
    })
}
