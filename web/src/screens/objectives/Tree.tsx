/** Objectives with their key results below them; J and K go through them. */
import { ActionIcon, Button } from '@mantine/core'
import { IconPencil, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Progress } from '../../parts/Charts.tsx'
import { useClock } from '../../parts/clock.ts'
import { useKeys } from '../../parts/keys.ts'
import { Sheet } from '../../parts/Sheet.tsx'
import { words as shared } from '../../words/en.ts'
import { dayOfPeriod, standing, objectivesWords as words } from '../../words/objectives.ts'
import { overviewWords } from '../../words/overview.ts'
import { percent } from '../../words/say.ts'
import { localDate } from './dates.ts'
import { type KeyResult, type Objective, PaceStatus, toneOf } from './pace.tsx'
import styles from './Tree.module.css'

const KEYS = [
  { key: 'j', does: shared.keys.down },
  { key: 'k', does: shared.keys.up }
]

export function Tree({
  objectives,
  open,
  onOpen,
  onAdd,
  onEdit
}: {
  objectives: Objective[]
  open: string | null
  onOpen: (id: string) => void
  onAdd?: (objective: Objective) => void
  onEdit?: (objective: Objective) => void
}) {
  const clock = useClock()
  const [first] = objectives
  const [day, of] = first ? dayOfPeriod(first.from, first.to, localDate(clock.now, clock.zone)) : [0, 0]
  const ids = objectives.flatMap(({ keyResults }) => keyResults.map(({ id }) => id))
  useKeys(KEYS, (key) => {
    const next = ids[ids.indexOf(open ?? '') + (key === 'j' ? 1 : -1)]
    if (next) onOpen(next)
  })
  return (
    <Sheet title={words.tree} aside={first && overviewWords.objectives.day(day, of)} flush>
      <ul>
        {objectives.map((objective) => (
          <li key={objective.id} className={styles.objective}>
            <div className={styles.head}>
              <div className={styles.name}>
                <h3>{objective.title}</h3>
                <span className={styles.mean}>{words.mean(objective.keyResults.length)}</span>
              </div>
              {onEdit && (
                <ActionIcon
                  className="tl-no-print"
                  variant="subtle"
                  size={26}
                  aria-label={words.change.open(objective.title)}
                  onClick={() => onEdit(objective)}
                >
                  <IconPencil />
                </ActionIcon>
              )}
              {objective.share !== null && <b>{percent(objective.share)}</b>}
            </div>
            {objective.keyResults.length > 0 && (
              <ul className={styles.branch}>
                {objective.keyResults.map((one) => (
                  <Leaf key={one.id} keyResult={one} open={one.id === open} />
                ))}
              </ul>
            )}
            {onAdd && (
              <Button
                className={`${styles.add} tl-no-print`}
                size="xs"
                variant="subtle"
                leftSection={<IconPlus aria-hidden />}
                onClick={() => onAdd(objective)}
              >
                {words.add.keyResult}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

const Leaf = ({ keyResult: one, open }: { keyResult: KeyResult; open: boolean }) => (
  <li className={styles.leaf} data-current={open || undefined}>
    <Link
      to="."
      search={((before: object) => ({ ...before, open: one.id })) as never}
      resetScroll={false}
      aria-current={open || undefined}
    >
      <span className={styles.line}>
        <span className={styles.title}>{one.title}</span>
        <PaceStatus pace={one.pace} />
      </span>
      <span className={styles.standing}>{standing(one)}</span>
      <Progress value={one.share} expected={one.expectedShare} tone={toneOf(one.pace)} />
    </Link>
  </li>
)
