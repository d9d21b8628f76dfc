import { expect, test } from 'vitest'
import { operations } from '../../src/operations/index.ts'
import { changeWords } from '../../web/src/words/changes.ts'

/** Kept in the log by what is no operation: coming in, and the export. */
const BESIDE = ['makeOwner', 'join', 'exportData']

test('the log of changes has words for whatever can be changed, and for nothing else', () => {
  const changing = operations.filter(({ method }) => method !== 'GET').map(({ id }) => id)
  expect(Object.keys(changeWords).toSorted()).toEqual([...changing, ...BESIDE].toSorted())
})
