/** One account: its head with what can be done, and its sheets. */
import { Alert, Button, Menu, Title } from '@mantine/core'
import { IconAlertTriangle, IconDots, IconPlayerPause } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useProgress } from '../../api/progress.ts'
import { change, get } from '../../api/query.ts'
import { done } from '../../parts/done.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { ToolTile } from '../../parts/Marks.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { When } from '../../parts/When.tsx'
import { connectionsWords as words } from '../../words/connections.ts'
import { toolName } from '../../words/en.ts'
import styles from './Connections.module.css'
import type { Line } from './Connections.tsx'
import { FirstSync } from './FirstSync.tsx'
import { HandOver } from './HandOver.tsx'
import { Removal } from './Removal.tsx'
import { Boards, Budget, Looks, Rights, Sample, SetAside, Webhooks } from './Sheets.tsx'

export function Account({
  line,
  others,
  onReconnect,
  onGone
}: {
  line: Line
  others: readonly Line[]
  onReconnect: () => void
  onGone: () => void
}) {
  const { data, error, refetch } = useQuery({
    ...get('/api/connections/{id}', { path: { id: line.id } }),
    refetchInterval: 15_000
  })
  const progress = useProgress()
  const [handing, hand] = useState(false)
  const [removing, remove] = useState(false)
  const pause = useMutation(change('put', '/api/connections/{id}/pause'))
  const ask = useMutation({
    ...change('post', '/api/connections/{id}/refresh'),
    onSuccess: ({ projects }) => done(words.checked(projects))
  })
  const path = { id: line.id }
  const paused = line.state === 'paused'
  const halt = (now: boolean) =>
    pause.mutate(
      { path, body: { paused: now } },
      {
        onSuccess: () =>
          done(
            now ? words.pausedNow : words.resumed,
            now ? () => pause.mutate({ path, body: { paused: false } }) : undefined
          )
      }
    )
  if (error) return <Failed what={words.failedOne} error={error} again={refetch} />
  if (!data || data.connection.id !== line.id) return <Waiting rows={10} />
  const { connection } = data
  return (
    <>
      <header className={styles.head}>
        <ToolTile tool={line.tool} size="lg" named />
        <div className={styles.names}>
          <Title order={2}>{line.accountName}</Title>
          <p className={styles.meta}>
            {words.connectedBy(toolName(line.tool), connection.connectedBy)} <When at={connection.connectedAt} />
            {connection.expiresAt && (
              <>
                {' · '}
                {words.expires} <When at={connection.expiresAt} />
              </>
            )}
          </p>
        </div>
        <div className={styles.actions}>
          <Button onClick={onReconnect}>{words.reconnect}</Button>
          <Button onClick={() => hand(true)}>{words.handOver}</Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button aria-label={words.more} px={8}>
                <IconDots />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => ask.mutate({ path })}>{words.check}</Menu.Item>
              {line.state !== 'parked' && (
                <Menu.Item onClick={() => halt(!paused)}>{paused ? words.resume : words.pause}</Menu.Item>
              )}
              <Menu.Item color="red" onClick={() => remove(true)}>
                {words.removal.go}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      </header>
      {ask.error && <Failed what={words.notChecked} error={ask.error} />}
      {pause.error && <Failed what={words.notPaused} error={pause.error} />}
      {paused && (
        <Alert icon={<IconPlayerPause />} mb="md" color="gray">
          {words.pausedSince} <When at={line.stateSince} />. {words.pausedWhy}{' '}
          <Button size="xs" onClick={() => halt(false)}>
            {words.resume}
          </Button>
        </Alert>
      )}
      {line.state === 'parked' && (
        <Alert icon={<IconAlertTriangle />} mb="md" color="red">
          {words.refusedSince} <When at={line.stateSince} />. {words.refusedWhy}
        </Alert>
      )}
      <FirstSync progress={progress} connection={line.id} onPause={() => halt(true)} />
      <div className={styles.sheets}>
        <div>
          <Sample details={data} />
          <Boards details={data} progress={progress} />
          <Webhooks details={data} />
        </div>
        <div>
          <Rights details={data} />
          <Budget details={data} />
          <Looks details={data} />
          <SetAside details={data} />
          <Removal
            line={line}
            asked={removing}
            onAsk={() => remove(true)}
            onClose={() => remove(false)}
            onGone={onGone}
            onHandOver={() => hand(true)}
          />
        </div>
      </div>
      <HandOver line={line} others={others} opened={handing} onClose={() => hand(false)} />
    </>
  )
}
