/**
 * F9: the tool answers 200 and means no: errors inside GraphQL, a cursor that expired between two pages. F11: it answers
 * 200 with a login page. All become typed errors, the next look begins anew, and nothing is taken for gone.
 */
import { type Company, type Fault, inCompany, type Outcome, type Round, verdict } from '../rig/rig.ts'
import { sweptWhile } from '../rig/strike.ts'

const GRAPHQL = ['monday', 'linear'] as const
const json = { 'content-type': 'application/json' }

const MEANT = [
  {
    status: 200,
    headers: json,
    body: '{"errors":[{"message":"Internal error","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}'
  },
  { status: 200, headers: json, body: '{"data":null,"errors":[{"message":"no"}]}' },
  {
    status: 200,
    headers: json,
    body: '{"errors":[{"message":"expired","extensions":{"code":"CursorExpiredError","status_code":400}}]}'
  },
  { status: 200, headers: json, body: '{"data":{}}' }
]

export const errorsInside: Fault = {
  id: 'F9',
  title: 'GraphQL errors with status 200, and a cursor that expires between pages',
  needs: 'nothing',
  rounds: 10,
  run: (rig, round) => {
    const tool = GRAPHQL[round.number % GRAPHQL.length]!
    // A second page, for the cursor to be lost on.
    const paged = round.number % 5 === 4
    return inCompany(rig, { ...round, tool }, { cards: paged ? pageOf(tool) + 20 : 6 }, (company) =>
      meantOtherwise(company, round, paged)
    )
  }
}

const pageOf = (tool: (typeof GRAPHQL)[number]): number => (tool === 'monday' ? 500 : 250)

async function meantOtherwise(
  { stage, website }: Company,
  { random, number }: Round,
  paged: boolean
): Promise<Outcome> {
  const effect = MEANT[number % MEANT.length]!
  for (let deed = 0; deed < 3; deed++) await stage.life.deed(website, random)
  // On the second page where there is one; monday asks for it with another query.
  const { wrong, errors } = await sweptWhile(stage, { effect, nth: paged ? 2 : random.between(1, 2), times: 1 })
  const untyped = errors.filter((kind) => kind === 'internal')
  return verdict(stage, { nights: 1 }, [...wrong, ...untyped.map(() => `${effect.body} became no typed error`)])
}

export const loginPage: Fault = {
  id: 'F11',
  title: 'a login page with status 200',
  needs: 'nothing',
  rounds: 10,
  run: (rig, round) =>
    inCompany(rig, round, {}, async ({ stage, website }) => {
      for (let deed = 0; deed < 3; deed++) await stage.life.deed(website, round.random)
      const body = '<!doctype html><title>Log in</title><form method="post">'
      const effect = { status: 200, headers: { 'content-type': 'text/html' }, body }
      const { wrong, errors } = await sweptWhile(stage, { effect })
      if (!errors.includes('bad_response')) wrong.push(`the page became ${errors.join()} instead of bad_response`)
      return verdict(stage, {}, wrong)
    })
}
