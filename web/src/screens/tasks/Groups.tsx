/** How the cards of the list are spread, as counts; each leads to its cards. */
import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { get } from '../../api/query.ts'
import { Failed } from '../../parts/Failed.tsx'
import { number } from '../../words/say.ts'
import { ruleName, tasksWords as words } from '../../words/tasks.ts'
import styles from './Tasks.module.css'
import { asked, type Choice, narrowed } from './useTaskList.ts'

const WAYS = ['project', 'assignee', 'category', 'tool', 'rule'] as const
type Way = (typeof WAYS)[number]
type Group = { key: string | null; name: string | null }

const isWay = (way: string): way is Way => (WAYS as readonly string[]).includes(way)

/** By what the cards are counted, if by anything. */
export const GroupBy = ({ by, onBy }: { by: string; onBy: (by: string) => void }) => (
  <Select
    className={styles.by}
    aria-label={words.group}
    data={Object.entries(words.groupsBy).map(([value, label]) => ({ value, label }))}
    value={isWay(by) ? by : 'none'}
    onChange={(value) => value && onBy(value)}
    allowDeselect={false}
  />
)

interface GroupsProps {
  choice: Choice
  by: string
  onChoice: (change: Partial<Choice>) => void
}

export const Groups = ({ by, ...props }: GroupsProps) => (isWay(by) ? <Counts way={by} {...props} /> : null)

function Counts({ choice, way, onChoice }: Omit<GroupsProps, 'by'> & { way: Way }) {
  const groups = useQuery(get('/api/tasks/groups', { query: { ...asked(choice), by: way, limit: 30 } }))
  if (groups.error) return <Failed what={words.groupsFailed} error={groups.error} again={groups.refetch} />
  return (
    <div className={`${styles.groups} tl-no-print`}>
      {groups.data?.groups.map((group) => (
        <button
          key={group.key ?? ''}
          type="button"
          className={styles.group}
          onClick={() => onChoice(narrowing(way, group, choice))}
        >
          {nameOf(way, group)} <span>{number(group.count)}</span>
        </button>
      ))}
    </div>
  )
}

function nameOf(way: Way, { key, name }: Group): string {
  if (key === null) return way === 'assignee' ? words.nobody : words.noFinding
  if (way === 'rule') return ruleName(key)
  return words.values[key] ?? name ?? key
}

const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

function narrowing(way: Way, { key, name }: Group, { filter }: Choice): Partial<Choice> {
  if (way === 'rule') return { finding: key ?? 'none' }
  if (way === 'assignee')
    return { filter: narrowed(filter, key === null ? 'assignees is empty' : `assignees has ${quoted(name ?? key)}`) }
  return { filter: narrowed(filter, `${way} = ${way === 'project' ? quoted(key ?? '') : key}`) }
}
