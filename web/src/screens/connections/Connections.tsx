/** Accounts at the left, one of them beside it. On a phone the list, then the account. */
import { Button, Modal, UnstyledButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowLeft, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { get, type Output } from '../../api/query.ts'
import { done } from '../../parts/done.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { ToolTile } from '../../parts/Marks.tsx'
import { Page } from '../../parts/Page.tsx'
import { Status } from '../../parts/Status.tsx'
import { useUrl } from '../../parts/useUrl.ts'
import { Waiting } from '../../parts/Waiting.tsx'
import { When } from '../../parts/When.tsx'
import { connectionsWords as words } from '../../words/connections.ts'
import { words as common, toolName } from '../../words/en.ts'
import { tendingWords } from '../../words/tending.ts'
import { ConnectForm } from '../tending/ConnectForm.tsx'
import { Account } from './Account.tsx'
import styles from './Connections.module.css'

export type Line = Output<'get', '/api/connections'>['connections'][number]

const START = { account: null as string | null, connect: null as string | null }

export default function Connections() {
  const [{ account, connect }, show] = useUrl(START)
  const { data, error, refetch } = useQuery({ ...get('/api/connections'), refetchInterval: 15_000 })
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const lines = data?.connections ?? []
  const open = lines.find(({ id }) => id === account) ?? (phone ? undefined : lines[0])
  const connecting = (
    <Button leftSection={<IconPlus />} onClick={() => show({ connect: 'choose' }, { add: true })}>
      {words.connect}
    </Button>
  )
  return (
    <Page title={words.title} sub={data && words.sub(lines.length)} actions={lines.length > 0 && connecting}>
      {error && <Failed what={words.failed} error={error} again={refetch} />}
      {!data && !error && <Waiting rows={6} />}
      {data && lines.length === 0 && <Empty title={words.empty} why={words.emptyWhy} action={connecting} />}
      {lines.length > 0 && (
        <div className={styles.columns}>
          {(!phone || !open) && (
            <nav aria-label={words.accounts} className={styles.list}>
              {lines.map((line) => (
                <UnstyledButton
                  key={line.id}
                  className={styles.line}
                  aria-current={line.id === open?.id ? 'true' : undefined}
                  onClick={() => show({ account: line.id }, { add: true })}
                >
                  <ToolTile tool={line.tool} named />
                  <span className={styles.who}>
                    <span title={line.accountName}>{line.accountName}</span>
                    <span className={styles.meta}>{words.line(toolName(line.tool), line.boards)}</span>
                  </span>
                  <State line={line} />
                </UnstyledButton>
              ))}
            </nav>
          )}
          {open && (
            <div className={styles.account}>
              {phone && (
                <Button size="xs" leftSection={<IconArrowLeft />} mb="md" onClick={() => show({ account: null })}>
                  {words.all}
                </Button>
              )}
              <Account
                key={open.id}
                line={open}
                others={lines.filter(({ id, tool }) => tool === open.tool && id !== open.id)}
                onReconnect={() => show({ connect: open.tool }, { add: true })}
                onGone={() => show({ account: null })}
              />
            </div>
          )}
        </div>
      )}
      <Connecting
        tool={connect}
        onTool={(tool) => show({ connect: tool })}
        onClose={() => show({ connect: null })}
        onConnected={(id) => show({ connect: null, account: id })}
      />
    </Page>
  )
}

export function State({ line }: { line: Line }) {
  if (line.state === 'parked') return <Status kind="broken">{words.states.parked}</Status>
  if (line.state === 'paused') return <Status kind="paused">{words.states.paused}</Status>
  if (line.reading) return <Status kind="unknown">{words.states.reading}</Status>
  if (line.failing) return <Status kind="waiting">{words.states.failing}</Status>
  if (line.chosen === 0) return <Status kind="unknown">{words.states.nothing}</Status>
  if (line.lookedAt === null) return <Status kind="unknown">{words.states.never}</Status>
  return (
    <Status kind="fine">
      <When at={line.lookedAt} as="recently" />
    </Status>
  )
}

/** Which tool, then its form. */
function Connecting({
  tool,
  onTool,
  onClose,
  onConnected
}: {
  tool: string | null
  onTool: (tool: string) => void
  onClose: () => void
  onConnected: (id: string) => void
}) {
  const { data, error, refetch } = useQuery({ ...get('/api/tools'), enabled: tool !== null })
  const chosen = data?.tools.find((one) => one.tool === tool)
  return (
    <Modal
      opened={tool !== null}
      onClose={onClose}
      title={chosen ? tendingWords.connect.title(chosen.name) : words.connectTitle}
      closeButtonProps={{ 'aria-label': common.close }}
      size="lg"
    >
      {error && <Failed what={tendingWords.connect.failedTools} error={error} again={refetch} />}
      {!data && !error && <Waiting rows={4} />}
      {chosen && (
        <ConnectForm
          key={chosen.tool}
          tool={chosen}
          onConnected={({ connection }) => {
            done(tendingWords.connect.done(chosen.name, connection.accountName))
            onConnected(connection.id)
          }}
        />
      )}
      {data && !chosen && (
        <div className={styles.tools}>
          {data.tools.map((one) => (
            <UnstyledButton key={one.tool} className={styles.line} onClick={() => onTool(one.tool)}>
              <ToolTile tool={one.tool} size="lg" named />
              <span className={styles.who}>{one.name}</span>
            </UnstyledButton>
          ))}
        </div>
      )}
    </Modal>
  )
}
