/** What there is in the made-up Basecamp account: projects with card tables and to-do lists, people, cards, to-dos. No HTTP. */
import type { Clock } from '../kit/clock.ts'

export interface Person {
  id: string
  name: string
  email: string | null
  client: boolean
  /** What a mention is written with. */
  sgid: string
  created: number
}

/** A Basecamp project; the API calls it a bucket, too. */
export interface Bucket {
  id: string
  name: string
  status: Status
  created: number
  tables: Table[]
  todosetId: string
  lists: Todolist[]
  members: Set<string>
  clients: boolean
  /** Taken away from the hub's own account. */
  denied: boolean
  /** Its cards and to-dos, in the order in which they were made. */
  items: Item[]
}

export type Status = 'active' | 'archived' | 'trashed'

export interface Table {
  id: string
  title: string
  bucket: Bucket
  columns: Column[]
  created: number
  /** Switched on in the project's dock. */
  enabled: boolean
}

export interface Column {
  id: string
  title: string
  type: 'Kanban::Triage' | 'Kanban::NotNowColumn' | 'Kanban::Column' | 'Kanban::DoneColumn'
  table: Table
  /** The part of the column for cards that wait: a list with an id of its own. */
  onHold: string | null
  created: number
}

export interface Todolist {
  id: string
  title: string
  bucket: Bucket
  /** The list that this one is a group of. */
  group: Todolist | null
  created: number
}

export interface Step {
  id: string
  title: string
  completed: boolean
}

export interface Item {
  id: string
  /** Counts up: the order in which items were made. */
  order: number
  kind: 'card' | 'todo'
  bucket: Bucket
  /** Of a card; null for a to-do. */
  column: Column | null
  onHold: boolean
  /** Of a to-do; null for a card. */
  list: Todolist | null
  title: string
  /** HTML. */
  description: string
  status: Status
  due: string | null
  starts: string | null
  completion: { at: number; by: Person } | null
  creator: Person
  assignees: Person[]
  subscribers: Person[]
  steps: Step[]
  comments: Comment[]
  events: Deed[]
  created: number
  updated: number
  /** Moved to another project: the old id is gone. */
  gone: boolean
  /** Put into its JSON behind the tool's back. */
  spoilt: { set: Record<string, unknown>; drop: string[] } | null
}

export interface Comment {
  id: string
  item: Item
  creator: Person
  /** HTML, sanitised. */
  content: string
  status: Status
  created: number
  updated: number
}

/** Something somebody did: what a recording's events tell, and the account's feed of events. */
export interface Deed {
  id: string
  item: Item
  /** As `/recordings/{id}/events.json` calls it. */
  action: string
  /** As the feed calls it; null where the feed does not serve it. */
  feed: { type: string; kind: string; action: string; details?: Record<string, string> } | null
  /** Ids in `details` are ids, not words. */
  details: Record<string, string | string[]>
  by: Person
  at: number
}

/** Where a card or a to-do stands. */
export const placeOf = (item: Item): string =>
  item.column ? (item.onHold ? item.column.onHold! : item.column.id) : item.list!.id

export const ACCOUNT = '195539477'
export const OWN_ID = '1049715900'

export class World {
  readonly clock: Clock
  readonly people = new Map<string, Person>()
  readonly buckets = new Map<string, Bucket>()
  readonly tables = new Map<string, Table>()
  /** By the column's id and by that of its part on hold. */
  readonly columns = new Map<string, { column: Column; onHold: boolean }>()
  readonly lists = new Map<string, Todolist>()
  readonly items = new Map<string, Item>()
  readonly comments = new Map<string, Comment>()
  readonly deeds: Deed[] = []
  /** Grows with every change: what was worked out before holds while it stands. */
  version = 0
  /** Accounts of older generations may not have the feed of events. */
  hasFeed = true
  /** Nobody has seen whether the listing of recordings shows all of a card. */
  fullListing = true
  /** Address of the API with the account, as answers name it. */
  api: () => string = () => `https://3.basecampapi.com/${ACCOUNT}`
  #ids = 0

  constructor(clock: Clock) {
    this.clock = clock
    this.person('Throughline', 'throughline@larkfield.example', OWN_ID)
  }

  get own(): Person {
    return this.people.get(OWN_ID)!
  }

  /** What people write has ids beyond 2^53, as in the vendor's own samples; the rest is shorter. */
  id(kind: 'person' | 'bucket' | 'tool' | 'item' | 'event' | 'webhook'): string {
    this.#ids += 1
    const first = {
      person: 1049716000n,
      bucket: 2085958000n,
      tool: 1069479000n,
      event: 1052473000n,
      webhook: 1051369000n
    }
    return String((kind === 'item' ? 9007199254741000n : first[kind]) + BigInt(this.#ids))
  }

  /** Known by name: the same name again is the same person. */
  person(name: string, email: string | null, id?: string): Person {
    const known = [...this.people.values()].find((one) => one.name === name)
    if (known) {
      if (email !== null) known.email = email
      return known
    }
    const own = id ?? this.id('person')
    const sgid = `${Buffer.from(`gid://bc3/Person/${own}`).toString('base64')}--${own}`
    const person = { id: own, name, email, client: false, sgid, created: this.clock.now() }
    this.people.set(own, person)
    return person
  }

  addItem(item: Item): void {
    this.items.set(item.id, item)
    item.bucket.items.push(item)
    this.version += 1
  }

  touch(item: Item): void {
    item.updated = this.clock.now()
    this.version += 1
  }
}
