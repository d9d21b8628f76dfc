/** One tool, connected: by allowing access there, or with what the tool shows – in its own words where to find it. */
import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { change, type Output } from '../../api/query.ts'
import { Failed } from '../../parts/Failed.tsx'
import { Octagon } from '../../parts/Octagon.tsx'
import { tendingWords } from '../../words/tending.ts'
import styles from './tending.module.css'

export type AskingTool = Output<'get', '/api/tools'>['tools'][number]
type Connected = Output<'post', '/api/connections'>

const words = tendingWords.connect

/** `page`: where they come back to; `failed`: why they came back from the tool without an account. */
export function ConnectForm({
  tool,
  page,
  failed,
  onConnected
}: {
  tool: AskingTool
  page: 'welcome' | 'connections'
  failed: string | null
  onConnected: (answer: Connected) => void
}) {
  const [given, give] = useState<Record<string, string>>(() =>
    Object.fromEntries(tool.asks.map(({ name, given: known }) => [name, known ?? '']))
  )
  const connect = useMutation({ ...change('post', '/api/connections'), onSuccess: onConnected })
  const allow = useMutation({
    ...change('post', '/api/connections/oauth'),
    onSuccess: ({ url }) => window.location.assign(url)
  })
  const ready = tool.asks.every(({ name, optional }) => optional || given[name]?.trim())
  const error = allow.error ?? connect.error
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const credentials = Object.entries(given).flatMap(([name, value]) =>
          value.trim() === '' ? [] : [[name, value.trim()] as const]
        )
        connect.mutate({ body: { tool: tool.tool, credentials: Object.fromEntries(credentials) } })
      }}
    >
      <Stack gap="md">
        {failed && !error && <CameBack tool={tool} failed={failed} />}
        {tool.oauth && (
          <>
            <p className={styles.quiet}>{words.oauthWhy(tool.name)}</p>
            <Button
              variant="filled"
              loading={allow.isPending}
              onClick={() => allow.mutate({ body: { tool: tool.tool, page } })}
              style={{ alignSelf: 'flex-start' }}
            >
              {words.oauth(tool.name)}
            </Button>
            <p className={styles.quiet}>{words.or}</p>
          </>
        )}
        {tool.asks.map(({ name, label, help, secret, optional }) => {
          const Field = secret ? PasswordInput : TextInput
          const title = label.charAt(0).toLocaleUpperCase() + label.slice(1)
          return (
            <Field
              key={name}
              label={optional ? words.optional(title) : title}
              description={<Help text={help.replace('YOUR_KEY', given.key?.trim() || 'YOUR_KEY')} />}
              inputWrapperOrder={['label', 'description', 'input', 'error']}
              value={given[name] ?? ''}
              onChange={(event) => give({ ...given, [name]: event.currentTarget.value })}
              autoComplete="off"
              spellCheck={false}
              required={!optional}
              withAsterisk={false}
            />
          )
        })}
        {error && <Failed what={words.failed(tool.name)} error={error} />}
        <div className={styles.row}>
          <Button
            type="submit"
            variant={tool.oauth ? 'default' : 'filled'}
            loading={connect.isPending}
            disabled={!ready}
          >
            {words.go}
          </Button>
          <span className={styles.quiet}>{words.kept}</span>
        </div>
      </Stack>
    </form>
  )
}

/** Why somebody came back from a tool and is not connected. The address only names it; the words are ours. */
export function CameBack({ tool, failed }: { tool?: AskingTool | undefined; failed: string }) {
  const name = tool?.name ?? words.theTool
  const why = Object.hasOwn(words.came, failed) ? words.came[failed as keyof typeof words.came] : words.cameElse
  return (
    <Alert color="red" icon={<Octagon />} title={words.failed(name)} role="alert">
      {why(name, (tool?.tool ?? '').toUpperCase())}
    </Alert>
  )
}

const ADDRESS = /(https:\/\/\S*[^\s.,;)])/

/** Addresses in it can be followed. */
const Help = ({ text }: { text: string }) =>
  text.split(ADDRESS).map((part) =>
    ADDRESS.test(part) ? (
      <a key={part} href={part} target="_blank" rel="noreferrer" className={styles.address}>
        {part}
      </a>
    ) : (
      part
    )
  )
