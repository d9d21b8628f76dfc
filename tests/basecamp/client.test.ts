/** Basecamp's own client, as it comes, works on the stand-in. */
import { expect, it } from 'vitest'
import { ACCOUNT, COLUMNS, OWN_ID, OWN_TOKEN, startAccount } from './account.ts'

interface Card {
  id: number
  title: string
}
interface Client {
  projects: { list(): Promise<{ name: string; dock?: { id: number; name: string }[] }[]> }
  cardTables: { get(table: number): Promise<{ lists?: { id: number; title: string }[] }> }
  cards: { list(column: number): Promise<Card[]> }
  comments: { create(recording: number, comment: { content: string }): Promise<{ content: string }> }
}

/** Its types come as sources that do not pass a strict compiler, so they are not looked at. */
const { createBasecampClient } = (await import(import.meta.resolve('@37signals/basecamp'))) as {
  createBasecampClient(options: { accountId: string; accessToken: string; baseUrl: string }): Client
}

it('an independent client lists projects, reads the cards of a column and posts a comment', async () => {
  await using account = await startAccount()
  const ana = await account.tool.person({ name: 'Ana Ribeiro' })
  const project = await account.tool.project({ name: 'Launch', columns: [...COLUMNS], members: [ana] })
  const tasks = await account.tool.tasks(
    Array.from({ length: 20 }, (_, index) => ({
      project: project.id,
      column: project.columns.Next!,
      title: `Card ${index + 1}`,
      assignees: [ana],
      due: { date: '2026-11-20' }
    }))
  )
  const client = createBasecampClient({
    accountId: ACCOUNT,
    accessToken: OWN_TOKEN,
    baseUrl: `${account.tool.url}/${ACCOUNT}`
  })
  const [launch] = await client.projects.list()
  expect(launch?.name).toBe('Launch')
  const dock = launch?.dock?.find(({ name }) => name === 'kanban_board')
  const table = await client.cardTables.get(dock!.id)
  const column = table.lists?.find(({ title }) => title === 'Next')
  const cards = await client.cards.list(column!.id)
  // Its pages are geared: fifteen, then the rest.
  expect(cards.map(({ title }) => title)).toEqual(tasks.map((_, index) => `Card ${index + 1}`))
  expect(cards[0]).toMatchObject({ due_on: '2026-11-20', completed: false, assignees: [{ name: 'Ana Ribeiro' }] })

  // The client itself rounds ids beyond 2^53; every other one is a number as it is.
  const exact = cards.findIndex((_, index) => BigInt(tasks[index]!) % 2n === 0n)
  expect(String(cards[exact]?.id)).toBe(tasks[exact])
  const comment = await client.comments.create(cards[exact]!.id, { content: '<div>Hello</div>' })
  expect(comment.content).toBe('<div>Hello</div>')
  expect(await account.tool.look(tasks[exact]!)).toMatchObject({
    comments: [{ author: OWN_ID, text: '<div>Hello</div>' }]
  })
})
