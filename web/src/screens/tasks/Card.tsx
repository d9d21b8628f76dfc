/** One card beside the list: its facts, what is open on it, what it counts towards, how it came here, what was said. */
import { Badge, Button, CopyButton } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { get, type Output } from '../../api/query.ts'
import { CategoryChip } from '../../parts/Category.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { PersonAvatar, ToolTile } from '../../parts/Marks.tsx'
import { followable } from '../../parts/markup.ts'
import { NoteView } from '../../parts/NoteView.tsx'
import { Prose } from '../../parts/Prose.tsx'
import { SidePanel } from '../../parts/SidePanel.tsx'
import { Status } from '../../parts/Status.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { Age, When } from '../../parts/When.tsx'
import { words as shared } from '../../words/en.ts'
import { number } from '../../words/say.ts'
import { tasksWords, cardWords as words } from '../../words/tasks.ts'
import styles from './Card.module.css'
import { CardFindings } from './CardFindings.tsx'
import { History } from './History.tsx'

export type Detail = Output<'get', '/api/tasks/{id}'>

export function Card({ id, onClose }: { id: string; onClose: () => void }) {
  const card = useQuery({ ...get('/api/tasks/{id}', { path: { id } }), placeholderData: () => undefined })
  const task = card.data
  return (
    <SidePanel label={task?.title ?? tasksWords.columns.title} head={task && <Where task={task} />} onClose={onClose}>
      {card.error && !task ? (
        <Failed what={words.failed} error={card.error} again={card.refetch} />
      ) : task ? (
        <Content task={task} />
      ) : (
        <Waiting rows={10} />
      )}
    </SidePanel>
  )
}

const Where = ({ task }: { task: Detail }) => (
  <>
    <ToolTile tool={task.tool} />
    <span className={styles.path}>{[task.projectName, task.column].filter(Boolean).join(' › ')}</span>
    {task.lookedAt && (
      <span className={styles.read}>
        {words.read} <When at={task.lookedAt} as="recently" />
      </span>
    )}
  </>
)

