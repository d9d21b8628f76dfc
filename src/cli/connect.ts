/** `connect TOOL`: one sub-command a tool, made from what its adapter asks for. */
import { createInterface } from 'node:readline/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import { adapters } from '../../adapters/index.ts'
import type { Adapter, CredentialField } from '../adapter.ts'
import { readConfig } from '../config.ts'
import { connections, connectOAuth, connectTool } from '../operations/connections/connections.ts'
import { Refusal } from '../operations/operation.ts'
import { bold, count, print, quiet, say } from './print.ts'
import type { Reach } from './reach.ts'
import { asks } from './verb.ts'

export const connectVerb = (): Command => {
  const verb = new Command('connect').description('connect an account of a tool')
  for (const adapter of adapters) verb.addCommand(connectOne(adapter))
  return verb
}

function connectOne(adapter: Adapter): Command {
  const command = new Command(adapter.tool).description(`connect a ${adapter.name} account`)
  for (const field of adapter.asks) command.option(`--${kebab(field.name)} <text>`, described(adapter, field))
  if (adapter.oauth)
    command.option('--oauth', 'allow access in the browser; the hub has to be running (throughline serve)')
  command
    .option(
      '--url <url>',
      `address of a stand-in instead of ${adapter.baseUrl} (default: ${adapter.tool.toUpperCase()}_URL)`
    )
    .addHelpText('after', steps(adapter))
  return asks(command, async (hub, options) => {
    const baseUrl = (options.url as string | undefined) ?? null
    if (options.oauth) return throughBrowser(hub, adapter, baseUrl, options)
    const credentials = await gather(adapter, options)
    const answer = await hub.call(connectTool, { tool: adapter.tool, credentials, baseUrl })
    print(options, answer, () => connected(answer.connection, answer.projects))
  })
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

const described = (adapter: Adapter, { name, label, secret, optional }: CredentialField): string =>
  [
    label,
    adapter.tool === 'trello' && name === 'key' ? ' (default: TRELLO_KEY)' : '',
    optional ? ' (optional)' : '',
    secret && !optional ? '; left out, it is asked for, or read from stdin' : ''
  ].join('')

const steps = ({ asks: fields }: Adapter): string => {
  const lines = fields.map(
    ({ label, help, optional }, at) => `  ${at + 1}. ${label}${optional ? ' (optional)' : ''}: ${help}`
  )
  return `\n\n${lines.join('\n')}`
}

/** What was given as options, and what is asked for or piped in, line by line. */
async function gather(adapter: Adapter, options: Record<string, unknown>): Promise<Record<string, string>> {
  const defaults: Record<string, string | undefined> = adapter.tool === 'trello' ? { key: readConfig().TRELLO_KEY } : {}
  const known = Object.fromEntries(
    adapter.asks.flatMap(({ name }) => {
      const value = (options[name] as string | undefined) ?? defaults[name]
      return value === undefined ? [] : [[name, value.trim()]]
    })
  )
  const missing = adapter.asks.filter(({ name, optional }) => !optional && known[name] === undefined)
  const open = missing.find(({ secret }) => !secret)
  if (open) throw new Refusal(400, `no_${open.name}`, `The ${open.label} is needed.${steps(adapter)}`)
  const lines = missing.length > 0 ? linesOf(process.stdin) : null
  try {
    for (const { name, label, help } of missing) {
      if (process.stdin.isTTY) say(`${help.replace('YOUR_KEY', known.key ?? 'YOUR_KEY')}\n\nPaste the ${label} here:`)
      const line = await lines?.next()
      if (!line)
        throw new Refusal(400, `no_${name}`, `No ${label} was given. Paste it, pipe it in, or use --${kebab(name)}.`)
      known[name] = line.trim()
    }
  } finally {
    lines?.close()
  }
  return known
}

function linesOf(input: NodeJS.ReadableStream): { next(): Promise<string | null>; close(): void } {
  const reader = createInterface({ input, terminal: false })
  const lines = reader[Symbol.asyncIterator]()
  return {
    async next() {
      for (let line = await lines.next(); !line.done; line = await lines.next())
        if (line.value.trim()) return line.value
      return null
    },
    close: () => reader.close()
  }
}

const PATIENCE_MS = 10 * 60_000

/** Shows where to allow access and waits until the hub says that it happened. */
async function throughBrowser(
  hub: Reach,
  adapter: Adapter,
  baseUrl: string | null,
  options: { json: boolean }
): Promise<void> {
  const stamp = async () =>
    JSON.stringify((await hub.call(connections, {})).connections.map(({ id, version }) => [id, version]))
  const before = await stamp()
  const { url } = await hub.call(connectOAuth, { tool: adapter.tool, baseUrl })
  say(`Open this address and allow access:\n\n  ${url}\n\n${quiet('Waiting for you to come back …')}`)
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(1000)) {
    if ((await stamp()) === before) continue
    const connection = (await hub.call(connections, {})).connections.filter(({ tool }) => tool === adapter.tool).at(-1)
    if (connection) return print(options, { connection }, () => connected(connection, null))
  }
  throw new Refusal(422, 'not_allowed', 'Nobody allowed access within ten minutes. Start again when you are ready.')
}

function connected(
  { accountName, accountUsername }: { accountName: string; accountUsername: string | null },
  projects: number | null
): string {
  const as = accountUsername ? `${accountName} (@${accountUsername})` : accountName
  const sees = projects === null ? '' : `; it sees ${count(projects, 'project')}`
  return [
    `Connected as ${bold(as)}${sees}. Comments will be posted as ${accountName}.`,
    quiet('Next: throughline projects choose PROJECT…')
  ].join('\n')
}
