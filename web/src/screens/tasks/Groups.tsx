/** What the table is grouped by, and the head of each group: its name, how many cards it has, and the way to these alone. */
import { ActionIcon, Button, Select } from '@mantine/core'
import { IconFold, IconFoldDown } from '@tabler/icons-react'
import { CategoryGlyph } from '../../parts/Category.tsx'
import { PersonAvatar, ToolTile } from '../../parts/Marks.tsx'
import { Status, statusOfRule } from '../../parts/Status.tsx'
import { count } from '../../words/say.ts'
import { ruleName, tasksWords as words } from '../../words/tasks.ts'
import styles from './Tasks.module.css'
import { type Choice, narrowed, type Task, type Way } from './useTaskList.ts'
import type { Group } from './useWindows.ts'

interface GroupByProps {
  way: Way | null
  folded: boolean
  onWay: (way: string) => void
  onFold: (folded: boolean) => void
}

export const GroupBy = ({ way, folded, onWay, onFold }: GroupByProps) => (
  <>
    <Select
      className={styles.by}
      aria-label={words.group}
      data={Object.entries(words.groupsBy).map(([value, label]) => ({ value, label }))}
      value={way ?? 'none'}
      onChange={(value) => value && onWay(value)}
      allowDeselect={false}
    />
    {way && (
      <ActionIcon
        variant="default"
        size={32}
        aria-label={folded ? words.unfoldAll : words.foldAll}
        title={folded ? words.unfoldAll : words.foldAll}
        onClick={() => onFold(!folded)}
      >
        {folded ? <IconFoldDown /> : <IconFold />}
      </ActionIcon>
    )}
  </>
)

/** How a group is called in the address; nobody's and the like have no key. */
export const keyOfGroup = ({ key }: Group): string => key ?? ''

interface HeadProps {
  way: Way
  group: Group
  choice: Choice
  onChoice: (change: Partial<Choice>) => void
}

export function GroupHead({ way, group, choice, onChoice }: HeadProps) {
  const only = narrowing(way, group, choice)
  return (
    <span className={styles.groupHead}>
      <Name way={way} group={group} />
      <span className={styles.quiet}>{count(group.count, 'card', 'cards')}</span>
      {only && (
        <Button
          className={`${styles.only} tl-no-print`}
          size="compact-xs"
          variant="subtle"
          aria-label={words.onlyOf(nameOf(way, group))}
          onClick={() => onChoice(only)}
        >
          {words.only}
        </Button>
      )}
    </span>
  )
}

function Name({ way, group }: { way: Way; group: Group }) {
  const { key } = group
  const name = <b className={styles.cut}>{nameOf(way, group)}</b>
  if (way === 'rule' && key !== null)
    return (
      <Status kind={statusOfRule(key)} quiet>
        {name}
      </Status>
    )
  return (
    <>
      {way === 'category' && <CategoryGlyph category={key as Task['category']} label={false} />}
      {way === 'tool' && <ToolTile tool={key ?? ''} named />}
      {way === 'assignee' && key !== null && <PersonAvatar name={key} />}
      {name}
    </>
  )
}

const isNamed = (way: Way): boolean => ['category', 'tool', 'priority', 'due'].includes(way)

export function nameOf(way: Way, { key, name }: Group): string {
  if (key === null) return words.ungrouped[way] ?? ''
  if (way === 'rule') return ruleName(key)
  if (way === 'due') return words.dueGroups[key] ?? key
  return (isNamed(way) ? words.values[key] : null) ?? name ?? key
}

const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

/** The same list with this group alone; null where no filter says that. */
function narrowing(way: Way, { key, name }: Group, { filter }: Choice): Partial<Choice> | null {
  const by = (more: string) => ({ filter: narrowed(filter, more) })
  switch (way) {
    case 'rule':
      return { finding: key ?? 'none' }
    case 'due':
      return key === null ? by('due is empty') : null
    case 'assignee':
      return by(key === null ? 'assignees is empty' : `assignees has ${quoted(key)}`)
    case 'label':
      return by(key === null ? 'labels is empty' : `labels has ${quoted(key)}`)
    case 'project':
      return by(`project = ${quoted(name ?? key ?? '')}`)
    default:
      return by(`${way} = ${key}`)
  }
}
