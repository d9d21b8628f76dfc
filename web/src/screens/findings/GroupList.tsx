/** How many findings each rule, person or project has; choosing one narrows the list. */
import { SegmentedControl } from '@mantine/core'
import type { Output } from '../../api/query.ts'
import { Status, statusOfRule } from '../../parts/Status.tsx'
import { findingsWords as words } from '../../words/findings.ts'
import { number } from '../../words/say.ts'
import { findingWords, ruleName } from '../../words/tasks.ts'
import styles from './Findings.module.css'
import type { Way } from './Findings.tsx'

type Group = Output<'get', '/api/findings/groups'>['groups'][number]

interface GroupListProps {
  by: Way
  ways: readonly Way[]
  groups: readonly Group[]
  total: number
  chosen: string | null
  onBy: (way: string) => void
  onChoose: (key: string | null) => void
}

export function GroupList({ by, ways, groups, total, chosen, onBy, onChoose }: GroupListProps) {
  const lines = [{ key: null, count: total, name: '' }, ...groups]
  return (
    <nav className={`${styles.groups} tl-no-print`} aria-label={words.groupsLabel}>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={words.by}
        value={by}
        onChange={onBy}
        data={ways.map((way) => ({ value: way, label: words.ways[way] }))}
      />
      <ul>
        {lines.map(({ key, name, count }) => (
          <li key={key ?? ''}>
            <button type="button" aria-pressed={key === chosen} onClick={() => onChoose(key)}>
              <span>{key === null ? words.all : <Name by={by} id={key} name={name} />}</span>
              <span>{number(count)}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Name({ by, id, name }: { by: Way; id: string; name: string }) {
  if (by === 'rule')
    return (
      <Status kind={statusOfRule(id)} quiet>
        {ruleName(id)}
      </Status>
    )
  if (by === 'reason') return findingWords.reasons[id] ?? id
  return name === '' ? words.nobody : name
}
