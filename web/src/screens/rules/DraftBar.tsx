/** What a changed rule would do, said at the end of the page before it is saved. */
import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { change, get } from '../../api/query.ts'
import { done } from '../../parts/done.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { rulesWords } from '../../words/rules.ts'
import styles from './Rules.module.css'
import type { Rule } from './Rules.tsx'

const words = rulesWords.draft

export interface Draft {
  rule: Rule
  on: boolean
  params: Record<string, number>
}

/** Whether it differs from what holds now. */
export const isChanged = ({ rule, on, params }: Draft): boolean =>
  on !== rule.on || rule.parameters.some(({ name, value }) => params[name] !== value)

export function DraftBar({ draft, onEnd }: { draft: Draft; onEnd: () => void }) {
  const { rule, on, params } = draft
  const name = rulesWords.names[rule.id] ?? rule.id
  const preview = useQuery({
    ...get('/api/rules/{rule}/preview', {
      path: { rule: rule.id },
      query: { on: String(on), params: JSON.stringify(params) }
    }),
    // What would change for another draft is no answer to this one.
    placeholderData: () => undefined
  })
  const save = useMutation({
    ...change('put', '/api/rules/{rule}'),
    onSuccess: () => {
      done(rulesWords.saved(name))
      onEnd()
    }
  })
  const would = preview.data
  return (
    <section className={`${styles.bar} tl-no-print`} aria-label={words.label}>
      <div className={styles.said} aria-live="polite">
        <p>
          <b>{sentence(draft, name)}</b>{' '}
          {would
            ? `${words.fires(would.fires)}: ${words.change(would.opened, would.closed)} ${words.notes(would.notes)}`
            : !preview.error && words.waiting}
        </p>
        {preview.error && <Failed what={rulesWords.failed} error={preview.error} again={preview.refetch} />}
        {save.error && <Failed what={words.failed} error={save.error} />}
        {would && would.cards.length > 0 && (
          <details>
            <summary>{words.first}</summary>
            <ul>
              {would.cards.map(({ task, title, url, projectName }) => (
                <li key={task}>
                  <a href={url} target="_blank" rel="noreferrer">
                    {title}
                  </a>{' '}
                  <small>{projectName}</small>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <div className={styles.acts}>
        <Button variant="default" onClick={onEnd}>
          {words.discard}
        </Button>
        <Button
          variant="filled"
          loading={save.isPending}
          onClick={() => save.mutate({ path: { rule: rule.id }, body: { on, params } })}
        >
          {words.save}
        </Button>
      </div>
    </section>
  )
}

function sentence({ rule, on, params }: Draft, name: string): string {
  if (on !== rule.on) return on ? words.on(name) : words.off(name)
  const moved = rule.parameters.find((one) => params[one.name] !== one.value)
  return moved
    ? words.changed(name, moved.value, params[moved.name] ?? 0, rulesWords.units[moved.name] ?? moved.name)
    : ''
}
