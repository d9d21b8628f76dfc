/** Weekly rollups: who gets them and when, those that left and what became of each, and the mail itself beside them. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '../../api/me.ts'
import { get, type Output } from '../../api/query.ts'
import { Page } from '../../parts/Page.tsx'
import { useUrl } from '../../parts/useUrl.ts'
import { reportsWords as words } from '../../words/reports.ts'
import { MailPanel } from './MailPanel.tsx'
import { Mails } from './Mails.tsx'
import styles from './Reports.module.css'
import { SubscriptionForm } from './SubscriptionForm.tsx'
import { Subscriptions } from './Subscriptions.tsx'

export type Subscription = Output<'get', '/api/reports/subscriptions'>['subscriptions'][number]
export type Mail = Output<'get', '/api/reports/mails'>['mails'][number]

const SHOWN = { next: null as string | null, mail: null as string | null }

export default function Reports() {
  const [{ next, mail }, show] = useUrl(SHOWN)
  const subscriptions = useQuery(get('/api/reports/subscriptions'))
  const mails = useQuery(get('/api/reports/mails'))
  const [changing, change] = useState<Subscription | 'new' | null>(null)
  const me = useMe()
  const steers = me.role !== 'member'
  const tends = me.role === 'ops' || me.role === 'owner'
  const all = subscriptions.data?.subscriptions ?? []
  // Managers see to their own: there is nothing to add once it is there.
  const adds = subscriptions.data && (tends || (steers && all.length === 0))
  const upcoming = all.find(({ email }) => email === next)
  const past = mails.data?.mails.find(({ id }) => String(id) === mail)
  return (
    <Page
      title={words.title}
      sub={words.sub}
      actions={
        adds && (
          <Button variant="filled" onClick={() => change('new')}>
            {tends ? words.subscriptions.add : words.subscriptions.own}
          </Button>
        )
      }
    >
      <div className={styles.layout} data-open={Boolean(upcoming ?? past) || undefined}>
        <div className={styles.lists}>
          <Subscriptions
            {...subscriptions}
            again={subscriptions.refetch}
            open={next}
            onPreview={(email) => show({ next: email, mail: null }, { add: true })}
            {...(steers ? { onChange: change } : {})}
          />
          <Mails
            {...mails}
            again={mails.refetch}
            open={mail}
            onOpen={(id) => show({ mail: String(id), next: null }, { add: true })}
            tends={tends}
          />
        </div>
        {(upcoming || past) && (
          <MailPanel
            {...(upcoming ? { next: upcoming } : {})}
            {...(past ? { past } : {})}
            sends={steers}
            onClose={() => show({ next: null, mail: null })}
          />
        )}
      </div>
      {changing && (
        <SubscriptionForm
          subscription={changing === 'new' ? null : changing}
          chooses={tends}
          onClose={() => change(null)}
        />
      )}
    </Page>
  )
}
