/** What every verb that asks the hub shares: `--json`, opening and closing the way, words for errors. */
import type { Command } from 'commander'
import { type Reach, reach } from './reach.ts'

/** Adds `--json` and runs `work` with the hub within reach. */
export function asks<Args extends unknown[]>(
  command: Command,
  work: (hub: Reach, options: { json: boolean } & Record<string, unknown>, ...args: Args) => Promise<void>
): Command {
  return command.option('--json', 'print one JSON document', false).action(async (...given: unknown[]) => {
    // Commander passes the arguments, then the options, then the command itself.
    const { parent } = given.at(-1) as Command
    const own = given.at(-2) as { json: boolean } & Record<string, unknown>
    const options = { ...own, json: own.json || parent?.opts().json === true }
    const hub = await reach()
    try {
      await work(hub, options, ...(given.slice(0, -2) as Args))
    } finally {
      await hub.close()
    }
  })
}
