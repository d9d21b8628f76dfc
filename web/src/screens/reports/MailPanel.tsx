/** One rollup, as the mail will look or has looked: in a frame of its own that runs no script and opens nothing. */
import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { change, get } from '../../api/query.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { useClock } from '../../parts/clock.ts'
import { done } from '../../parts/done.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { useKeys } from '../../parts/keys.ts'
import { Sheet } from '../../parts/Sheet.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { words as shared } from '../../words/en.ts'
import { reportsWords } from '../../words/reports.ts'
import { moment } from '../../words/time.ts'
import styles from './Reports.module.css'
import type { Mail, Subscription } from './Reports.tsx'

const words = reportsWords.preview
const ESCAPE = [{ key: 'Escape', does: shared.keys.close }]

export function MailPanel({
  next,
  past,
  sends,
  onClose
}: {
  next?: Subscription
  past?: Mail
  sends: boolean
  onClose: () => void
}) {
  const clock = useClock()
  useKeys(ESCAPE, onClose)
  const panel = useFocusInside()
  return (
    <div ref={panel} tabIndex={-1} className={styles.panel}>
      <Sheet
        title={next ? words.next(next.name) : words.past(past?.name ?? '')}
        actions={
          <ActionIcon aria-label={shared.close} onClick={onClose} className="tl-no-print">
            <IconX />
          </ActionIcon>
        }
        flush
      >
        {next && (
          <div className={styles.says}>
            <p>{words.nextSays(moment(next.next, clock))}</p>
            {sends && <SendNow {...next} />}
          </div>
        )}
        {next ? <Upcoming email={next.email} /> : past && <Past id={past.id} />}
      </Sheet>
    </div>
  )
}

/** Beside an open mail some buttons give way, that which opened it among them: the panel takes the focus from it before, and gives it back. */
function useFocusInside() {
  const panel = useRef<HTMLDivElement>(null)
  const before = useRef<Element | null>(null)
  useLayoutEffect(() => {
    before.current = document.activeElement
    panel.current?.focus({ preventScroll: true })
  }, [])
  useEffect(() => {
    const here = panel.current
    return () => {
      if (!here?.contains(document.activeElement) && document.activeElement !== document.body) return
      if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true })
    }
  }, [])
  return panel
}

function Upcoming({ email }: { email: string }) {
  const { data, error, refetch } = useQuery({
    ...get('/api/reports/weekly/{email}/preview', { path: { email } }),
    placeholderData: () => undefined,
    staleTime: 60_000
  })
  if (data) return <Letter {...data} />
  return error ? <Failed what={words.failed} error={error} again={refetch} /> : <Waiting rows={12} />
}

function Past({ id }: { id: number }) {
  const { data, error, refetch } = useQuery({
    ...get('/api/reports/mails/{id}', { path: { id: id as never } }),
    placeholderData: () => undefined
  })
  if (data) return <Letter {...data} />
  return error ? <Failed what={words.failedPast} error={error} again={refetch} /> : <Waiting rows={12} />
}

function Letter({ subject, html, text }: { subject: string; html: string; text: string }) {
  const [view, setView] = useState('html')
  const [height, setHeight] = useState(900)
  return (
    <>
      <div className={styles.subject}>
        <b>{subject}</b>
        <SegmentedControl
          size="xs"
          aria-label={words.view}
          value={view}
          onChange={setView}
          data={[
            { value: 'html', label: words.html },
            { value: 'text', label: words.text }
          ]}
        />
      </div>
      {view === 'html' ? (
        // Same origin without scripts: its height can be read, and nothing in it can do anything.
        <iframe
          className={styles.frame}
          title={words.frame}
          sandbox="allow-same-origin"
          srcDoc={html}
          style={{ height }}
          onLoad={({ currentTarget }) =>
            setHeight(currentTarget.contentDocument?.documentElement.scrollHeight ?? height)
          }
        />
      ) : (
        <pre className={styles.text}>{text}</pre>
      )}
    </>
  )
}

function SendNow({ name, email }: Subscription) {
  const [asking, ask] = useState(false)
  const send = useMutation(change('post', '/api/reports/weekly/{email}/send'))
  return (
    <>
      <Button size="xs" className="tl-no-print" onClick={() => ask(true)}>
        {words.send}
      </Button>
      <Confirm
        opened={asking}
        onClose={() => ask(false)}
        title={words.sendTitle(name)}
        kept={words.sendKept}
        action={words.send}
        failed={words.sendFailed}
        onConfirm={async () => {
          await send.mutateAsync({ path: { email }, body: {} })
          done(words.sent(name))
        }}
      />
    </>
  )
}
