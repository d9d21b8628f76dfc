/** Accounts at the left, one of them beside it. On a phone the list, then the account. */
import { Button, Modal } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { get, type Output } from '../../api/query.ts'
import { done } from '../../parts/done.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { ToolTile } from '../../parts/Marks.tsx'
import { Page } from '../../parts/Page.tsx'
import { PickLine, PickOne, usePicked } from '../../parts/PickOne.tsx'
import { Status } from '../../parts/Status.tsx'
import { useUrl } from '../../parts/useUrl.ts'
import { Waiting } from '../../parts/Waiting.tsx'
import { When } from '../../parts/When.tsx'
import { connectionsWords as words } from '../../words/connections.ts'
import { words as common, toolName } from '../../words/en.ts'
import { tendingWords } from '../../words/tending.ts'
import { CameBack, ConnectForm } from '../tending/ConnectForm.tsx'
import { Account } from './Account.tsx'
import styles from './Connections.module.css'

export type Line = Output<'get', '/api/connections'>['connections'][number]

const START = { account: null as string | null, connect: null as string | null, failed: null as string | null }

export default function Connections() {
  const [{ account, connect, failed }, show] = useUrl(START)
  const { data, error, refetch } = useQuery({ ...get('/api/connections'), refetchInterval: 15_000 })
  const lines = data?.connections ?? []
  const open = usePicked(lines, account)
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
        <PickOne
          label={words.accounts}
          back={words.all}
          onBack={() => show({ account: null })}
          list={lines.map((line) => (
            <PickLine
              key={line.id}
              icon={<ToolTile tool={line.tool} named />}
              name={line.accountName}
              facts={words.line(toolName(line.tool), line.boards)}
              state={<State line={line} />}
              current={line.id === open?.id}
              onPick={() => show({ account: line.id }, { add: true })}
            />
          ))}
        >
          {open && (
            <Account
              key={open.id}
              line={open}
              others={lines.filter(({ id, tool }) => tool === open.tool && id !== open.id)}
              onReconnect={() => show({ connect: open.tool }, { add: true })}
              onGone={() => show({ account: null })}
            />
          )}
        </PickOne>
      )}
      <Connecting
        tool={connect}
        failed={failed}
        onTool={(tool) => show({ connect: tool, failed: null })}
        onClose={() => show({ connect: null, failed: null })}
        onConnected={(id) => show({ connect: null, failed: null, account: id })}
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
  failed,
  onTool,
  onClose,
  onConnected
}: {
  tool: string | null
  /** Why they came back from a tool without an account. */
  failed: string | null
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
          page="connections"
          failed={failed}
          onConnected={({ connection }) => {
            done(tendingWords.connect.done(chosen.name, connection.accountName))
            onConnected(connection.id)
          }}
        />
      )}
      {data && !chosen && (
        <div className={styles.tools}>
          {failed && <CameBack failed={failed} />}
          {data.tools.map((one) => (
            <PickLine
              key={one.tool}
              icon={<ToolTile tool={one.tool} size="lg" named />}
              name={one.name}
              onPick={() => onTool(one.tool)}
            />
          ))}
        </div>
      )}
    </Modal>
  )
}
