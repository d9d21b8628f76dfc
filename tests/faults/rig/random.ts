/** Chance that can be had again: the same seed gives the same numbers in the same order. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number
  pick<T>(list: readonly T[]): T
  chance(share: number): boolean
}

/** xorshift32, begun from a digest of the words, so that neighbouring seeds have nothing in common. */
export function randomOf(...words: (string | number)[]): Random {
  let state = digest(words.join(' ')) || 1
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  for (let skip = 0; skip < 8; skip++) next()
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    between,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('There is nothing to pick from.')
      return list[between(0, list.length - 1)]!
    },
    chance: (share) => next() < share
  }
}

function digest(text: string): number {
  let sum = 5381
  for (const letter of text) sum = Math.imul(sum, 33) ^ letter.codePointAt(0)!
  return sum | 0
}
