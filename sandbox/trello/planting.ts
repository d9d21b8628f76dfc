/**
 * The words all stand-ins share, played as people use Trello: through the API, each in their own name, so that history
 * and webhooks are what the real thing would make of it.
 */
import type { Due, PlantField, Planting, TaskChange } from '../kit/plant.ts'
import { DEFAULT_ACCOUNT, keepAccount } from './accounts.ts'
import type { Api } from './api.ts'
import type { CardEntry, Row } from './facts.ts'
import type { World } from './world.ts'

export function createPlanting(world: World, api: Api): Planting {
  /** A call in someone's name; the hub's own account where nobody is named. */
  async function call<T = Row>(by: string | undefined, method: string, path: string, body: Row = {}): Promise<T> {
    const token = by === undefined || by === DEFAULT_ACCOUNT.member.id ? DEFAULT_ACCOUNT.token : `person ${by}`
    const { reply } = await api.answer(
      {
        method,
        path,
        query: new URLSearchParams(),
        authorization: `OAuth oauth_consumer_key="${DEFAULT_ACCOUNT.key}", oauth_token="${token}"`,
        client: '',
        contentType: 'application/json',
        body: JSON.stringify(body)
      },
      api.match(method, path)
    )
    if (reply.status !== 200) throw new Error(`${method} ${path}: ${reply.status} ${reply.body}`)
    return JSON.parse(reply.body) as T
  }

  function cardOf(id: string): CardEntry {
    const card = world.findCard(id)
    if (!card) throw new Error(`no card ${id}`)
    return card
  }

  async function setField(card: string, project: string, field: PlantField): Promise<void> {
    const board = world.board(project)
    let known = [...board.customFields.values()].find((one) => one.name === field.name)
    if (!known) {
      const type = field.type === 'choice' ? 'list' : field.type
      known = {
        id: world.newId(),
        idModel: project,
        modelType: 'board',
        fieldGroup: '',
        name: field.name,
        type,
        pos: 1
      }
      if (type === 'list') known.options = []
      board.customFields.set(known.id, known)
    }
    const key = { text: 'text', number: 'number', date: 'date', checkbox: 'checked' }[field.type as 'text']
    const path = `/cards/${card}/customField/${known.id}/item`
    if (field.type !== 'choice')
      return void (await call(undefined, 'PUT', path, { value: { [key]: String(field.value) } }))
    const options = known.options as { id: string; value: { text: string } }[]
    let option = options.find((one) => one.value.text === field.value)
    if (!option) {
      option = { id: world.newId(), value: { text: String(field.value) } }
      options.push(option)
    }
    await call(undefined, 'PUT', path, { idValue: option.id })
  }

  function label(project: string, name: string): string {
    const board = world.board(project)
    const known = [...board.labels.values()].find((one) => one.name === name)
    if (known) return known.id
    const made = { id: world.newId(), idBoard: project, name, color: 'green' }
    world.addLabel(board, made)
    return made.id
  }

  const planting: Planting = {
    person({ name }) {
      const username = name.toLowerCase().replace(/[^a-z0-9]/g, '') || `person${world.members.size}`
      const known = [...world.members.values()].find((member) => member.fullName === name)
      const id = known?.id ?? world.newId()
      keepAccount(world, {
        key: DEFAULT_ACCOUNT.key,
        token: `person ${id}`,
        app: null,
        joins: false,
        member: { id, fullName: name, username }
      })
      return { id }
    },

    project({ name, columns, members = [], archived = false }) {
      const id = world.newId()
      const lists = columns.map((column) => ({ id: world.newId(), name: column.name }))
      const board = world.load({ id, name, lists, closed: archived, prefs: { permissionLevel: 'private' } })
      for (const member of members) world.join(board, member)
      return { id, columns: Object.fromEntries(lists.map((list) => [list.name, list.id])) }
    },

    async task(draft) {
      const { project, column, title, by } = draft
      const { id } = await call<{ id: string }>(by, 'POST', '/cards', {
        idList: column,
        name: title,
        desc: draft.description ?? '',
        pos: (world.board(project).lastShort + 1) * 65_536,
        ...(draft.due ? { due: instant(draft.due) } : {}),
        ...(draft.start ? { start: instant(draft.start) } : {}),
        ...(draft.assignees ? { idMembers: draft.assignees.join(',') } : {}),
        ...(draft.labels ? { idLabels: draft.labels.map((one) => label(project, one)).join(',') } : {})
      })
      const card = cardOf(id)
      if (draft.checklist) {
        const { done, total } = draft.checklist
        const checkItems = Array.from({ length: total }, (_, index) => ({
          id: world.newId(),
          name: `Step ${index + 1}`,
          state: index < done ? 'complete' : 'incomplete'
        }))
        card.checklists = [{ id: world.newId(), idCard: id, idBoard: project, name: 'Checklist', checkItems }]
        card.facts.badges = { ...(card.facts.badges as Row), checkItems: total, checkItemsChecked: done }
      }
      for (const field of draft.fields ?? []) await setField(id, project, field)
      if (draft.archived) await call(by, 'PUT', `/cards/${id}`, { closed: true })
      return { id }
    },

    async change(task, change) {
      const path = `/cards/${task}`
      const { by } = change
      if (change.deleted) return void (await call(by, 'DELETE', path))
      const body = changes(change)
      if (Object.keys(body).length > 0) await call(by, 'PUT', path, body)
    },

    async comment(task, { by, text }) {
      const { id } = await call<{ id: string }>(by, 'POST', `/cards/${task}/actions/comments`, { text })
      return { id }
    },

    look(task) {
      const card = world.findCard(task)
      if (!card) return null
      const { id, idBoard, idList, name, due, idMembers, dueComplete, closed } = card.facts
      const comments = (world.actionsOfCard.get(id) ?? []).filter(({ facts }) => facts.type === 'commentCard')
      return {
        id,
        project: idBoard,
        column: idList,
        title: name,
        due: typeof due === 'string' ? { at: due } : null,
        assignees: idMembers,
        completed: dueComplete === true,
        state: closed ? 'archived' : 'present',
        comments: comments.map(({ facts }) => ({
          id: facts.id,
          author: facts.idMemberCreator,
          text: String(facts.data.text),
          at: facts.date
        }))
      }
    },

    spoil(task, { set = {}, drop = [] }) {
      const card = cardOf(task)
      Object.assign(card.facts, set)
      for (const key of drop) delete card.facts[key]
      card.texts.clear()
    },

    access(project, allowed) {
      world.setAccess(world.board(project), DEFAULT_ACCOUNT.member.id, allowed)
    }
  }
  return planting
}

function changes(change: TaskChange): Row {
  const body: Row = {}
  if (change.title !== undefined) body.name = change.title
  if (change.description !== undefined) body.desc = change.description
  if (change.column !== undefined) body.idList = change.column
  if (change.due !== undefined) body.due = change.due === null ? null : instant(change.due)
  if (change.assignees !== undefined) body.idMembers = change.assignees.join(',')
  if (change.completed !== undefined) body.dueComplete = change.completed
  if (change.archived !== undefined) body.closed = change.archived
  if (change.move) Object.assign(body, { idBoard: change.move.project, idList: change.move.column })
  return body
}

const instant = (due: Due): string => new Date('at' in due ? due.at : due.date).toISOString()
