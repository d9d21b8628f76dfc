import { expect, test } from 'vitest'
import { Turnstile } from '../../src/jobs/turnstile.ts'

test('a few of each account come in at a time, whatever the others do', () => {
  const looks = new Turnstile(2)
  expect(['a1', 'a2', 'a3', 'a4', 'a3'].map((id) => looks.enter('a', id))).toEqual([true, true, false, false, false])
  expect([looks.enter('b', 'b1'), looks.enter('b', 'b2')]).toEqual([true, true])
})

test('who found no place is called once, in order, as places come free', () => {
  const looks = new Turnstile(1)
  for (const id of ['a1', 'a2', 'a3', 'a2']) looks.enter('a', id)
  expect(looks.leave('a')).toBe('a2')
  expect(looks.enter('a', 'a2')).toBe(true)
  expect([looks.leave('a'), looks.enter('a', 'a3'), looks.leave('a'), looks.enter('a', 'a1')]).toEqual([
    'a3',
    true,
    null,
    true
  ])
})
