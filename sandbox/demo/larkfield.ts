/**
 * Three Trello boards of the demo company with about ten weeks of history before `now`. The same `now` always gives the
 * same boards; the actions agree with the cards, and nothing happens outside working time or after `now`.
 */
import type { BoardExport, Row } from '../trello/facts.ts'
import { fillMember } from '../trello/fill.ts'
import { personOf } from '../trello/history.ts'
import { idAt } from '../trello/ids.ts'
import { seeded, workday } from './calendar.ts'
import { BOARDS, type DemoBoard, type Meaning, PEOPLE } from './company.ts'
import { type Fate, fates } from './fates.ts'
import { serialOf, tellStory } from './story.ts'

/** The company is older than any story told here. */
const FOUNDED = Date.UTC(2024, 0, 8, 9)
const WORKSPACE = idAt(FOUNDED, 'de30000000000001')
const STORY_POINTS = [1, 2, 3, 5, 8]

const id = (kind: number, board: number, index: number): string =>
  idAt(FOUNDED, `de3${kind}${board.toString(16).padStart(4, '0')}${index.toString(16).padStart(8, '0')}`)

export function demoBoards(now: Date): BoardExport[] {
  return BOARDS.map((board, index) => demoBoard(board, index, now))
}

/** What each list of the demo means, by its id: for a demo that does not want to ask. */
export function demoCategories(): Record<string, Meaning> {
  return Object.fromEntries(
    BOARDS.flatMap((board, number) => board.lists.map(([, meaning], index) => [id(2, number, index), meaning]))
  )
}

function demoBoard(board: DemoBoard, number: number, now: Date): BoardExport {
  const random = seeded(0x1a4f + number)
  const people: Row[] = PEOPLE.map((fullName, index) =>
    fillMember({ id: id(1, 0, index), fullName, username: plain(fullName), memberType: 'normal', confirmed: true })
  )
  const persons = people.map((person) => personOf(person as Parameters<typeof personOf>[0]))
  const lists: Row[] = [...board.lists, [board.archivedList, 'todo'] as const].map(([name], index) => ({
    id: id(2, number, index),
    name,
    closed: index === board.lists.length,
    pos: (index + 1) * 65_536
  }))
  const labels: Row[] = board.labels.map(([name, color], index) => ({ id: id(3, number, index), name, color, uses: 0 }))
  const own = { id: id(4, number, 0), name: board.name, shortLink: `Lark000${number + 1}` }
  const points: Row = { id: id(5, number, 0), name: 'Points', type: 'number' }
  const serial = serialOf(`de3${number + 1}`)

  const cards: Row[] = []
  const actions: Row[] = []
  for (const [index, fate] of fates(board).entries()) {
    const from = board.team[index % board.team.length]!
    const second = board.team[(index + 1) % board.team.length]!
    // `no-alerts` would silence the rules, so no card wears it from the start.
    const chosen = labels.filter(({ name }) => name !== 'no-alerts')
    const story = tellStory(
      {
        now,
        random,
        board: own,
        path: pathTo(board, lists, fate, random),
        people: persons,
        hands: [persons[from]!, persons[second]!],
        labels: fate.role ? [] : [chosen[index % chosen.length]!],
        notes: board.notes,
        number: index + 1,
        serial
      },
      titleOf(board, fate, index, random),
      fate
    )
    if (board.points && !fate.role && random() < 0.85)
      story.card.customFieldItems = [pointsOf(story.card, points, serial, random)]
    cards.push(story.card)
    actions.push(...story.actions)
  }
  actions.sort((a, b) => (String(a.date) < String(b.date) ? 1 : -1))
  const members = board.team.map((index) => people[index]!)
  return {
    ...own,
    desc: board.desc,
    closed: false,
    idOrganization: WORKSPACE,
    idMemberCreator: id(1, 0, 0),
    dateLastActivity: String(actions[0]?.date ?? new Date(workday(now, 1)).toISOString()),
    url: `https://trello.com/b/${own.shortLink}/${plain(board.name)}`,
    shortUrl: `https://trello.com/b/${own.shortLink}`,
    prefs: { permissionLevel: 'org', comments: 'members', voting: 'disabled', isTemplate: false },
    organization: { id: WORKSPACE, name: 'larkfield', displayName: 'Larkfield', url: 'https://trello.com/w/larkfield' },
    lists,
    labels,
    members,
    memberships: members.map((member, index) => ({
      id: id(6, number, index),
      idMember: member.id,
      memberType: index === 0 ? 'admin' : 'normal',
      unconfirmed: false,
      deactivated: false
    })),
    customFields: board.points ? [points] : [],
    cards,
    actions
  }
}

/** From the first list of work to where the card stands; what never was in work was made there. */
function pathTo(board: DemoBoard, lists: readonly Row[], fate: Fate, random: () => number) {
  const ref = (index: number) => ({ id: String(lists[index]!.id), name: String(lists[index]!.name) })
  if (fate.inArchivedList) return [ref(board.lists.length)]
  const places = board.lists.flatMap(([, meaning], index) => (meaning === fate.meaning ? [index] : []))
  const target = places[Math.floor(random() * places.length)]!
  const first = board.lists.findIndex(([, meaning]) => meaning === 'todo')
  if (target <= first) return [ref(target)]
  const passed = board.lists.flatMap(([, meaning], index) =>
    index >= first && index < target && (meaning === 'todo' || meaning === 'doing') ? [index] : []
  )
  return [...passed, target].map(ref)
}

function titleOf(board: DemoBoard, fate: Fate, index: number, random: () => number): string {
  if (fate.role === 'template') return board.template
  if (fate.role === 'separator') return board.separator
  const round = Math.floor(index / board.titles.length)
  // A step that no title divides visits them all, so that neighbours differ in client and topic.
  const title = board.titles[(index * 7 + round) % board.titles.length]!
  return round === 0 ? title : `${title}, ${random() < 0.5 ? 'follow-up' : 'part two'}`
}

function pointsOf(card: Row, field: Row, serial: (at: number) => string, random: () => number): Row {
  const value = { number: String(STORY_POINTS[Math.floor(random() * STORY_POINTS.length)]) }
  const made = Number.parseInt(String(card.id).slice(0, 8), 16) * 1000
  return { id: serial(made), value, idCustomField: field.id, idModel: card.id, modelType: 'card' }
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
