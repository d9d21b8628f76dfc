/** All verbs: one file each beside this one. */
import { Command, CommanderError } from 'commander'
import packageFacts from '../../package.json' with { type: 'json' }
import { explain } from '../operations/explain.ts'
import { alertsVerb } from './alerts.ts'
import { checkVerb } from './check.ts'
import { columnsVerb } from './columns.ts'
import { connectVerb } from './connect.ts'
import { demoVerb } from './demo.ts'
import { doctorVerb } from './doctor.ts'
import { findingsVerb } from './findings.ts'
import { okrVerb } from './okr.ts'
import { peopleVerb } from './people.ts'
import { projectsVerb } from './projects.ts'
import { reportVerb } from './report.ts'
import { serveVerb } from './serve.ts'
import { syncVerb } from './sync.ts'
import { workVerb } from './work.ts'

const program = new Command('throughline')
  .description(packageFacts.description)
  .version(packageFacts.version)
  .showHelpAfterError('Add --help to see what this command takes.')
  .exitOverride()
  .enablePositionalOptions()
  .configureHelp({ showGlobalOptions: true })

for (const verb of [
  checkVerb,
  demoVerb,
  serveVerb,
  workVerb,
  connectVerb,
  projectsVerb,
  columnsVerb,
  syncVerb,
  findingsVerb,
  alertsVerb,
  okrVerb,
  peopleVerb,
  reportVerb,
  doctorVerb
]) {
  program.addCommand(copyExit(verb()))
}

// A reader that has seen enough (`… | head`) closes the pipe: no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = fail(error)
}

/**
 * Sub-commands made on their own do not inherit how errors are shown. Options after a sub-command are that one's: else
 * a verb with a `--json` of its own would take it away from them.
 */
function copyExit(command: Command): Command {
  command.exitOverride().enablePositionalOptions().showHelpAfterError('Add --help to see what this command takes.')
  for (const child of command.commands) copyExit(child)
  return command
}

/** Prints what went wrong and returns the exit code: 2 for a wrong call, 1 for everything else. */
function fail(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const asJson = process.argv.includes('--json')
  const words = explain(error)
  if (asJson) {
    const { code, message } = words ?? { code: 'internal', message: String((error as Error)?.message ?? error) }
    process.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`)
  }
  process.stderr.write(`${words ? words.message : ((error as Error)?.stack ?? String(error))}\n`)
  return 1
}
