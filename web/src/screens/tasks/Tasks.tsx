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
import { GroupBy, GroupHead, keyOfGroup } from './Groups.tsx'
import { Nothing } from './Nothing.tsx'
import styles from './Tasks.module.css'
import { type Choice, useTaskList, type Way } from './useTaskList.ts'
import { type Group, isHead, isHere, type TaskRow, useWindows } from './useWindows.ts'
import { Views } from './Views.tsx'

export default function Tasks() {
  const { views, view, viewId, unknown, choice, sort, layout, way, folded, but, open, show } = useTaskList()
  const isTable = layout === 'table'
  const isFolded = useCallback((group: Group) => folded !== but.includes(keyOfGroup(group)), [folded, but])
  const list = useWindows({ choice, sort, way: isTable ? way : null, isFolded, enabled: view !== null })
  const total = views.data?.total ?? 0
  const onChoice = useCallback(
    (change: Partial<Choice>) => show({ view: viewId, open: null, ...change }),
    [show, viewId]
  )
  const onSort = useCallback((by: string) => show({ sort: by }), [show])
  const onView = (id: string) =>
    show({ view: id, filter: null, finding: null, search: null, sort: null, layout: null, open: null }, { add: true })
  const onFold = (group: Group) => {
    const key = keyOfGroup(group)
    show({ but: but.includes(key) ? but.filter((one) => one !== key) : [...but, key] })
  }
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
            {isTable && (
              <GroupBy
                way={way}
                folded={folded}
                onWay={(group) => show({ group, folded: false, but: [] })}
                onFold={(all) => show({ folded: all, but: [] })}
              />
            )}
          </Filters>
          {list.error ? (
            <Failed what={words.failed} error={list.error} again={list.again} />
          ) : !list.here ? (
            <Waiting rows={14} />
          ) : list.total === 0 && !list.loading ? (
            <Nothing choice={choice} total={total} onChoice={onChoice} onAll={() => onView('all')} />
          ) : isTable ? (
            <Table {...{ list, sort, way, choice, open, onSort, onOpen, onClose, onFold, onChoice }} />
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

/** A card stands in the list once in each of its groups. */
const keyOf = (row: TaskRow): string => (isHere(row) && row.group != null ? `${row.group} ${row.id}` : row.id)

interface TableProps {
  list: ReturnType<typeof useWindows>
  sort: ReturnType<typeof useTaskList>['sort']
  way: Way | null
  choice: Choice
  open: string | null
  onSort: (sort: string) => void
  onOpen: (id: string) => void
  onClose: () => void
  onFold: (group: Group) => void
  onChoice: (change: Partial<Choice>) => void
}

function Table({ list, sort, way, choice, open, onSort, onOpen, onClose, onFold, onChoice }: TableProps) {
  const heads = way && {
    of: (row: TaskRow) =>
      isHead(row)
        ? {
            content: <GroupHead way={way} group={row.head} choice={choice} onChoice={onChoice} />,
            expanded: row.expanded
          }
        : null,
    onFold: (row: TaskRow) => isHead(row) && onFold(row.head)
  }
  return (
    <div className={styles.table}>
      <DataTable
        label={words.title}
        columns={columns}
        rows={list.rows}
        total={way ? list.rows.length : list.total}
        keyOf={keyOf}
        {...(heads ? { heads } : {})}
        isOpen={(row) => row.id === open}
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
