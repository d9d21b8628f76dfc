/** The rules: what each looks at, what it finds, and its marks. What a change would do is said before it is saved. */
import { NumberInput, Switch, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '../../api/me.ts'
import { get, type Output } from '../../api/query.ts'
import { Failed } from '../../parts/Failed.tsx'
import { Page } from '../../parts/Page.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { Status, statusOfRule } from '../../parts/Status.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { rulesWords as words } from '../../words/rules.ts'
import { number } from '../../words/say.ts'
import { type Draft, DraftBar, isChanged } from './DraftBar.tsx'
import styles from './Rules.module.css'

export type Rule = Output<'get', '/api/rules'>['rules'][number]

export default function Rules() {
  const rules = useQuery(get('/api/rules'))
  const me = useMe()
  const tends = me.role === 'owner' || me.role === 'ops'
  const [draft, setDraft] = useState<Draft | null>(null)
  const all = rules.data?.rules ?? []
  const edit = (rule: Rule, change: Partial<Draft>) => {
    const next: Draft = {
      rule,
      on: rule.on,
      params: rule.params as Draft['params'],
      ...(draft?.rule.id === rule.id ? draft : {}),
      ...change
    }
    setDraft(isChanged(next) ? next : null)
  }
  const locked = (rule: Rule) => !tends || (draft !== null && draft.rule.id !== rule.id)
  return (
    <Page title={words.title} sub={rules.data && words.sub(all.filter(({ on }) => on).length, all.length)}>
      {rules.error && <Failed what={words.failed} error={rules.error} again={rules.refetch} />}
      {!rules.data && !rules.error && <Waiting rows={4} />}
      {rules.data && (
        <Sheet label={words.title} flush>
          <Table verticalSpacing={10} className={styles.table ?? ''} tabularNums>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{words.head.rule}</Table.Th>
                <Table.Th scope="col" className={styles.number ?? ''}>
                  {words.head.looks}
                </Table.Th>
                <Table.Th scope="col" className={styles.number ?? ''}>
                  {words.head.open}
                </Table.Th>
                <Table.Th scope="col">{words.head.set}</Table.Th>
                <Table.Th scope="col">{words.head.on}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {all.map((rule) => {
                const shown =
                  draft?.rule.id === rule.id ? draft : { on: rule.on, params: rule.params as Draft['params'] }
                const name = words.names[rule.id] ?? rule.id
                return (
                  <Table.Tr key={rule.id} title={locked(rule) && tends ? words.one : undefined}>
                    <Table.Th scope="row">
                      <Status kind={statusOfRule(rule.id)} quiet>
                        {name}
                      </Status>
                      <Text size="xs" c="dimmed" fw={400}>
                        {words.when[rule.id] ?? rule.about}
                      </Text>
                    </Table.Th>
                    <Table.Td className={styles.number ?? ''}>{words.looks(rule.cards)}</Table.Td>
                    <Table.Td className={styles.number ?? ''}>
                      {rule.open === 0 ? words.none : <a href={`/findings?rule=${rule.id}`}>{number(rule.open)}</a>}
                    </Table.Td>
                    <Table.Td>
                      {rule.parameters.length === 0 && words.always}
                      {rule.parameters.map(({ name: parameter, min, max }) => (
                        <span key={parameter} className={styles.parameter}>
                          {words.parameters[parameter]}
                          <NumberInput
                            aria-label={words.spokenParameter(name, words.units[parameter] ?? parameter)}
                            className={styles.input ?? ''}
                            value={shown.params[parameter] ?? 0}
                            min={min ?? 0}
                            {...(max === null ? {} : { max })}
                            allowDecimal={false}
                            allowNegative={false}
                            clampBehavior="strict"
                            disabled={locked(rule) || !shown.on}
                            onChange={(value) =>
                              typeof value === 'number' &&
                              edit(rule, { params: { ...shown.params, [parameter]: value } })
                            }
                          />
                          {words.units[parameter]}
                        </span>
                      ))}
                    </Table.Td>
                    <Table.Td>
                      <Switch
                        aria-label={words.spokenSwitch(name)}
                        checked={shown.on}
                        disabled={locked(rule)}
                        onChange={({ currentTarget }) => edit(rule, { on: currentTarget.checked })}
                      />
                    </Table.Td>
                  </Table.Tr>
                )
              })}
            </Table.Tbody>
          </Table>
        </Sheet>
      )}
      {draft && <DraftBar draft={draft} onEnd={() => setDraft(null)} />}
    </Page>
  )
}
