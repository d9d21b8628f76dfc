/** The log of changes: who, what, about what; the difference beside it. */
import { Button, Select } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { get, type Output, pages } from '../../api/query.ts'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { useUrl } from '../../parts/useUrl.ts'
import { Waiting } from '../../parts/Waiting.tsx'
import { When } from '../../parts/When.tsx'
import { changeWords, didWhat } from '../../words/changes.ts'
import { settingsWords } from '../../words/settings.ts'
import { ChangeDrawer } from './ChangeDrawer.tsx'
import styles from './Settings.module.css'

type Change = Output<'get', '/api/changes'>['changes'][number]

const words = settingsWords.changes
const START = { who: '', what: '', open: null as string | null }
const PAGE = 100

export function Changes() {
  const [{ who, what, open }, show] = useUrl(START)
  const query = { limit: PAGE, ...(who ? { who } : {}), ...(what ? { operation: what } : {}) }
  const read = useInfiniteQuery(
    pages('/api/changes', {
      first: { query },
      next: ({ changes }) => (changes.length < PAGE ? null : { before: changes.at(-1)?.id })
    })
  )
  const rows = useMemo(() => read.data?.pages.flatMap(({ changes }) => changes) ?? [], [read.data])
  const change = rows.find(({ id }) => String(id) === open)
  if (read.error) return <Failed what={words.failed} error={read.error} again={read.refetch} />
  return (
    <>
      <Filters who={who} what={what} show={show} />
      <Sheet label={words.list} flush>
        {!read.data ? (
          <Waiting rows={10} />
        ) : rows.length > 0 ? (
          <DataTable
            label={words.list}
            columns={COLUMNS}
            rows={rows}
            keyOf={({ id }) => String(id)}
            nameOf={({ operation }) => didWhat(operation)}
            open={open}
            onOpen={({ id }) => show({ open: String(id) }, { add: true })}
            onClose={() => show({ open: null })}
            onEnd={() => read.hasNextPage && !read.isFetching && void read.fetchNextPage()}
            loading={read.isFetching}
          />
        ) : who || what ? (
          <Empty
            title={words.noHit}
            why={words.noHitWhy}
            action={<Button onClick={() => show({ who: '', what: '' })}>{words.all}</Button>}
          />
        ) : (
          <Empty icon={<IconHistory />} title={words.empty} why={words.emptyWhy} />
        )}
      </Sheet>
      {change && <ChangeDrawer change={change} onClose={() => show({ open: null })} />}
    </>
  )
}

function Filters({
  who,
  what,
  show
}: {
  who: string
  what: string
  show: (change: { who?: string; what?: string; open?: null }) => void
}) {
  const users = useQuery(get('/api/users')).data?.users ?? []
  const names = [...new Set([...users.map(({ name }) => name), words.line, ...(who ? [who] : [])])]
  const done = Object.entries(changeWords).map(([value, label]) => ({ value, label }))
  return (
    <div className={styles.filters}>
      <Select
        aria-label={words.who}
        placeholder={words.whoAll}
        data={names}
        value={who || null}
        onChange={(name) => show({ who: name ?? '', open: null })}
        searchable
        clearable
        limit={50}
      />
      <Select
        aria-label={words.what}
        placeholder={words.whatAll}
        data={done.toSorted((a, b) => a.label.localeCompare(b.label))}
        value={what || null}
        onChange={(operation) => show({ what: operation ?? '', open: null })}
        searchable
        clearable
        w={280}
      />
    </div>
  )
}

const COLUMNS: readonly Column<Change>[] = [
  { id: 'at', head: words.heads.at, width: '160px', phone: 'end', cell: ({ at }) => <When at={at} /> },
  { id: 'who', head: words.heads.who, width: 'minmax(0, 2fr)', phone: 'below', cell: ({ who }) => who },
  {
    id: 'what',
    head: words.heads.what,
    width: 'minmax(0, 3fr)',
    phone: 'title',
    cell: ({ operation }) => didWhat(operation)
  },
  {
    id: 'about',
    head: words.heads.about,
    width: 'minmax(0, 3fr)',
    phone: 'below',
    cell: ({ subject }) => <span title={subject ?? undefined}>{subject}</span>
  },
  {
    id: 'via',
    head: words.heads.via,
    width: '140px',
    phone: 'hidden',
    cell: ({ via }) => <span className={styles.quiet}>{words.via[via]}</span>
  }
]
