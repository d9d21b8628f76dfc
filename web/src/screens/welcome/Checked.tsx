/** What was found on a board that nobody connected: an export, or the sample. */
import { Button } from '@mantine/core'
import type { Output } from '../../api/query.ts'
import { CategoryChip } from '../../parts/Category.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { Status, statusOfRule } from '../../parts/Status.tsx'
import { When } from '../../parts/When.tsx'
import { welcomeWords } from '../../words/welcome.ts'
import styles from './Welcome.module.css'

const words = welcomeWords.checked
const SHOWN = 12

export function Checked({ check, onClose }: { check: Output<'get', '/api/check/sample'>; onClose: () => void }) {
  const findings = check.findings.toSorted((a, b) => (a.since < b.since ? -1 : 1))
  const rules = Object.entries(check.byRule).filter(([, n]) => n > 0)
  return (
    <div className={styles.checked} role="status">
      <Sheet
        title={check.name}
        aside={words.sub(check.tasks, check.openTasks)}
        actions={
          <Button size="xs" onClick={onClose}>
            {words.close}
          </Button>
        }
      >
        <div className={styles.twoParts}>
          <div>
            <h3>{words.findings(findings.length)}</h3>
            {findings.length === 0 && <p>{words.none}</p>}
            <p className={styles.counts}>
              {rules.map(([rule, n]) => (
                <Status key={rule} kind={statusOfRule(rule)}>
                  {n} {welcomeWords.rules[rule] ?? rule}
                </Status>
              ))}
            </p>
            <ul className={styles.found}>
              {findings.slice(0, SHOWN).map(({ rule, task, title, since, column }) => (
                <li key={`${rule} ${task}`}>
                  <span title={title}>{title}</span>
                  <span className={styles.meta}>
                    {welcomeWords.rules[rule] ?? rule}
                    {column && `, ${column}`}, <When at={since} as="day" />
                  </span>
                </li>
              ))}
            </ul>
            {findings.length > SHOWN && <p className={styles.meta}>{words.more(findings.length - SHOWN)}</p>}
          </div>
          <div>
            <h3>{words.columns}</h3>
            <ul className={styles.chips}>
              {check.columns
                .filter(({ archived }) => !archived)
                .map(({ id, name, category }) => (
                  <li key={id}>
                    <span title={name}>{name}</span>
                    <CategoryChip category={category} plain />
                  </li>
                ))}
            </ul>
            <p className={styles.meta}>{words.on}</p>
          </div>
        </div>
      </Sheet>
    </div>
  )
}
