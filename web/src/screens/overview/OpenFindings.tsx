/** What rules have found and is open, by rule, with what came and was fixed since Monday. */
import { IconCircleCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Progress } from '../../parts/Charts.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { Status, statusOfRule } from '../../parts/Status.tsx'
import { overviewWords, ruleName } from '../../words/overview.ts'
import { number, percent } from '../../words/say.ts'
import styles from './Findings.module.css'
import type { Overview } from './Overview.tsx'

const words = overviewWords.findings

export function OpenFindings({ open, cards, byRule, medianDaysToFix }: Overview['findings']) {
  const rules = byRule
    .filter((one) => one.open > 0 || one.opened > 0 || one.fixed > 0)
    .toSorted((a, b) => b.open - a.open || b.fixed - a.fixed)
  const sum = (of: 'opened' | 'fixed') => number(rules.reduce((all, one) => all + one[of], 0))
  return (
    <Sheet title={words.title} aside={words.on(open, cards)} link={{ to: '/findings', label: words.all }} flush>
      {rules.length === 0 ? (
        <Empty icon={<IconCircleCheck />} title={words.clear} why={words.clearWhy} />
      ) : (
        <>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{words.rule}</th>
                <th scope="col">{words.open}</th>
                <th scope="col" className={styles.share} aria-label={words.share} />
                <th scope="col">{words.fresh}</th>
                <th scope="col">{words.fixed}</th>
              </tr>
            </thead>
            <tbody>
              {rules.map((one) => (
                <tr key={one.rule}>
                  <th scope="row">
                    <Link to="/findings" search={{ rule: one.rule }}>
                      <Status kind={statusOfRule(one.rule)} quiet>
                        {ruleName(one.rule)}
                      </Status>
                    </Link>
                  </th>
                  <td className={styles.open}>{number(one.open)}</td>
                  <td className={styles.share}>
                    <Progress
                      tone="mute"
                      value={one.open / Math.max(1, ...rules.map((other) => other.open))}
                      label={percent(open === 0 ? 0 : one.open / open)}
                    />
                  </td>
                  <td>{number(one.opened)}</td>
                  <td>{number(one.fixed)}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{words.since}</th>
                <td />
                <td className={styles.share} />
                <td>{sum('opened')}</td>
                <td>{sum('fixed')}</td>
              </tr>
            </tfoot>
          </table>
          <p className={styles.foot}>{medianDaysToFix === null ? words.none : words.median(medianDaysToFix)}</p>
        </>
      )}
    </Sheet>
  )
}
