/** A hub connected to a stand-in Trello: the whole line up to notes, for tests of what comes after sync. */
import type { BoardExport } from '../../sandbox/trello/facts.ts'
import { channels } from '../../src/channels/index.ts'
import { local } from '../../src/cli/reach.ts'
import { connect } from '../../src/connections/connect.ts'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { setAlerts } from '../../src/operations/findings/alerts.ts'
import { choose } from '../../src/operations/projects/projects.ts'
import { sync } from '../../src/operations/sync/sync.ts'
import { deliverDue } from '../../src/outbox/outbox.ts'
import { testHub } from './hub.ts'
import { startTrello, type TrelloSandbox } from './sandbox.ts'

export interface Line extends AsyncDisposable {
  hub: Hub & { folder: string; url: string | null }
  trello: TrelloSandbox
  /** Hub ids of the boards, in the order given. */
  boards: string[]
  sync(options?: { sweep?: boolean }): Promise<void>
  alerts(on: boolean, board?: number): Promise<void>
  /** Delivers what is due; everything that waits for a later try is made due first when `again` is set. */
  deliver(again?: boolean): ReturnType<typeof deliverDue>
  /** Texts of all comments on a card, oldest first, read past the API. */
  comments(card: string): Promise<{ id: string; text: string }[]>
}

export async function startLine(boards: BoardExport[], env: Record<string, string> = {}): Promise<Line> {
  const trello = await startTrello()
  for (const board of boards) await trello.load(board)
  const hub = await testHub(env)
  const reach = local(hub)
  await connect(hub, {
    tool: 'trello',
    credentials: { key: trello.key, token: trello.token },
    baseUrl: `${trello.url}/1`
  })
  const ids = boards.map((board) => `trello:${board.id}`)
  await reach.call(choose, { projects: ids })
  return {
    hub,
    trello,
    boards: ids,
    async sync(options = {}) {
      const { failed } = await reach.call(sync, options)
      if (failed[0]) throw new Error(failed[0].message)
    },
    async alerts(on, board = 0) {
      await reach.call(setAlerts, { project: ids[board] as string, on })
    },
    async deliver(again = false) {
      if (again)
        await hub.db.run(
          sql`update outbox set due_at = now(), lease_until = case when state = 'sending' then now() - interval '1 second' end`
        )
      return deliverDue(hub, channels)
    },
    async comments(card) {
      const found: { id: string; date: string; text: string }[] = []
      for (const board of boards) {
        const { actions } = await trello.dump(String(board.id))
        for (const action of actions as unknown as {
          id: string
          type: string
          date: string
          data: { text: string; card?: { id: string } }
        }[]) {
          if (action.type === 'commentCard' && action.data.card?.id === card)
            found.push({ id: action.id, date: action.date, text: action.data.text })
        }
      }
      return found.sort((a, b) => (a.date + a.id < b.date + b.id ? -1 : 1)).map(({ id, text }) => ({ id, text }))
    },
    async [Symbol.asyncDispose]() {
      await hub.close()
      await trello.stop()
    }
  }
}
