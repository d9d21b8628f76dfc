/** The most memory a process takes while it reads boards: it should not depend on how many cards there are. */
import { type Bench, type Conditions, say } from '../bench.ts'
import { startChild } from '../children/child.ts'
import { startStandIn } from '../ground.ts'
import type { Rounds } from '../ratio.ts'

const BOARDS = 10
const CARDS = 10_000

export const memory: Bench = {
  bars: [
    {
      name: 'sync-memory',
      work: 'peak memory (RSS) of a first sync of 100,000 cards, over one of 10,000',
      reach: 1.3,
      holds: 'most',
      unit: 'MB'
    }
  ],
  needs: ['DATABASE_URL'],
  measure
}

async function measure({ size, rounds }: Conditions): Promise<Record<string, Rounds>> {
  const found: Rounds = { hub: [], baseline: [] }
  const many = Math.round(CARDS * size)
  for (let round = 1; round <= rounds; round++) {
    found.baseline.push(await peak(many / 10))
    found.hub.push(await peak(many))
    say(`memory round ${round}: ${JSON.stringify(found)}`)
  }
  return { 'sync-memory': found }
}

/** Ten boards of so many cards, read by a process of its own. */
async function peak(cards: number): Promise<number> {
  const standIn = await startStandIn(BOARDS, cards)
  try {
    const { said, stop } = await startChild<{ peak: number; fetched: number }>('reader.ts', [standIn.url])
    await stop()
    if (said.fetched !== BOARDS * cards) throw new Error(`${said.fetched} cards were read of ${BOARDS * cards}.`)
    return said.peak
  } finally {
    await standIn.stop()
  }
}
