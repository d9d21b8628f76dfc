/** What is open on a card, and what was. */
import { Status, statusOfRule } from '../../parts/Status.tsx'
import { When } from '../../parts/When.tsx'
import { number } from '../../words/say.ts'
import { findingWords, ruleName, cardWords as words } from '../../words/tasks.ts'
import styles from './Card.module.css'
import type { Detail } from './Card.tsx'

type Finding = Detail['allFindings'][number]

export function CardFindings({ findings }: { findings: readonly Finding[] }) {
  const open = findings.filter(({ closedAt }) => closedAt === null)
  const closed = findings.filter(({ closedAt }) => closedAt !== null)
  return (
    <section className={styles.part}>
      <h3>
        {words.findings} <span>{number(open.length)}</span>
      </h3>
      {open.length === 0 && <p className={styles.quiet}>{words.noFindings}</p>}
      <ul className={styles.findings}>
        {open.map((finding) => (
          <li key={finding.id}>
            <Status kind={statusOfRule(finding.rule)}>
              <b>{ruleName(finding.rule)}</b>{' '}
              <span className={styles.said}>{findingWords.says[finding.rule]?.(finding.evidence)}</span>
            </Status>
            <p className={styles.quiet}>
              {words.openSince} <When at={finding.since} />
            </p>
          </li>
        ))}
      </ul>
      {closed.length > 0 && (
        <details className={styles.closed}>
          <summary>
            {words.closed} <span>{number(closed.length)}</span>
          </summary>
          <ul className={styles.findings}>
            {closed.map((finding) => (
              <li key={finding.id}>
                <Status kind={statusOfRule(finding.rule)} quiet>
                  {ruleName(finding.rule)}
                </Status>
                <p className={styles.quiet}>
                  {words.closedAt(findingWords.reasons[finding.reason ?? ''] ?? '')}{' '}
                  {finding.closedAt && <When at={finding.closedAt} />}
                </p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
