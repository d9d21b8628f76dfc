/** One change: what was asked for, and what it made different. */
import { Drawer, Stack, Text } from '@mantine/core'
import type { Output } from '../../api/query.ts'
import { When } from '../../parts/When.tsx'
import { didWhat } from '../../words/changes.ts'
import { words as common } from '../../words/en.ts'
import { settingsWords } from '../../words/settings.ts'
import { asked, difference } from './difference.ts'
import styles from './Settings.module.css'

type Change = Output<'get', '/api/changes'>['changes'][number]

const words = settingsWords.changes

export function ChangeDrawer({ change, onClose }: { change: Change; onClose: () => void }) {
  const { operation, who, via, at, subject, input, before, after } = change
  const fields = asked(input)
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={480}
      padding="lg"
      overlayProps={{ backgroundOpacity: 0.3 }}
      title={didWhat(operation)}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <Stack gap="lg">
        <dl className={styles.facts}>
          <dt>{words.heads.who}</dt>
          <dd>{via === 'command line' ? who : words.by(who, words.via[via])}</dd>
          <dt>{words.heads.at}</dt>
          <dd>
            <When at={at} />
          </dd>
          {subject && (
            <>
              <dt>{words.heads.about}</dt>
              <dd>{subject}</dd>
            </>
          )}
        </dl>
        <section>
          <h3>{words.detail.what}</h3>
          <Different before={before} after={after} />
        </section>
        {fields.length > 0 && (
          <section>
            <h3>{words.detail.asked}</h3>
            <dl className={styles.facts} style={{ marginTop: 8 }}>
              {fields.map(({ field, value }) => (
                <Asked key={field} field={field} value={value} />
              ))}
            </dl>
          </section>
        )}
      </Stack>
    </Drawer>
  )
}

const Asked = ({ field, value }: { field: string; value: string }) => (
  <>
    <dt>{field}</dt>
    <dd>{value}</dd>
  </>
)

/** Nothing is kept of some operations but what was asked for. */
function Different({ before, after }: Pick<Change, 'before' | 'after'>) {
  const none = (before ?? null) === null && (after ?? null) === null
  const rows = difference(before, after)
  if (none || rows.length === 0) {
    return (
      <Text size="sm" c="dimmed" mt={4}>
        {none ? words.detail.none : words.detail.same}
      </Text>
    )
  }
  return (
    <table className={styles.diff}>
      <thead>
        <tr>
          <th scope="col">{words.detail.field}</th>
          <th scope="col">{words.detail.before}</th>
          <th scope="col">{words.detail.after}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ field, before: was, after: is }) => (
          <tr key={field}>
            <th scope="row">{field}</th>
            <td>{was === null ? <span className={styles.quiet}>{words.detail.absent}</span> : <del>{was}</del>}</td>
            <td>{is === null ? <span className={styles.quiet}>{words.detail.absent}</span> : <ins>{is}</ins>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
