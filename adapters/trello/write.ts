/** What the hub changes on a card, beyond comments. */
import { read, type Session } from '../../src/adapter.ts'
import type { Api } from './api.ts'
import * as raw from './raw.ts'

type Attempt = <T>(write: () => Promise<T>) => Promise<T>

export const writes = (api: Api, attempt: Attempt): NonNullable<Session['write']> => ({
  move: (task, column) => attempt(async () => void (await api.changeCard(task, { idList: column }))),
  due: (task, due) => attempt(async () => void (await api.changeCard(task, { due: due && instant(due) }))),
  assign: (task, { add, remove }) =>
    attempt(async () => {
      // One by one: setting the whole list would undo what somebody else does meanwhile.
      const there = new Set(read(raw.Card, await api.card(task)).idMembers)
      for (const member of add) if (!there.has(member)) await api.addMember(task, member)
      for (const member of remove) if (there.has(member)) await api.removeMember(task, member)
    }),
  create: (_project, { title, description, column, assignees, due }) =>
    attempt(async () => {
      const card = {
        name: title,
        desc: description,
        idList: column,
        ...(assignees.length > 0 ? { idMembers: assignees.join(',') } : {}),
        ...(due ? { due: instant(due) } : {})
      }
      return read(raw.Card, await api.createCard(card)).id
    })
})

/** Trello knows no day without a time: noon, so that it is the same day in nearly every zone. */
const instant = (due: { date: string } | { at: string }): string => ('at' in due ? due.at : `${due.date}T12:00:00.000Z`)
