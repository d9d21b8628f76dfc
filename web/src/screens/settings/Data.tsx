/** The data as a whole: taking it along, how long it is kept, deleting what is known of cards. */
import { Button, Checkbox, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { change, get, type Output } from '../../api/query.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { done } from '../../parts/done.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { number } from '../../words/say.ts'
import { settingsWords } from '../../words/settings.ts'
import styles from './Settings.module.css'

type Kept = Output<'get', '/api/data'>

const words = settingsWords.data
const LISTS = ['tasks', 'findings', 'contributions'] as const

export function Data() {
  const read = useQuery(get('/api/data'))
  return (
    <div className={styles.narrow}>
      <Sheet title={words.exportTitle}>
        <Text size="sm" c="dimmed">
          {words.exportWhy}
        </Text>
        <div className={styles.links}>
          <Download href="/api/export?format=json" label={words.json} filled />
          {LISTS.map((list) => (
            <Download key={list} href={`/api/export?format=csv&what=${list}`} label={words.csv[list]} />
          ))}
        </div>
      </Sheet>
      {read.error ? (
        <Failed what={words.failed} error={read.error} again={read.refetch} />
      ) : read.data ? (
        <>
          <HowLong {...read.data.retention} />
          <Delete {...read.data} />
        </>
      ) : (
        <Waiting rows={8} />
      )}
    </div>
  )
}

/** A plain link: the browser writes the file as it comes, however large it is. */
const Download = ({ href, label, filled = false }: { href: string; label: string; filled?: boolean }) => (
  <Button
    component="a"
    href={href}
    download
    variant={filled ? 'filled' : 'default'}
    leftSection={<IconDownload aria-hidden />}
  >
    {label}
  </Button>
)

const HowLong = ({ inboxDays, runDays }: Kept['retention']) => (
  <Sheet title={words.keptTitle}>
    <dl className={styles.facts}>
      <dt>{words.cards}</dt>
      <dd>{words.cardsHow}</dd>
      <dt>{words.runs}</dt>
      <dd>{words.runsHow(runDays)}</dd>
      <dt>{words.inbox}</dt>
      <dd>{words.inboxHow(inboxDays)}</dd>
      <dt>{words.log}</dt>
      <dd>{words.logHow}</dd>
    </dl>
  </Sheet>
)

function Delete({ hub, goes, stays }: Kept) {
  const [asking, ask] = useDisclosure(false)
  const [leaveNotes, setLeaveNotes] = useState(false)
  const deleting = useMutation(change('post', '/api/data/delete'))
  return (
    <Sheet title={words.deleteTitle}>
      <Text size="sm" c="dimmed" mb="md">
        {words.deleteWhy}
      </Text>
      <div className={styles.two}>
        <Counts title={words.goes} counts={goes} />
        <Counts title={words.stays} counts={stays} />
      </div>
      <Button color="red" variant="light" mt="lg" onClick={ask.open}>
        {words.go}
      </Button>
      <Confirm
        opened={asking}
        onClose={ask.close}
        title={words.confirmTitle}
        kept={words.keptSaid(stays.people, stays.objectives)}
        deleted={
          <>
            {words.deletedSaid(goes.tasks, goes.findings, goes.contributions, goes.notes)}
            {goes.notes > 0 && (
              <Checkbox
                mt="sm"
                label={words.leaveNotes}
                checked={leaveNotes}
                onChange={(event) => setLeaveNotes(event.currentTarget.checked)}
              />
            )}
          </>
        }
        name={hub}
        action={words.go}
        failed={words.deleteFailed}
        onConfirm={async () => {
          const { deleted, notesLeft } = await deleting.mutateAsync({ body: { hub, leaveNotes } })
          done(notesLeft > 0 ? words.notesLeft(deleted.tasks, notesLeft) : words.deleted(deleted.tasks))
        }}
      />
    </Sheet>
  )
}

const Counts = <C extends Kept['goes'] | Kept['stays']>({ title, counts }: { title: string; counts: C }) => (
  <section>
    <h3>{title}</h3>
    <dl className={styles.counts} style={{ marginTop: 8 }}>
      {Object.entries(counts).map(([what, n]) => (
        <Count key={what} label={words[what as keyof Kept['goes'] | keyof Kept['stays']]} n={n as number} />
      ))}
    </dl>
  </section>
)

const Count = ({ label, n }: { label: string; n: number }) => (
  <>
    <dt>{label}</dt>
    <dd>{number(n)}</dd>
  </>
)
