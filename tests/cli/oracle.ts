/**
 * What `check` should say of a board export, worked out in plain JavaScript from the raw file: no database, no schema, no
 * code of the hub. Only what each column means is taken as given.
 */
interface Raw {
  id: string
  [key: string]: unknown
}
interface Card extends Raw {
  idList: string
  name: string
  due: string | null
  dueComplete?: boolean
  closed: boolean
  idMembers: string[]
  labels: { name: string }[]
  isTemplate?: boolean
  cardRole?: string | null
  dateLastActivity: string
}
interface Action extends Raw {
  type: string
  date: string
  data: {
    card?: { id: string; idList?: string }
    list?: Raw
    listBefore?: Raw
    listAfter?: Raw
    old?: Record<string, unknown>
  }
}
export interface RawBoard {
  closed?: boolean
  lists: (Raw & { closed: boolean; name: string })[]
  cards: Card[]
  actions?: Action[]
}

export interface Expected {
  tasks: number
  openTasks: number
  tasksByColumn: Record<string, number>
  /** `rule task since evidence`, sorted. */
  findings: string[]
}

const ARRIVALS = ['createCard', 'copyCard', 'emailCard', 'convertToCardFromCheckItem', 'moveCardToBoard']

export function expectedOf(board: RawBoard, categories: Map<string, string>, now: string, zone: string): Expected {
  const lists = new Map(board.lists.map((list) => [list.id, list]))
  const actions = [...(board.actions ?? [])].sort((a, b) => (a.date + a.id < b.date + b.id ? -1 : 1))
  const history = actions[0]?.date ?? null
  const tasks = board.cards.filter((card) => !card.isTemplate && !['separator', 'mirror'].includes(card.cardRole ?? ''))
  const isOpen = (card: Card) => !card.closed && !lists.get(card.idList)?.closed && !board.closed
  const findings: string[] = []
  const cutoff = staleCutoff(now, zone)
  for (const card of tasks) {
    const category = card.dueComplete ? 'done' : categories.get(card.idList)
    if (!isOpen(card) || card.labels.some(({ name }) => name.toLowerCase() === 'no-alerts')) continue
    const looked = (list: string | undefined) => ['todo', 'doing', 'blocked'].includes(categories.get(list ?? '') ?? '')
    const own = actions.filter(({ data }) => data.card?.id === card.id)
    const arrivals = own.flatMap(
      ({ type, date, data }): { date: string; from: string | undefined; to: string | undefined }[] => {
        if (ARRIVALS.includes(type)) return [{ date, from: undefined, to: data.list?.id }]
        if (type === 'updateCard' && data.old && 'idList' in data.old) {
          return [
            { date, from: data.listBefore?.id ?? String(data.old.idList), to: data.listAfter?.id ?? data.card?.idList }
          ]
        }
        return []
      }
    )
    const created = new Date(Number.parseInt(card.id.slice(0, 8), 16) * 1000).toISOString()
    const bound = later(created, history ?? card.dateLastActivity)
    const found = (rule: string, since: string, evidence: object) =>
      findings.push(`${rule} trello:${card.id} ${since} ${JSON.stringify(evidence, Object.keys(evidence).sort())}`)

    if (category && ['todo', 'doing', 'blocked'].includes(category)) {
      // The last stretch without a break in columns that the rule looks at.
      const breakAt = arrivals.findLastIndex(({ to }) => !looked(to))
      const entered = arrivals[breakAt + 1]
      const since = entered && !looked(entered.from) ? entered.date : bound
      if (card.due === null) {
        const removed = own.findLast(({ type, data }) => type === 'updateCard' && data.old && 'due' in data.old)
        found('missing-deadline', since, removed ? { removedAt: removed.date } : {})
      }
      if (card.idMembers.length === 0) found('no-assignee', since, {})
    }
    if (category && ['backlog', 'todo', 'doing', 'blocked'].includes(category) && card.due !== null && card.due < now) {
      found('overdue', card.due, { dueAt: card.due, dueIsDate: false, workingDays: workingDays(card.due, now, zone) })
    }
    if (category === 'doing') {
      const last = arrivals.at(-1)
      const here = last?.to === card.idList
      const enteredAt = here && last ? last.date : later(bound, last?.date ?? bound)
      if (dateIn(enteredAt, zone) < cutoff) {
        const evidence = {
          column: lists.get(card.idList)?.name,
          enteredAt,
          known: here ? 'reported' : 'at_least',
          limit: 5
        }
        found('stale-doing', enteredAt, { ...evidence, workingDays: workingDays(enteredAt, now, zone) })
      }
    }
  }
  return {
    tasks: tasks.length,
    openTasks: tasks.filter(isOpen).length,
    tasksByColumn: Object.fromEntries(
      board.lists.map(({ id }) => [id, tasks.filter(({ idList }) => idList === id).length])
    ),
    findings: findings.sort()
  }
}

const later = (a: string, b: string): string => (a > b ? a : b)

/** `2026-11-16` in the zone. */
const dateIn = (instant: string, zone: string): string =>
  new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short' }).format(new Date(instant))

const hourIn = (instant: string, zone: string): number =>
  Number(new Intl.DateTimeFormat('en', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' }).format(new Date(instant)))

const shift = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

const isWeekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())

/** Today counts from nine in the morning. */
const lastBegun = (now: string, zone: string): string => {
  const today = dateIn(now, zone)
  return hourIn(now, zone) >= 9 ? today : shift(today, -1)
}

/** Monday-to-Friday dates after the first one, up to and including today. */
function workingDays(since: string, now: string, zone: string): number {
  const today = lastBegun(now, zone)
  let days = 0
  for (let date = shift(dateIn(since, zone), 1); date <= today; date = shift(date, 1)) if (!isWeekend(date)) days++
  return days
}

/** Entered on a date before this one: more than five working days ago. */
function staleCutoff(now: string, zone: string): string {
  let date = lastBegun(now, zone)
  for (let left = 5; left > 0 || isWeekend(date); date = shift(date, -1)) if (!isWeekend(date)) left--
  return date
}
