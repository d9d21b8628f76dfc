/** Which tool: connect one, drop an export of Trello, or look at the sample. */
import { Button, Loader, UnstyledButton } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import '@mantine/dropzone/styles.layer.css'
import { IconArrowLeft, IconChevronRight, IconDownload, IconEye } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { reach } from '../../api/client.ts'
import { get, type Output, queryClient } from '../../api/query.ts'
import { done } from '../../parts/done.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { ToolTile } from '../../parts/Marks.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { tendingWords } from '../../words/tending.ts'
import { welcomeWords as words } from '../../words/welcome.ts'
import { ConnectForm } from '../tending/ConnectForm.tsx'
import { Asking } from './Asking.tsx'
import { Checked } from './Checked.tsx'
import styles from './Welcome.module.css'

type Check = Output<'get', '/api/check/sample'>

const LARGEST = 32 * 1024 * 1024

export function ToolStep({
  tool,
  failed,
  onTool,
  onDone
}: {
  tool: string | null
  /** Why they came back from the tool without an account. */
  failed: string | null
  onTool: (tool: string | null) => void
  onDone: () => void
}) {
  const { data, error, refetch } = useQuery(get('/api/tools'))
  const [checked, keep] = useState<Check | null>(null)
  const chosen = data?.tools.find((one) => one.tool === tool)
  const any = data?.tools.some(({ accounts }) => accounts > 0) === true
  return (
    <Asking title={words.tool.title} sub={words.tool.sub}>
      {error && <Failed what={tendingWords.connect.failedTools} error={error} again={refetch} />}
      {!data && !error && <Waiting rows={5} />}
      {checked && <Checked check={checked} onClose={() => keep(null)} />}
      {data && (
        <div className={styles.halves}>
          {chosen ? (
            <Sheet
              title={tendingWords.connect.title(chosen.name)}
              actions={
                <Button size="xs" leftSection={<IconArrowLeft />} onClick={() => onTool(null)}>
                  {tendingWords.connect.back}
                </Button>
              }
            >
              <ConnectForm
                key={chosen.tool}
                tool={chosen}
                page="welcome"
                failed={failed}
                onConnected={({ connection }) => {
                  done(tendingWords.connect.done(chosen.name, connection.accountName))
                  onDone()
                }}
              />
            </Sheet>
          ) : (
            <Sheet flush label={words.tool.label}>
              {data.tools.map((one) => (
                <UnstyledButton key={one.tool} className={styles.tool} onClick={() => onTool(one.tool)}>
                  <ToolTile tool={one.tool} size="lg" named />
                  <span>
                    <strong>{one.name}</strong>
                    <span className={styles.meta}>
                      {one.accounts > 0
                        ? words.tool.connected(one.accounts)
                        : words.tool.ways(
                            one.oauth,
                            one.asks.filter(({ optional }) => !optional).map(({ label }) => label)
                          )}
                    </span>
                  </span>
                  <IconChevronRight aria-hidden />
                </UnstyledButton>
              ))}
            </Sheet>
          )}
          <WithoutToken onChecked={keep} />
        </div>
      )}
      {any && !chosen && (
        <Button variant="filled" mt="lg" onClick={onDone}>
          {words.tool.on}
        </Button>
      )}
      <p className={styles.promise}>
        <IconEye aria-hidden />
        <span>
          <strong>{words.tool.sees}</strong> {words.tool.seesWhat} <strong>{words.tool.never}</strong>{' '}
          {words.tool.neverWhat}
        </span>
      </p>
    </Asking>
  )
}

/** For those with no token at hand. */
function WithoutToken({ onChecked }: { onChecked: (check: Check) => void }) {
  const open = useRef<() => void>(null)
  const [rejected, reject] = useState(false)
  const send = useMutation({ mutationFn: checkFile, onSuccess: onChecked })
  const sample = useMutation({
    mutationFn: () => queryClient.fetchQuery({ ...get('/api/check/sample'), staleTime: 600_000 }),
    onSuccess: onChecked
  })
  return (
    <div className={styles.without}>
      <Dropzone
        className={styles.drop}
        openRef={open}
        onDrop={([file]) => {
          reject(false)
          if (file) send.mutate(file)
        }}
        onReject={() => reject(true)}
        accept={{ 'application/json': ['.json'] }}
        maxSize={LARGEST}
        multiple={false}
        activateOnClick={false}
        activateOnKeyboard={false}
        tabIndex={-1}
        disabled={send.isPending}
        inputProps={{ 'aria-label': words.drop.label }}
      >
        {send.isPending ? <Loader size="sm" /> : <IconDownload className={styles.arrow} aria-hidden />}
        <h2>{words.drop.title}</h2>
        <p>{send.isPending ? words.drop.looking : words.drop.why}</p>
        <Button onClick={() => open.current?.()} disabled={send.isPending} style={{ pointerEvents: 'all' }}>
          {words.drop.button}
        </Button>
      </Dropzone>
      {rejected && (
        <p role="alert" className={styles.rejected}>
          {words.drop.rejected}
        </p>
      )}
      {send.error && <Failed what={words.drop.failed} error={send.error} />}
      <Sheet flush label={words.sample.title}>
        <UnstyledButton className={styles.tool} onClick={() => sample.mutate()} disabled={sample.isPending}>
          <span>
            <strong>{words.sample.title}</strong>
            <span className={styles.meta}>{words.sample.why}</span>
          </span>
          {sample.isPending ? <Loader size="xs" /> : <IconChevronRight aria-hidden />}
        </UnstyledButton>
      </Sheet>
      {sample.error && <Failed what={words.sample.failed} error={sample.error} />}
    </div>
  )
}

async function checkFile(file: File): Promise<Check> {
  const headers = { 'content-type': 'application/json' }
  const request = new Request('/api/check', { method: 'POST', headers, body: file, credentials: 'same-origin' })
  return (await (await reach(request)).json()) as Check
}
