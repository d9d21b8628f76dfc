import { createInterface } from 'node:readline/promises'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { connectTool } from '../operations/connections.ts'
import { Refusal } from '../operations/operation.ts'
import { bold, count, print, quiet, say } from './print.ts'
import { asks } from './verb.ts'

export const connectVerb = (): Command =>
  new Command('connect').description('connect an account of a tool').addCommand(
    asks(
      new Command('trello')
        .description('connect a Trello account')
        .option('--key <key>', 'API key of your Trello app (default: TRELLO_KEY)')
        .option('--token <token>', 'token with read and write rights; left out, it is asked for, or read from stdin')
        .option('--url <url>', 'address of a stand-in instead of api.trello.com (default: TRELLO_URL)')
        .addHelpText('after', HELP),
      async (hub, options) => {
        const key = (options.key as string | undefined) ?? readConfig().TRELLO_KEY
        if (!key) throw new Refusal(400, 'no_key', `An API key is needed.${HELP}`)
        const token = (options.token as string | undefined) ?? (await askToken(key))
        const answer = await hub.call(connectTool, {
          tool: 'trello',
          credentials: { key: key.trim(), token: token.trim() },
          baseUrl: (options.url as string | undefined) ?? null
        })
        print(options, answer, () => {
          const { accountName, accountUsername } = answer.connection
          const as = accountUsername ? `${accountName} (@${accountUsername})` : accountName
          return [
            `Connected as ${bold(as)}; it sees ${count(answer.projects, 'board')}. Comments will be posted as ${accountName}.`,
            quiet('Next: throughline projects choose BOARD…')
          ].join('\n')
        })
      }
    )
  )

const HELP = `

  1. Open https://trello.com/apps/admin, make an app (or open yours) and copy its API key.
  2. throughline connect trello --key KEY
     shows the address where you allow access; paste the token that Trello shows.`

async function askToken(key: string): Promise<string> {
  const query = new URLSearchParams({
    key,
    name: 'Throughline',
    scope: 'read,write',
    expiration: 'never',
    response_type: 'token'
  })
  if (process.stdin.isTTY) {
    say(`Open this address, allow access and paste the token here:\n\n  https://trello.com/1/authorize?${query}\n`)
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false })
  try {
    for await (const line of lines) if (line.trim()) return line
  } finally {
    lines.close()
  }
  throw new Refusal(400, 'no_token', 'No token was given. Paste it, pipe it in, or use --token.')
}
