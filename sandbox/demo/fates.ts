/** How the cards of a board have fared. Days are working days: `since` before today, `due` after it (negative: past). */
import type { DemoBoard, Meaning } from './company.ts'

export interface Fate {
  meaning: Meaning
  /** Working days since it entered its list. */
  since: number
  due: number | null
  assigned: boolean
  comments: number
  /** How often its due date was put off. */
  postponed?: number
  /** Two people, in turn. */
  thread?: boolean
  archived?: boolean
  /** Stands in the archived list. */
  inArchivedList?: boolean
  role?: 'template' | 'separator'
}

/** Days on which work was finished: some in each of the last ten weeks, a little more in the last two. */
const FINISHED = [1, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 18, 21, 23, 26, 29, 33, 36, 40, 44, 48]

/** Most cards are well; each kind of trouble that the rules know occurs on every board. */
export function fates(board: DemoBoard): Fate[] {
  const has = (meaning: Meaning) => board.lists.some(([, own]) => own === meaning)
  const well = (meaning: Meaning, since: number, due: number | null): Fate => {
    return { meaning, since, due, assigned: true, comments: since % 3 }
  }
  return [
    ...FINISHED.map(
      (since, index): Fate => ({ ...well('done', since, index % 4 === 3 ? null : -since), comments: index % 3 })
    ),
    ...[1, 1, 2, 3, 3, 4, 4].map((since, index) => well('doing', since, 2 + index)),
    { ...well('doing', 9, null), comments: 7, thread: true },
    { ...well('doing', 12, 6), comments: 2 },
    { ...well('doing', 4, -3), comments: 1 },
    { ...well('doing', 3, 5), postponed: 3 },
    { ...well('doing', 2, 4), assigned: false },
    { ...well('doing', 2, null), comments: 0 },
    ...[2, 3, 5, 6, 8, 9].map((since, index) => well('todo', since, 3 + index * 2)),
    { ...well('todo', 7, null), comments: 0 },
    { ...well('todo', 5, 8), assigned: false },
    { ...well('todo', 11, -5), comments: 1 },
    { ...well('blocked', 2, 7), comments: 1 },
    { ...well('blocked', 7, 5), comments: 2 },
    ...(has('backlog')
      ? [4, 9, 15, 22, 30, 38].map((since): Fate => ({ ...well('backlog', since, null), assigned: false }))
      : []),
    { ...well('done', 28, -28), archived: true },
    { ...well('done', 35, null), archived: true },
    { ...well('todo', 31, null), archived: true },
    { ...well('todo', 46, null), inArchivedList: true },
    { ...well('todo', 47, null), inArchivedList: true, assigned: false },
    { ...well(has('backlog') ? 'backlog' : 'reference', 49, null), role: 'template', assigned: false, comments: 0 },
    { ...well('todo', 45, null), role: 'separator', assigned: false, comments: 0 }
  ]
}
