/** The findings themselves, page after page as one goes down. */
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { type Output, pages } from '../../api/query.ts'
import { DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { When } from '../../parts/When.tsx'
import { findingsWords as words } from '../../words/findings.ts'
import { ruleName } from '../../words/tasks.ts'
import { closedColumns, openColumns } from './columns.tsx'
import styles from './Findings.module.css'
import type { Chosen } from './Findings.tsx'

export type Finding = Output<'get', '/api/findings'>['findings'][number]

const PAGE = 100

interface FindingListProps {
  chosen: Chosen
  state: 'open' | 'closed'
  /** Open cards that rules look at. */
  looked: number
  lastClosed: string | null
  open: string | null
  onOpen: (finding: Finding) => void
  onClose: () => void
  onAll: () => void
}

export function FindingList({ chosen, state, looked, lastClosed, open, onOpen, onClose, onAll }: FindingListProps) {
  const list = useInfiniteQuery(pagesOf(chosen, state))
  const rows = useMemo(() => list.data?.pages.flatMap(({ findings }) => findings) ?? [], [list.data])
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = list
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, hasNextPage, isFetchingNextPage])
  const total = list.data?.pages[0]?.total ?? 0
  if (list.error && !list.data) return <Failed what={words.failed} error={list.error} again={list.refetch} />
  if (!list.data) return <Waiting rows={12} />
  if (total === 0) return <Nothing {...{ chosen, state, looked, lastClosed, onAll }} />
  return (
    <div className={styles.list}>
      <DataTable
        label={words.title}
        columns={state === 'open' ? openColumns : closedColumns}
        rows={rows}
        total={total}
        keyOf={({ id }) => String(id)}
        nameOf={({ title, rule }) => words.of(title, ruleName(rule))}
        open={open}
        onOpen={onOpen}
        onClose={onClose}
        onEnd={onEnd}
        loading={list.isFetching}
      />
    </div>
  )
}

const pagesOf = (chosen: Chosen, state: 'open' | 'closed') =>
  pages('/api/findings', {
    // The reason comes from an address; the hub refuses one it does not know.
    first: { query: { ...(chosen as { reason?: 'fixed' }), state, limit: PAGE } },
    next: ({ next }) => (next === null ? null : { offset: next })
  })

type NothingProps = Pick<FindingListProps, 'chosen' | 'state' | 'looked' | 'lastClosed' | 'onAll'>

function Nothing({ chosen, state, looked, lastClosed, onAll }: NothingProps) {
  if (Object.keys(chosen).length > 0)
    return (
      <Empty
        title={words.empty.group}
        why={words.empty.groupWhy}
        action={<Button onClick={onAll}>{words.empty.all}</Button>}
      />
    )
  if (state === 'closed') return <Empty title={words.empty.closed} why={words.empty.closedWhy} />
  return (
    <Empty
      title={words.empty.open}
      why={words.empty.openWhy(looked)}
      fresh={
        lastClosed && (
          <>
            {words.empty.lastClosed} <When at={lastClosed} />.
          </>
        )
      }
    />
  )
}
