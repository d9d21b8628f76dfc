/** The columns of the table of findings: open ones say since when, closed ones when and why. */
import { CategoryChip } from '../../parts/Category.tsx'
import type { Column } from '../../parts/DataTable.tsx'
import { PersonAvatar, ToolTile } from '../../parts/Marks.tsx'
import { Status, statusOfRule } from '../../parts/Status.tsx'
import { Age, When } from '../../parts/When.tsx'
import { findingsWords as words } from '../../words/findings.ts'
import { findingWords, ruleName } from '../../words/tasks.ts'
import styles from '../tasks/Tasks.module.css'
import type { Finding } from './FindingList.tsx'

const card: Column<Finding> = {
  id: 'card',
  head: words.columns.card,
  width: 'minmax(160px, 2.4fr)',
  phone: 'title',
  cell: ({ tool, title }) => (
    <span className={styles.title}>
      <ToolTile tool={tool} />
      <span className={styles.cut} title={title}>
        {title}
      </span>
    </span>
  )
}

const rule: Column<Finding> = {
  id: 'rule',
  head: words.columns.finding,
  width: 'minmax(110px, 148px)',
  phone: 'below',
  cell: (finding) => (
    <Status kind={statusOfRule(finding.rule)} quiet={finding.rule !== 'overdue' || finding.closedAt !== null}>
      {ruleName(finding.rule)}
    </Status>
  )
}

const project: Column<Finding> = {
  id: 'project',
  head: words.columns.project,
  width: 'minmax(90px, 1fr)',
  phone: 'hidden',
  cell: ({ projectName }) => <span title={projectName}>{projectName}</span>
}

const column: Column<Finding> = {
  id: 'column',
  head: words.columns.column,
  width: 'minmax(90px, 140px)',
  phone: 'hidden',
  cell: (finding) => <CategoryChip category={finding.category} column={finding.column} plain />
}

const assignee: Column<Finding> = {
  id: 'assignee',
  head: words.columns.assignee,
  width: 'minmax(90px, 132px)',
  phone: 'hidden',
  cell: ({ assignees: [first, ...others] }) =>
    first === undefined ? (
      <span className={styles.quiet}>{words.nobody}</span>
    ) : (
      <span className={styles.person} title={[first, ...others].join(', ')}>
        <PersonAvatar name={first} />
        <span className={styles.cut}>{first}</span>
      </span>
    )
}

const since: Column<Finding> = {
  id: 'since',
  head: words.columns.since,
  width: 'minmax(110px, 132px)',
  phone: 'below',
  cell: ({ since: at, evidence }) => (
    <span>
      <When at={at} as="day" />
      {typeof evidence.workingDays === 'number' && (
        <span className={styles.quiet}>
          {' · '}
          <Age days={evidence.workingDays} short />
        </span>
      )}
    </span>
  )
}

export const openColumns: readonly Column<Finding>[] = [card, rule, project, column, assignee, since]

export const closedColumns: readonly Column<Finding>[] = [
  card,
  rule,
  project,
  assignee,
  since,
  {
    id: 'closed',
    head: words.columns.closed,
    width: 'minmax(110px, 132px)',
    phone: 'hidden',
    cell: ({ closedAt }) => closedAt && <When at={closedAt} />
  },
  {
    id: 'reason',
    head: words.columns.reason,
    width: 'minmax(100px, 150px)',
    phone: 'below',
    cell: ({ reason }) => findingWords.reasons[reason ?? ''] ?? ''
  }
]
