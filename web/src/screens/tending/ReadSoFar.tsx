/** What reading has brought so far beside cards: people, boards, columns, history. A tick once there is nothing more of it to come. */
import type { Progress } from '../../api/progress.ts'
import { Status } from '../../parts/Status.tsx'
import { tendingWords } from '../../words/tending.ts'
import styles from './tending.module.css'

const words = tendingWords.progress.parts

type Boards = Progress['projects']

/** `cards`: where nothing above says it already. */
export function ReadSoFar({ boards, people, cards }: { boards: Boards; people: number | null; cards?: string }) {
  const sum = (of: (board: Boards[number]) => number) => boards.reduce((total, board) => total + of(board), 0)
  const columns = sum((board) => board.columns)
  const events = sum((board) => board.events)
  const reads = boards.some(({ state }) => state === 'reading' || state === 'waiting')
  const parts: [name: string, said: string, here: boolean][] = [
    ...(people === null
      ? []
      : [[words.people, people === 0 ? words.notYet : words.found(people), people > 0] as const]),
    [words.boards, words.found(boards.length), true],
    [
      words.columns,
      columns === 0
        ? words.notYet
        : words.unmapped(
            columns,
            sum((board) => board.unmapped)
          ),
      columns > 0 && boards.every((board) => board.columns > 0 || board.state !== 'waiting')
    ],
    ...(cards === undefined ? [] : [[words.cards, cards, !reads] as const]),
    [words.history, events === 0 && reads ? words.next : words.entries(events), !reads]
  ].map(([name, said, here]) => [String(name), String(said), here === true])
  return (
    <ul className={styles.parts} aria-label={words.label}>
      {parts.map(([name, said, here]) => (
        <li key={name}>
          <Status kind={here ? 'fine' : 'unknown'}>
            <b>{name}</b>
          </Status>
          <span>{said}</span>
        </li>
      ))}
    </ul>
  )
}

/** Of these tools; null for readers who are not told. */
export const peopleIn = ({ people }: Progress, tools: ReadonlySet<string>): number | null =>
  people.length === 0 ? null : people.reduce((sum, one) => sum + (tools.has(one.tool) ? one.count : 0), 0)
