/**
 * `npm run bench`: every bar of `README.md`, each a ratio to a baseline measured in the same run.
 *
 *   npm run bench -- [NAME…] [--json] [--size 0.1] [--rounds 3]
 *
 * The table (or JSON) alone goes to standard output, progress to standard error. Exits with 0 also where a bar is not
 * reached: what is measured is said, what is made of it is for people.
 */
import { parseArgs } from 'node:util'
import Table from 'cli-table3'
import { type Bench, say } from './bench.ts'
import { type Figure, figure } from './ratio.ts'
import { benches } from './rows/index.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
    size: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' }
  }
})

const bars = benches.flatMap((bench) => bench.bars)
const names = bars.map(({ name }) => name)
const FIGURES = new Intl.NumberFormat('en', { maximumSignificantDigits: 3, useGrouping: false })
if (values.help) process.stdout.write(help())
else {
  const unknown = positionals.filter((name) => bars.every((bar) => bar.name !== name))
  const [size, rounds] = [Number(values.size), Number(values.rounds)]
  if (unknown.length > 0) refuse(`There is no benchmark ${unknown.join(', ')}. There are: ${names.join(', ')}.`)
  else if (!(size > 0) || !(Number.isInteger(rounds) && rounds > 0)) {
    refuse('--size is a number above 0 (1: the full sizes), --rounds a whole number.')
  } else print(await run(new Set(positionals.length > 0 ? positionals : names), size, rounds))
}

async function run(wanted: ReadonlySet<string>, size: number, rounds: number): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const bench of benches) {
    const asked = bench.bars.filter(({ name }) => wanted.has(name))
    if (asked.length === 0) continue
    const missing = bench.needs.filter((name) => !process.env[name])
    if (missing.length > 0) {
      for (const { name } of asked) say(`${name}: skipped, ${missing.join(' and ')} is not set.`)
      continue
    }
    figures.push(...(await measured(bench, asked, { size, rounds, wanted })))
  }
  return figures
}

async function measured(
  bench: Bench,
  asked: Bench['bars'],
  conditions: Parameters<Bench['measure']>[0]
): Promise<Figure[]> {
  const began = performance.now()
  say(`${asked.map(({ name }) => name).join(', ')} …`)
  const rounds = await bench.measure(conditions)
  say(`… ${((performance.now() - began) / 1000).toFixed(0)} s`)
  return asked.flatMap((bar) => {
    const found = rounds[bar.name]
    return found ? [figure(bar, found)] : []
  })
}

function print(figures: Figure[]): void {
  if (values.json) {
    const rows = figures.map(({ note: _, ...row }) => row)
    process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`)
    return
  }
  const table = new Table({
    head: ['Bench', 'Ratio', 'Reach', '', 'Hub', 'Baseline', 'Note'],
    style: { head: [], border: [] },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' }
  })
  for (const { name, ratio, reach, reached, hub, baseline, unit, note } of figures) {
    const least = bars.find((bar) => bar.name === name)?.holds === 'least'
    table.push([
      name,
      `${FIGURES.format(ratio)}×`,
      `${least ? '≥' : '≤'} ${reach}×`,
      reached ? 'reached' : 'not reached',
      `${FIGURES.format(hub)} ${unit}`,
      `${FIGURES.format(baseline)} ${unit}`,
      note ?? ''
    ])
  }
  process.stdout.write(`${table.toString()}\n`)
}

function help(): string {
  const width = Math.max(...names.map((name) => name.length))
  return [
    'npm run bench -- [NAME…] [--json] [--size 0.1] [--rounds 3]',
    '',
    ...bars.map(({ name, work }) => `  ${name.padEnd(width)}  ${work}`),
    '',
    'Without names: all. Those that need PostgreSQL or Redis are skipped unless DATABASE_URL (a role that may create',
    'databases) and REDIS_URL are set. --size scales the amounts down; the bars are set for 1.',
    ''
  ].join('\n')
}

function refuse(message: string): void {
  say(message)
  process.exitCode = 2
}
