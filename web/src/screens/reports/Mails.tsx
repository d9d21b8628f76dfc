/** Rollups that have left, with what became of each; one that may not have arrived can be sent again. */
import { Button } from '@mantine/core'
import { IconMailOff } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { change } from '../../api/query.ts'
import { done } from '../../parts/done.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { Status, type StatusKind } from '../../parts/Status.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { When } from '../../parts/When.tsx'
import { reportsWords } from '../../words/reports.ts'
import styles from './Reports.module.css'
import type { Mail } from './Reports.tsx'

const words = reportsWords.mails

const KINDS: Record<Mail['state'], StatusKind> = {
  due: 'paused',
  sending: 'paused',
  sent: 'fine',
  unclear: 'waiting',
  dead: 'broken'
}

export function Mails({
  data,
  error,
  again,
  open,
  onOpen,
  tends
}: {
  data: { mails: Mail[] } | undefined
  error: unknown
  again: () => unknown
  open: string | null
  onOpen: (id: number) => void
  tends: boolean
}) {
  const all = data?.mails ?? []
  const retry = useMutation(change('post', '/api/outbox/{id}/retry'))
  const resend = ({ id, name }: Mail) => retry.mutate({ path: { id } }, { onSuccess: () => done(words.resent(name)) })
  return (
    <Sheet title={words.title} aside={words.aside} flush>
      {retry.error && (
        <div className={styles.pad}>
          <Failed what={words.resendFailed} error={retry.error} />
        </div>
      )}
      {all.length > 0 ? (
        <table className={styles.table} aria-label={words.table}>
          <thead>
            <tr>
              <th scope="col">{words.subject}</th>
              <th scope="col">{words.to}</th>
              <th scope="col">{words.state}</th>
              <th aria-hidden />
            </tr>
          </thead>
          <tbody>
            {all.map((mail) => (
              <tr key={mail.id} data-open={open === String(mail.id) || undefined}>
                <th scope="row" className={styles.cut}>
                  <button type="button" className={styles.opens} onClick={() => onOpen(mail.id)} title={mail.subject}>
                    {mail.subject}
                  </button>
                </th>
                <td className={styles.quiet}>{mail.name}</td>
                <td>
                  <span className={styles.became}>
                    <Status kind={KINDS[mail.state]}>{words.states[mail.state]}</Status>
                    <span className={styles.quiet} title={mail.reason ?? undefined}>
                      <When at={mail.at} />
                    </span>
                  </span>
                </td>
                <td className={styles.acts}>
                  {tends && (mail.state === 'dead' || mail.state === 'unclear') && (
                    <Button size="xs" loading={retry.isPending} onClick={() => resend(mail)}>
                      {words.resend}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : error ? (
        <div className={styles.pad}>
          <Failed what={words.failed} error={error} again={again} />
        </div>
      ) : data ? (
        <Empty icon={<IconMailOff />} title={words.empty} why={words.emptyWhy} />
      ) : (
        <Waiting rows={4} />
      )}
    </Sheet>
  )
}
