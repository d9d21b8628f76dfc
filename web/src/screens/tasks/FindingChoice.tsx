/** Which open findings a card is to have: any, none, or of these rules. */
import { Button, Checkbox, Radio } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { get } from '../../api/query.ts'
import { ruleName, rulesNamed, tasksWords as words } from '../../words/tasks.ts'
import styles from './Filters.module.css'

export function FindingChoice({ value, onUse }: { value: string; onUse: (finding: string) => void }) {
  const rules = useQuery(get('/api/rules')).data?.rules.map(({ id }) => id) ?? []
  const [kind, setKind] = useState(value === 'any' || value === 'none' ? value : 'these')
  const [chosen, choose] = useState(kind === 'these' ? value.split(',') : [])
  const finding = kind === 'these' ? chosen.join(',') : kind
  return (
    <form
      className={styles.builder}
      onSubmit={(event) => {
        event.preventDefault()
        if (finding !== '') onUse(finding)
      }}
    >
      <Radio.Group value={kind} onChange={setKind} aria-label={words.whichFinding}>
        <div className={styles.choices}>
          <Radio value="any" label={words.anyFinding} />
          <Radio value="none" label={words.noFinding} />
          <Radio value="these" label={words.operators.has_any} />
        </div>
      </Radio.Group>
      {kind === 'these' && (
        <Checkbox.Group value={chosen} onChange={choose} aria-label={words.whichFinding}>
          <div className={styles.choices}>
            {[...new Set([...rules, ...chosen])].map((rule) => (
              <Checkbox key={rule} value={rule} label={ruleName(rule)} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      <Button type="submit" variant="filled" disabled={finding === ''}>
        {words.apply}
      </Button>
    </form>
  )
}

export const findingSaid = (finding: string): string =>
  finding === 'any' ? words.anyFinding : finding === 'none' ? words.noFinding : rulesNamed(finding.split(','))
