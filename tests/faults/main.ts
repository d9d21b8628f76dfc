/** `npm run test:faults`: plays the faults, lets the system drain after each, asks the oracle, prints one table. */
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { faults } from './faults/index.ts'
import { createTable } from './print.ts'
import { play } from './table.ts'

const HELP = `Plays faults against the hub and says which it survives.

  npm run test:faults                 all of them
  npm run test:faults -- F1 F6        some
  npm run test:faults -- --seed 4711  the same chance again
  npm run test:faults -- --round 3 F1 one round of one fault

  --seed WORD      what chance begins with; a new one each time when absent
  --json           [{"id","injected","survived","worstRecoveryMs"}] on standard output, nothing else
  --round N        only this round, counted from 0
  --at-once N      rounds at the same time (default: 2)
  --list           the faults there are
  --help           this text

With DATABASE_URL and REDIS_URL set everything is played; without them what needs neither a second process nor a
wire to cut, on the embedded database. The databases used are made and dropped, Redis database 12 is emptied.
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: randomBytes(4).toString('hex') },
    json: { type: 'boolean', default: false },
    round: { type: 'string' },
    'at-once': { type: 'string', default: '2' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false }
  }
})
const unknown = positionals.filter((id) => !faults.some((fault) => fault.id === id))

if (values.help) process.stdout.write(HELP)
else if (values.list) for (const { id, title, needs } of faults) process.stdout.write(`${id}\t${needs}\t${title}\n`)
else if (unknown.length > 0) {
  process.stderr.write(`There is no ${unknown.join(', ')}; --list says what there is.\n`)
  process.exitCode = 2
} else await run()

async function run(): Promise<void> {
  const progress = (line: string) => void process.stderr.write(`${line}\n`)
  progress(`seed ${values.seed}`)
  const { lines, leftOut } = await play({
    services: { postgres: process.env.DATABASE_URL || null, redis: process.env.REDIS_URL || null },
    seed: values.seed,
    only: positionals,
    atOnce: Number(values['at-once']),
    ...(values.round === undefined ? {} : { round: Number(values.round) }),
    progress
  })
  if (values.json) {
    const brief = lines.map(({ id, injected, survived, worstRecoveryMs }) => ({
      id,
      injected,
      survived,
      worstRecoveryMs
    }))
    process.stdout.write(`${JSON.stringify(brief)}\n`)
  } else process.stdout.write(createTable(lines, leftOut))
  if (lines.some(({ injected, survived }) => survived < injected)) process.exitCode = 1
}
