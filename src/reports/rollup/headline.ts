/** The one sentence or two that say what changed: what was done, the key result that matters most, what needs a decision. */
import { cut, isolate, writeNumber } from '../../alerts/words/writing.ts'
import type { KeyResultFacts, RollupFacts } from './facts.ts'
import type { RollupWords } from './words/index.ts'

export interface Headline {
  /** The whole head line. */
  sentence: string
  subject: string
}

export function headline(facts: RollupFacts, words: RollupWords, week: string): Headline {
  const { done, doneBefore } = facts.figures
  const moved = matterMost(facts.keyResults)
  const still = facts.keyResults.find((result) => result.status === 'off track' && result.after === result.before)
  const waits = facts.waiting[0]
  const said: string[] = []
  if (done === 0 && !moved && !still && !waits) said.push(words.headline.quiet)
  else said.push(words.headline.done(done, doneBefore))
  if (moved)
    said.push(
      words.headline.moved({
        title: shortTitle(moved.title),
        amount: difference(moved, Math.abs(moved.after - moved.before), words),
        back: moved.after > moved.before !== (moved.direction === 'up'),
        pace: pace(moved, words)
      })
    )
  if (still) said.push(words.headline.stoodStill(shortTitle(still.title)))
  else if (waits) said.push(words.headline.waits(shortTitle(waits.title), waits.workingDays))
  const behind = moved && moved.status !== 'on track' ? `, ${shortTitle(moved.title)} ${pace(moved, words) ?? ''}` : ''
  return { sentence: said.join(' '), subject: (words.subject(week, done) + behind).trimEnd() }
}

/**
 * Of the key results that moved, the one that is worst off, and among those the one that moved the largest share of its
 * way.
 */
function matterMost(results: readonly KeyResultFacts[]): KeyResultFacts | undefined {
  const worse = { 'off track': 2, 'at risk': 1, 'on track': 0 }
  const share = ({ before, after, start, target }: KeyResultFacts) => Math.abs((after - before) / (target - start || 1))
  return results
    .filter(({ before, after }) => before !== after)
    .toSorted((a, b) => worse[b.status] - worse[a.status] || share(b) - share(a))[0]
}

/** `5 behind pace`, or null where there is no pace. */
function pace(result: KeyResultFacts, words: RollupWords): string | null {
  if (result.expectedByNow === null) return null
  const lead = (result.after - result.expectedByNow) * (result.direction === 'up' ? 1 : -1)
  const amount = difference(result, Math.abs(lead), words)
  // What rounds to nothing is nothing.
  if (!/[1-9]/.test(amount)) return words.onPace
  return lead < 0 ? words.behind(amount) : words.ahead(amount)
}

/** A difference as it is said: per cents differ by points. */
export function difference(
  result: Pick<KeyResultFacts, 'unit'>,
  amount: number,
  words: RollupWords,
  sign = ''
): string {
  const digits = sign + writeNumber(words.language, amount, { maximumFractionDigits: 2 })
  return result.unit === '%' ? words.points(digits, amount) : digits
}

const shortTitle = (title: string): string => isolate(cut(title, 60))