function Content({ task }: { task: Detail }) {
  return (
    <>
      <h2 className={styles.title}>{task.title}</h2>
      {task.tooOld && <Status kind="waiting">{words.old}</Status>}
      <Facts task={task} />
      <div className={styles.acts}>
        {followable(task.url) && (
          <Button
            size="xs"
            component="a"
            href={task.url}
            target="_blank"
            rel="noreferrer noopener"
            leftSection={<IconExternalLink aria-hidden />}
          >
            {words.open(task.tool)}
          </Button>
        )}
        <CopyButton value={window.location.href}>
          {({ copied, copy }) => (
            <Button size="xs" variant="subtle" onClick={copy}>
              {copied ? words.copied : words.copy}
            </Button>
          )}
        </CopyButton>
      </div>
      <CardFindings findings={task.allFindings} />
      <Part title={words.towards}>
        {task.contributions.length === 0 ? (
          <p className={styles.quiet}>{words.noTowards}</p>
        ) : (
          <ul className={styles.plain}>
            {task.contributions.map((one) => (
              <li key={one.keyResult}>
                <Link to="/objectives" search={{ open: one.keyResult } as never}>
                  {one.title}
                </Link>{' '}
                <span className={styles.quiet}>
                  {one.amount === null ? words.willCount : words.counted(one.amount, one.unit)}
                  {' · '}
                  {one.objective}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Part>
      {task.description && (
        <Part title={words.description}>
          <Prose text={task.description} />
          {task.descriptionCut && <p className={styles.quiet}>{words.cut}</p>}
        </Part>
      )}
      <Part title={words.history}>
        <History task={task} />
      </Part>
      <Part title={words.comments} count={task.commentCount ?? task.comments.length}>
        {task.comments.length === 0 && <p className={styles.quiet}>{words.noComments}</p>}
        <ul className={styles.comments}>
          {task.comments.map((comment) => {
            const author = comment.ours ? words.ours : (comment.author ?? words.someone)
            return (
              <li key={`${comment.at} ${comment.text}`}>
                <PersonAvatar name={author} size="lg" />
                <div>
                  <b>{author}</b>{' '}
                  <span className={styles.quiet}>
                    <When at={comment.at} zone={task.zone} />
                  </span>
                  {comment.said ? <NoteView said={comment.said} /> : <Prose text={comment.text} />}
                </div>
              </li>
            )
          })}
        </ul>
      </Part>
    </>
  )
}

const Part = ({ title, count, children }: { title: string; count?: number; children: ReactNode }) => (
  <section className={styles.part}>
    <h3>
      {title} {count !== undefined && <span>{number(count)}</span>}
    </h3>
    {children}
  </section>
)

function Facts({ task }: { task: Detail }) {
  const due = task.dueAt && (task.dueIsDate ? task.dueAt.slice(0, 10) : task.dueAt)
  const late = task.findings.some(({ rule }) => rule === 'overdue')
  return (
    <dl className={styles.facts}>
      <dt>{words.column}</dt>
      <dd>
        <CategoryChip category={task.category} column={task.column} />{' '}
        {task.column && <span className={styles.quiet}>{words.means(shared.categories[task.category])}</span>}
      </dd>
      <dt>{words.assignee}</dt>
      <dd>
        {task.assignees.length === 0 && <span className={styles.quiet}>{tasksWords.nobody}</span>}
        {task.assignees.map((name) => (
          <span key={name} className={styles.person}>
            <PersonAvatar name={name} />
            {name}
          </span>
        ))}
      </dd>
      <dt>{words.due}</dt>
      <dd data-late={late || undefined}>
        {due ? <When at={due} zone={task.zone} /> : <span className={styles.quiet}>{words.noDate}</span>}
      </dd>
      {task.completedAt ? (
        <>
          <dt>{words.doneAt}</dt>
          <dd>
            <When at={task.completedAt} zone={task.zone} />
          </dd>
        </>
      ) : (
        task.enteredColumnAt && (
          <>
            <dt>{words.inColumn}</dt>
            <dd>
              {task.enteredKnown === 'at_least' && `${words.atLeast} `}
              {task.age !== null && (
                <>
                  <Age days={task.age} />,{' '}
                </>
              )}
              {words.since} <When at={task.enteredColumnAt} as="day" zone={task.zone} />
            </dd>
          </>
        )
      )}
      {task.priority !== 'none' && (
        <>
          <dt>{words.priority}</dt>
          <dd>{tasksWords.values[task.priority]}</dd>
        </>
      )}
      {task.checklistTotal > 0 && (
        <>
          <dt>{words.checklist}</dt>
          <dd>{words.checked(task.checklistDone, task.checklistTotal)}</dd>
        </>
      )}
      {task.estimateValue !== null && (
        <>
          <dt>{words.estimate}</dt>
          <dd>
            {number(task.estimateValue)} {task.estimateUnit}
          </dd>
        </>
      )}
      {task.presence !== 'present' && (
        <>
          <dt>{words.presence}</dt>
          <dd>{tasksWords.values[task.presence]}</dd>
        </>
      )}
      {task.labels.length > 0 && (
        <>
          <dt>{words.labels}</dt>
          <dd className={styles.labels}>
            {task.labels.map((label) => (
              <Badge key={label} variant="default" tt="none">
                {label}
              </Badge>
            ))}
          </dd>
        </>
      )}
      {task.fields
        .filter(({ value }) => value !== '')
        .map(({ name, value }) => (
          <FieldFact key={name} name={name} value={value} />
        ))}
    </dl>
  )
}

const FieldFact = ({ name, value }: { name: string; value: string }) => (
  <>
    <dt title={name}>{name}</dt>
    <dd>{value}</dd>
  </>
)
