import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { change, get } from '../../api/query.ts'
import { Empty } from '../../parts/Empty.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { tendingWords } from '../../words/tending.ts'
import { welcomeWords } from '../../words/welcome.ts'
import { BoardChoice } from '../tending/BoardChoice.tsx'
import { Asking } from './Asking.tsx'
import styles from './Welcome.module.css'

const words = welcomeWords.boards

export function BoardsStep({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const { data, error, refetch } = useQuery(get('/api/projects'))
  const [ticked, tick] = useState<ReadonlySet<string> | null>(null)
  const save = useMutation({ ...change('put', '/api/projects/choice'), onSuccess: onDone })
  const chosen = ticked ?? new Set(data?.projects.filter((one) => one.chosen).map(({ id }) => id))
  return (
    <Asking title={words.title} sub={words.sub}>
      {error && <Failed what={tendingWords.boards.failed} error={error} again={refetch} />}
      {!data && !error && <Waiting rows={8} />}
      {data?.projects.length === 0 && (
        <Empty
          title={tendingWords.boards.empty}
          why={tendingWords.boards.emptyWhy}
          action={<Button onClick={onBack}>{words.back}</Button>}
        />
      )}
      {data && data.projects.length > 0 && (
        <>
          <Sheet flush label={words.title}>
            <BoardChoice projects={data.projects} chosen={chosen} onChoose={tick} />
          </Sheet>
          {save.error && <Failed what={tendingWords.boards.notSaved} error={save.error} />}
          <div className={styles.bar}>
            <Button
              variant="filled"
              disabled={chosen.size === 0}
              loading={save.isPending}
              onClick={() => save.mutate({ body: { projects: [...chosen] } })}
            >
              {words.go(chosen.size)}
            </Button>
            <Button onClick={onBack}>{words.back}</Button>
          </div>
        </>
      )}
    </Asking>
  )
}
