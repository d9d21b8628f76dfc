/** Tells one card's life: the card as it stands, and the actions that brought it there. */
import type { Row } from '../trello/facts.ts'
import { idAt } from '../trello/ids.ts'
import { during, workday } from './calendar.ts'
import type { Fate } from './fates.ts'

export interface Stage {
  now: Date
  random: () => number
  board: { id: string; name: string; shortLink: string }
  /** The lists from the first to the one where the card stands. */
  path: { id: string; name: string }[]
  people: Row[]
  /** Who works on it; the first one is assigned. */
  hands: Row[]
  labels: Row[]
  notes: readonly string[]
  number: number
  serial: (at: number) => string
}

/** The card, and its actions from the oldest on. */
export function tellStory(stage: Stage, title: string, fate: Fate): { card: Row; actions: Row[] } {
  const { now, random, board, path, hands, labels } = stage
  const entries = entriesOf(stage, fate)
  const born = entries[0]!
  const id = stage.serial(born)
  const shortLink = linkOf(id)
  const actions: Row[] = []
  const ref = { id, name: title, idShort: stage.number, shortLink }
  const author = hands[0]!
  let last = born
  const tell = (at: number, type: string, data: Row, by = author, extra: Row = {}) => {
    last = Math.max(last, at)
    actions.push({
      id: stage.serial(at),
      idMemberCreator: by.id,
      data: { card: ref, board, ...data },
      appCreator: null,
      type,
      date: new Date(at).toISOString(),
      limits: null,
      ...extra,
      memberCreator: by
    })
  }
  const update = (at: number, field: string, old: unknown, value: unknown, places: Row) =>
    tell(at, 'updateCard', { card: { ...ref, [field]: value }, old: { [field]: old }, ...places })

  tell(born + 400, 'createCard', { list: path[0] })
  if (fate.assigned) {
    const member = { id: author.id, name: author.fullName }
    tell(born + 90_000, 'addMemberToCard', { idMember: author.id, member }, author, { member: author })
  }
  const due = fate.due === null ? null : new Date(workday(now, -fate.due) + 16 * 3_600_000).toISOString()
  tellDue(fate, due, born, entries, (at, old, value) => update(at, 'due', old, value, { list: path[0] }), now)
  for (const [index, list] of path.entries()) {
    if (index === 0) continue
    const before = path[index - 1]!
    update(entries[index]!, 'idList', before.id, list.id, { listBefore: before, listAfter: list })
  }
  const here = path.at(-1)!
  const done = fate.meaning === 'done'
  if (done) update(entries.at(-1)! + 20_000, 'dueComplete', false, true, { list: here })
  for (let index = 0; index < fate.comments; index += 1) {
    const by = fate.thread ? hands[index % hands.length]! : hands[Math.floor(random() * hands.length)]!
    const text = stage.notes[(stage.number + index * 3) % stage.notes.length]!
    tell(commentAt(now, fate, index, entries.at(-1)!), 'commentCard', { text, textData: { emoji: {} }, list: here }, by)
  }
  const closedAt = fate.archived ? during(workday(now, Math.max(1, fate.since - 6)), 0.9) : null
  if (closedAt !== null) update(closedAt, 'closed', false, true, { list: here })

  const dateOf = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  const card: Row = {
    id,
    name: title,
    shortLink: undefined,
    idList: here.id,
    idShort: stage.number,
    pos: stage.number * 1024,
    desc:
      fate.meaning === 'backlog' || fate.role
        ? ''
        : `${stage.notes[stage.number % stage.notes.length]}\n\nAgreed with ${hands[1]?.fullName ?? author.fullName}.`,
    due,
    dueComplete: done,
    dateCompleted: done ? dateOf(entries.at(-1)! + 20_000) : null,
    closed: fate.archived === true,
    dateClosed: dateOf(closedAt),
    dateLastActivity: dateOf(last),
    idMembers: fate.assigned ? [author.id] : [],
    idMemberCreator: author.id,
    idLabels: labels.map((label) => label.id),
    isTemplate: fate.role === 'template',
    cardRole: fate.role === 'separator' ? 'separator' : null
  }
  return { card: withLink(card, shortLink, fate.comments), actions }
}

/** When it entered each list of its path, the last one `since` working days ago. */
function entriesOf({ now, random, path }: Stage, fate: Fate): number[] {
  const entries: number[] = []
  let ago = fate.since
  for (let left = path.length; left > 0; left -= 1) {
    entries.unshift(during(workday(now, ago), random()))
    ago += 1 + Math.floor(random() * 3)
  }
  return entries
}

/** The due date is set on the first day; a postponed one moves from earlier days to where it stands now. */
function tellDue(
  fate: Fate,
  due: string | null,
  born: number,
  entries: readonly number[],
  update: (at: number, old: string | null, value: string) => void,
  now: Date
): void {
  if (due === null) return
  const times = fate.postponed ?? 0
  let old: string | null = null
  for (let left = times; left >= 0; left -= 1) {
    const value = left === 0 ? due : new Date(workday(now, -(fate.due! - left * 3)) + 16 * 3_600_000).toISOString()
    const at = left === times ? born + 120_000 : during(workday(now, left + 1), 0.2 + left / 10)
    update(Math.max(at, entries[0]! + 120_000), old, value)
    old = value
  }
}

/** Comments come after the card entered its list, on the days since; a thread is the work of the last days. */
function commentAt(now: Date, fate: Fate, index: number, entered: number): number {
  const spread = fate.thread ? Math.max(1, 5 - Math.floor(index / 2)) : Math.max(1, fate.since - index)
  const at = during(workday(now, Math.min(spread, fate.since)), 0.5 + ((index * 7) % 40) / 100)
  return Math.max(at, entered + 600_000 * (index + 1))
}

/** Eight characters that the id always gives. */
function linkOf(id: string): string {
  return (BigInt(`0x${id.slice(8)}`) * 2654435761n + BigInt(`0x${id.slice(0, 8)}`))
    .toString(36)
    .padStart(8, '0')
    .slice(-8)
}

function withLink(card: Row, shortLink: string, comments: number): Row {
  const slug = String(card.name)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
  const { shortLink: _none, ...rest } = card
  return {
    ...rest,
    shortLink,
    shortUrl: `https://trello.com/c/${shortLink}`,
    url: `https://trello.com/c/${shortLink}/${card.idShort}-${slug}`,
    badges: {
      attachments: 0,
      checkItems: 0,
      checkItemsChecked: 0,
      comments,
      description: card.desc !== '',
      due: card.due,
      dueComplete: card.dueComplete,
      start: null
    }
  }
}

export const serialOf = (prefix: string): ((at: number) => string) => {
  let count = 0
  return (at) => {
    count += 1
    return idAt(at, prefix + count.toString(16).padStart(16 - prefix.length, '0'))
  }
}
