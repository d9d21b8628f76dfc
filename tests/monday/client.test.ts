/** The vendor's own client, as it comes, on the stand-in. */
import { ApiClient } from '@mondaydotcomorg/api'
import { describe, expect, it } from 'vitest'
import { startStandIn } from '../helpers/standIn.ts'
import { project } from './opened.ts'

describe('The vendor’s client', () => {
  it('reads boards and items, writes a status, makes an item and posts an update', async () => {
    await using tool = await startStandIn('monday')
    const board = await project(tool)
    const task = await tool.task({ project: board.id, column: board.columns['To do']!, title: 'Read by another' })
    const client = new ApiClient({ token: 'sandbox-token', endpoint: `${tool.url}/v2`, apiVersion: '2026-10' })

    expect(await client.operations.getMeOp()).toMatchObject({
      me: { name: 'Throughline', email: 'throughline@larkfield.example' }
    })
    const { boards } = await client.operations.getBoardItemsOp({ ids: [board.id] })
    expect(boards?.[0]?.items_page.items).toMatchObject([{ id: task, name: 'Read by another' }])
    const status = boards?.[0]?.items_page.items[0]?.column_values.find(({ id }) => id === 'status')
    expect(JSON.parse(String(status?.value))).toMatchObject({ index: 5 })
    const groups = await client.operations.getBoardGroupsOp({ ids: [board.id] })
    expect(groups.boards?.[0]?.groups).toEqual([{ id: 'topics', title: 'Group Title' }])

    const value = JSON.stringify({ label: 'Done' })
    await client.operations.changeColumnValueOp({ boardId: board.id, itemId: task, columnId: 'status', value })
    expect((await tool.look(task))?.column).toBe(board.columns.Done)

    const posted = await client.request<{ create_update: { id: string } }>(
      'mutation ($item: ID!, $body: String!) { create_update(item_id: $item, body: $body) { id } }',
      { item: task, body: '<p>Hello</p>' }
    )
    expect((await tool.look(task))?.comments).toMatchObject([{ id: posted.create_update.id, text: '<p>Hello</p>' }])
  })

  it('is refused with a token nobody knows, and hears the vendor’s errors', async () => {
    await using tool = await startStandIn('monday')
    const stranger = new ApiClient({ token: 'nobody', endpoint: `${tool.url}/v2`, apiVersion: '2026-10' })
    await expect(stranger.operations.getMeOp()).rejects.toMatchObject({ response: { status: 401 } })
    const client = new ApiClient({ token: 'sandbox-token', endpoint: `${tool.url}/v2`, apiVersion: '2026-10' })
    await expect(client.request('mutation { delete_update(id: 1) { id } }')).rejects.toMatchObject({
      response: { errors: [{ extensions: { code: 'ResourceNotFoundException', status_code: 404 } }] }
    })
  })
})
