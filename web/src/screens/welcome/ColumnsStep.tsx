/** What the columns mean, board by board, while reading goes on beside it and first findings come in. */
import { Button, Skeleton } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useProgress } from '../../api/progress.ts'
import { change, get } from '../../api/query.ts'
import { done } from '../../parts/done.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { ToolTile } from '../../parts/Marks.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { Status, statusOfRule } from '../../parts/Status.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { words as common } from '../../words/en.ts'
import { tendingWords } from '../../words/tending.ts'
import { welcomeWords } from '../../words/welcome.ts'
import type { Project } from '../tending/BoardChoice.tsx'
import { Because, Meaning } from '../tending/Meaning.tsx'
import { Reading } from '../tending/Reading.tsx'
import { Asking } from './Asking.tsx'
import styles from './Welcome.module.css'

const words = welcomeWords.columns

export function ColumnsStep({ onBoards }: { onBoards: () => void }) {
  const progress = useProgress()
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery(get('/api/projects', { query: { chosen: 'true' } as never }))
  const [place, turn] = useState(0)
  // Those that need a word come first, and stay where they are while they get it.
  const boards = data?.projects ?? []
  const board = boards[Math.min(place, boards.length - 1)]
  const open = boards.reduce((sum, one) => sum + one.unmappedColumns, 0)
  const reading = progress?.state === 'reading'
  return (
    <Asking title={words.title} sub={words.sub(open)}>
      {error && <Failed what={tendingWords.boards.failed} error={error} again={refetch} />}
      {!data && !error && <Waiting rows={8} />}
      {data && !board && (
        <Empty
          title={words.noBoards}
          why={words.noBoardsWhy}
          action={<Button onClick={onBoards}>{words.choose}</Button>}
        />
      )}
      {board && (
        <div className={styles.wideHalf}>
          <div>
            <BoardColumns key={board.id} board={board} place={place} all={boards.length} />
            <div className={styles.bar}>
              {place > 0 && <Button onClick={() => turn(place - 1)}>{words.before}</Button>}
              {place < boards.length - 1 && <Button onClick={() => turn(place + 1)}>{words.next}</Button>}
            </div>
          </div>
          <div className={styles.side}>
            {progress && progress.projects.length > 0 && (
              <Sheet label={tendingWords.progress.title(progress.projects.length)}>
                <Reading progress={progress} />
              </Sheet>
            )}
            <FirstFindings reading={reading} />
            <div className={styles.bar}>
              <Button variant="filled" onClick={() => void navigate({ to: '/' })}>
                {words.finish}
              </Button>
              <Link to="/projects">{words.later}</Link>
            </div>
            <p className={styles.meta}>{words.off}</p>
          </div>
        </div>
      )}
    </Asking>
  )
}

function BoardColumns({ board, place, all }: { board: Project; place: number; all: number }) {
  const { data, error, refetch } = useQuery(get('/api/projects/{project}/columns', { path: { project: board.id } }))
  const set = useMutation(change('put', '/api/projects/{project}/columns/{column}'))
  const columns = data?.columns.filter(({ archived }) => !archived) ?? []
  const open = columns.filter(({ category }) => category === 'unmapped').length
  const { columns: say } = tendingWords
  return (
    <Sheet
      flush
      title={board.name}
      aside={words.board(place + 1, all)}
      actions={
        <>
          {open > 0 && <Status kind="waiting">{say.toChoose(open)}</Status>}
          <ToolTile tool={board.tool} />
        </>
      }
    >
      {error && <Failed what={say.failed} error={error} again={refetch} />}
      {!data && !error && <Waiting rows={6} />}
      {set.error && <Failed what={say.notSet(String(set.variables?.path.column))} error={set.error} />}
      {data && columns.length === 0 && <p className={styles.nothing}>{say.none}</p>}
      {columns.length > 0 && (
        <table className={styles.columns}>
          <thead>
            <tr>
              <th>{say.column}</th>
              <th data-number>{say.cards}</th>
              <th>{say.means}</th>
              <th>{say.because}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <tr key={column.id}>
                <th scope="row" title={column.name}>
                  {column.name}
                </th>
                <td data-number>{column.tasks}</td>
                <td data-means>
                  <Meaning
                    column={column}
                    onChoose={(category) =>
                      set.mutate(
                        { path: { project: board.id, column: column.id }, body: { category } },
                        { onSuccess: () => done(say.set(column.name, common.categories[category])) }
                      )
                    }
                  />
                </td>
                <td data-because>
                  <Because column={column} project={board.id} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Sheet>
  )
}

function FirstFindings({ reading }: { reading: boolean }) {
  const { data } = useQuery(get('/api/findings', { query: { limit: 6 } }))
  return (
    <Sheet flush title={words.first} aside={data && words.soFar(data.total)}>
      <ul className={styles.first}>
        {data?.findings.map(({ id, rule, title }) => (
          <li key={id}>
            <span title={title}>{title}</span>
            <Status kind={statusOfRule(rule)} quiet>
              {welcomeWords.rules[rule] ?? rule}
            </Status>
          </li>
        ))}
        {reading && (
          <li aria-hidden>
            <Skeleton height={10} width="70%" />
            <Skeleton height={10} width="45%" mt={6} />
          </li>
        )}
        {data?.total === 0 && <li>{reading ? words.noneYet : words.noneAtAll}</li>}
      </ul>
    </Sheet>
  )
}
