/**
 * `throughline check FILE…`: board exports in, findings out. No account and no server: the same normalise, store, settle
 * and rules as in the hub, on a database in memory. Each file is judged on its own.
 */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { Command } from 'commander'
import { Temporal } from 'temporal-polyfill'
import { readConfig } from '../config.ts'
import { type BoardCheck, checkBoard, parseExport, withChecks } from '../operations/check/check.ts'
import { Refusal } from '../operations/operation.ts'
import { Calendar } from '../rules/calendar.ts'
import { bold, count, day, print, quiet, say, table, warn } from './print.ts'

export interface Check {
  now: string
  boards: BoardCheck[]
  errors: { file: string; message: string }[]
}

export const checkVerb = (): Command =>
  new Command('check')
    .description('findings from Trello board exports, without an account')
    .argument('<file...>', 'board exports (board menu → Print, export, and share → Export as JSON)')
    .option('--now <iso>', 'judge as of this moment, for example 2026-11-16T09:00:00Z (default: now)')
    .option('--tz <zone>', 'time zone of the people on the board (default: TIME_ZONE, else UTC)')
    .option('--json', 'print one JSON document', false)
    .addHelpText('after', '\nExit code: 0 when any board was read, 2 when none was.')
    .action(async (files: string[], options: { now?: string; tz?: string; json: boolean }) => {
      const zone = zoneOf(options.tz ?? readConfig().TIME_ZONE ?? 'UTC')
      const result = await check(files, { now: instantOf(options.now, zone), zone, progress: !options.json })
      print(options, asDocument(result), () => words(result, zone))
      if (result.boards.length === 0) process.exitCode = 2
    })

const asDocument = ({ now, boards, errors }: Check) => ({
  now,
  boards: boards.map((board) => ({ ...board, quarantined: board.quarantined.map(({ title: _, ...rest }) => rest) })),
  errors
})

/** Judges each file on its own. Nothing is thrown for a bad file: it is named in `errors`. */
export async function check(
  files: string[],
  options: { now: string; zone: string; progress?: boolean }
): Promise<Check> {
  const { now, zone } = options
  const boards: BoardCheck[] = []
  const errors: Check['errors'] = []
  await withChecks(zone, async (db) => {
    for (const [index, file] of files.entries()) {
      if (options.progress && files.length > 1) say(quiet(`${index + 1} of ${files.length}: ${basename(file)}`))
      try {
        boards.push(await checkBoard(db, { file, value: await readBoard(file), now, zone }))
      } catch (error) {
        errors.push({ file, message: error instanceof Refusal ? error.message : unforeseen(file, error) })
      }
    }
  })
  return { now, boards, errors }
}

/** A fault of ours costs the one file it shows itself on; where it happened goes to stderr. */
function unforeseen(file: string, error: unknown): string {
  say(String((error as Error)?.stack ?? error))
  return `${file}: Throughline failed on this board; the others are not affected. Please report it, with the lines above.`
}

async function readBoard(file: string): Promise<unknown> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    const why =
      code === 'ENOENT'
        ? 'There is no such file'
        : code === 'EISDIR'
          ? 'That is a folder'
          : `It cannot be read (${code})`
    throw new Refusal(400, 'unreadable', `${file}: ${why}. Give the path of a board export.`)
  }
  return parseExport(file, text)
}

const SHOWN = 10

function words(result: Check, zone: string): string {
  const boards = result.boards.map((board) => {
    const rules = Object.entries(board.byRule).filter(([, n]) => n > 0)
    const unmapped = board.columns.filter(
      ({ category, archived, tasks }) => category === 'unmapped' && !archived && tasks > 0
    )
    return [
      bold(`${board.name}  `) + quiet(board.file),
      `${count(board.tasks, 'card')}, ${board.openTasks} not archived. ${
        rules.length === 0
          ? 'Nothing found.'
          : `${count(board.findings.length, 'finding')}: ${rules.map(([rule, n]) => `${rule} ${n}`).join(', ')}.`
      }`,
      '',
      table(
        ['Column', 'Means', 'Cards'],
        board.columns.map(({ name, category, archived, tasks }) => [
          name + (archived ? ' (archived)' : ''),
          category === 'unmapped' ? warn(category) : category,
          tasks
        ]),
        [50, null, null]
      ),
      ...(board.findings.length > 0 ? ['', ...findingTable(board, zone)] : []),
      ...(unmapped.length > 0
        ? ['', `No rule looks at ${count(unmapped.length, 'column')} whose name does not say what stands in it.`]
        : []),
      ...board.quarantined.map(
        ({ task, title, path, reason }) =>
          `1 card set aside: ${title ? `“${title}”` : task}, because “${path}” ${reason}. Mend it in the file, or leave it; the others are in.`
      )
    ].join('\n')
  })
  return [...boards, ...result.errors.map(({ message }) => message)].join('\n\n')
}

function findingTable(board: BoardCheck, zone: string): string[] {
  const shown = [...board.findings].sort((a, b) => (a.since < b.since ? -1 : 1)).slice(0, SHOWN)
  return [
    table(
      ['Since', 'Rule', 'Card', 'Column'],
      shown.map(({ since, rule, title, column }) => [day(since, zone), rule, title, column]),
      [null, null, 56, 24]
    ),
    ...(board.findings.length > SHOWN
      ? [quiet(`The ${SHOWN} oldest of ${board.findings.length}; --json gives all.`)]
      : [])
  ]
}

function instantOf(text: string | undefined, zone: string): string {
  if (text === undefined) return new Date().toISOString()
  const iso = (instant: Temporal.Instant) => instant.toString({ fractionalSecondDigits: 3 })
  try {
    return iso(Temporal.Instant.from(text))
  } catch {}
  try {
    return iso(Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant())
  } catch {
    throw new Refusal(400, 'bad_now', `“${text}” is no moment. Write it like 2026-11-16T09:00:00Z.`)
  }
}

function zoneOf(zone: string): string {
  const parsed = Calendar.shape.zone.safeParse(zone)
  if (!parsed.success) throw new Refusal(400, 'bad_zone', `“${zone}” is no time zone. Write one like Europe/Lisbon.`)
  return zone
}
