/** All verbs: one file each beside this one. */
import { Command, CommanderError } from 'commander'
import packageFacts from '../../package.json' with { type: 'json' }
import { explain } from '../operations/explain.ts'

const program = new Command('throughline')
  .description(packageFacts.description)
  .version(packageFacts.version)
  .showHelpAfterError('Add --help to see what this command takes.')
  .exitOverride()
  .enablePositionalOptions()
  .configureHelp({ showGlobalOptions: true })

/** In the order of the help. A call reads the files of its own verb only: the server alone is half of what there is to read. */
const VERBS: Readonly<Record<string, () => Promise<() => Command>>> = {
  check: async () => (await import('./check.ts')).checkVerb,
  demo: async () => (await import('./demo.ts')).demoVerb,
  serve: async () => (await import('./serve.ts')).serveVerb,
  work: async () => (await import('./work.ts')).workVerb,
  connect: async () => (await import('./connect.ts')).connectVerb,
  projects: async () => (await import('./projects.ts')).projectsVerb,
  columns: async () => (await import('./columns.ts')).columnsVerb,
  sync: async () => (await import('./sync.ts')).syncVerb,
  findings: async () => (await import('./findings.ts')).findingsVerb,
  alerts: async () => (await import('./alerts.ts')).alertsVerb,
  okr: async () => (await import('./okr.ts')).okrVerb,
  people: async () => (await import('./people.ts')).peopleVerb,
  report: async () => (await import('./report.ts')).reportVerb,
  doctor: async () => (await import('./doctor.ts')).doctorVerb
}

const [, , named = ''] = process.argv
const wanted = Object.entries(VERBS).filter(([verb]) => verb === named)
for (const [, read] of wanted.length > 0 ? wanted : Object.entries(VERBS))
  program.addCommand(copyExit((await read())()))

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
