/** Where mail goes, and a mail to oneself that shows whether it does. */
import { Alert, Button, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useMe } from '../../api/me.ts'
import { change, get, type Output } from '../../api/query.ts'
import { Failed } from '../../parts/Failed.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { settingsWords } from '../../words/settings.ts'
import styles from './Settings.module.css'

const words = settingsWords.mail

export function Mail() {
  const read = useQuery(get('/api/mail'))
  return (
    <div className={styles.narrow}>
      <Sheet title={words.title}>
        {read.error ? (
          <Failed what={words.failed} error={read.error} again={read.refetch} />
        ) : read.data ? (
          <Where {...read.data} />
        ) : (
          <Waiting rows={4} />
        )}
      </Sheet>
      <Try />
    </div>
  )
}

const Where = ({ server, encrypted, folder, from, noticesTo }: Output<'get', '/api/mail'>) => (
  <>
    <dl className={styles.facts}>
      <dt>{words.server}</dt>
      <dd>{server === null ? words.none : encrypted ? words.encrypted(server) : words.plain(server)}</dd>
      {folder && (
        <>
          <dt>{words.folder}</dt>
          <dd className={styles.code}>{folder}</dd>
        </>
      )}
      <dt>{words.from}</dt>
      <dd>{from}</dd>
      <dt>{words.notices}</dt>
      <dd>{noticesTo ?? words.nobody}</dd>
    </dl>
    <Text size="sm" c="dimmed" mt="lg">
      {words.where}
    </Text>
  </>
)

function Try() {
  const { email } = useMe()
  const trying = useMutation(change('post', '/api/mail/test'))
  return (
    <Sheet title={words.testTitle}>
      <Text size="sm" c="dimmed" mb="md">
        {words.testWhy(email ?? '')}
      </Text>
      <Button variant="filled" loading={trying.isPending} onClick={() => trying.mutate({ body: {} })}>
        {words.go}
      </Button>
      <div aria-live="polite">
        {trying.error && <Failed what={words.testFailed} error={trying.error} />}
        {trying.data && !trying.isPending && <Ended {...trying.data} />}
      </div>
    </Sheet>
  )
}

function Ended({ state, to, answer, path }: Output<'post', '/api/mail/test'>) {
  const well = state === 'accepted' || state === 'written'
  return (
    <Alert mt="md" color={well ? 'petrol' : 'yellow'} title={words.states[state](to)}>
      {answer && (
        <p>
          {words.said}: <span className={styles.code}>{answer}</span>
        </p>
      )}
      {path && (
        <p>
          {words.file}: <span className={styles.code}>{path}</span>
        </p>
      )}
    </Alert>
  )
}
