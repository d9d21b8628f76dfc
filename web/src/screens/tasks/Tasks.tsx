/** Every card of every tool in one table or on one board; a view, filters and words choose which. All of it is in the address. */
import { Button, SegmentedControl } from '@mantine/core'
import { IconLayoutColumns, IconListDetails } from '@tabler/icons-react'
import { useCallback } from 'react'
import { DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Page } from '../../parts/Page.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { tasksWords as words } from '../../words/tasks.ts'
import { Board } from './Board.tsx'
import { Card } from './Card.tsx'
import { columns } from './columns.tsx'
import { Filters } from './Filters.tsx'
import { GroupBy, Groups } from './Groups.tsx'
import styles from './Tasks.module.css'
import { type Choice, useTaskList } from './useTaskList.ts'
import { isHere, type TaskRow, useWindows } from './useWindows.ts'
import { Views } from './Views.tsx'

export default function Tasks() {
  const { views, view, viewId, unknown, choice, sort, layout, group, open, show } = useTaskList()
  const isTable = layout === 'table'
  const list = useWindows(choice, sort, view !== null)
  const total = views.data?.total ?? 0
  const onChoice = useCallback(
    (change: Partial<Choice>) => show({ view: viewId, open: null, ...change }),
    [show, viewId]
  )
  const onSort = useCallback((by: string) => show({ sort: by }), [show])
  const onView = (id: string) =>
    show({ view: id, filter: null, finding: null, search: null, sort: null, layout: null, open: null }, { add: true })
  const onOpen = (id: string) => show({ open: id }, { add: open === null })
  const onClose = () => show({ open: null })
  return (
    <Page
      wide
      title={words.title}
      sub={list.here && views.data ? words.counted(list.total, total) : undefined}
      actions={
        <SegmentedControl
          aria-label={words.layout}
          value={layout}
          onChange={(value) => show({ layout: value })}
          data={[
            { value: 'table', label: <Label icon={<IconListDetails aria-hidden />} text={words.table} /> },
            { value: 'board', label: <Label icon={<IconLayoutColumns aria-hidden />} text={words.board} /> }
          ]}
        />
      }
      panel={open !== null && <Card key="card" id={open} onClose={onClose} />}
    >
      {views.error && !views.data && <Failed what={words.viewsFailed} error={views.error} again={views.refetch} />}
      {views.data && (
        <Views
          views={views.data.views}
          total={total}
          current={viewId}
          now={{ ...choice, sort: sort.by, down: sort.down, layout }}
          onView={onView}
        />
      )}
      {unknown ? (
        <Empty title={words.empty.title} why={words.empty.why(total)} action={<All onView={onView} />} />
      ) : (
        <>
          <Filters choice={choice} sort={sort} onChoice={onChoice} onSort={onSort}>
            <GroupBy by={group} onBy={(by) => show({ group: by })} />
          </Filters>
          <Groups choice={choice} by={group} onChoice={onChoice} />
          {list.error ? (
            <Failed what={words.failed} error={list.error} again={list.again} />
          ) : !list.here ? (
            <Waiting rows={14} />
          ) : list.total === 0 && !list.loading ? (
            <Nothing total={total} onView={onView} />
          ) : isTable ? (
            <Table {...{ list, sort, open, onSort, onOpen, onClose }} />
          ) : (
            <Board choice={choice} sort={sort} open={open} onOpen={onOpen} />
          )}
        </>
      )}
    </Page>
  )
}

const Label = ({ icon, text }: { icon: React.ReactNode; text: string }) => (
  <span className={styles.label}>
    {icon}
    {text}
  </span>
)

const All = ({ onView }: { onView: (id: string) => void }) => (
  <Button onClick={() => onView('all')}>{words.empty.action}</Button>
)

const Nothing = ({ total, onView }: { total: number; onView: (id: string) => void }) =>
  total === 0 ? (
    <Empty title={words.empty.none} why={words.empty.noneWhy} />
  ) : (
    <Empty title={words.empty.title} why={words.empty.why(total)} action={<All onView={onView} />} />
  )

interface TableProps {
  list: ReturnType<typeof useWindows>
  sort: ReturnType<typeof useTaskList>['sort']
  open: string | null
  onSort: (sort: string) => void
  onOpen: (id: string) => void
  onClose: () => void
}

function Table({ list, sort, open, onSort, onOpen, onClose }: TableProps) {
  return (
    <div className={styles.table}>
      <DataTable
        label={words.title}
        columns={columns}
        rows={list.rows}
        total={list.total}
        keyOf={(row: TaskRow) => row.id}
        nameOf={(row: TaskRow) => (isHere(row) ? row.title : '')}
        open={open}
        onOpen={(row) => isHere(row) && onOpen(row.id)}
        onClose={onClose}
        sort={sort}
        onSort={(by) => onSort(sort.by === by && !sort.down ? `-${by}` : by)}
        onRange={list.onRange}
        loading={list.loading}
      />
      <p className={styles.foot}>
        {words.foot}{' '}
        <span className={styles.keys}>
          {words.keys.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}{' '}
          {words.footKeys.move} <kbd>{words.footKeys.enter}</kbd> {words.footKeys.opens}{' '}
          <kbd>{words.footKeys.slash}</kbd> {words.footKeys.searches}
        </span>
      </p>
    </div>
  )
}
