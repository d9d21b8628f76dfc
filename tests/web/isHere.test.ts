import { expect, test } from 'vitest'
import { isHere } from '../../web/src/screens/signIn/isHere.ts'

test.each(['/', '/tasks?open=t1', '/objectives/7#ledger'])('after signing in one may go to %s', (to) => {
  expect(isHere(to)).toBe(true)
})

test.each([
  '//elsewhere.example',
  '/\\elsewhere.example',
  '/\t/elsewhere.example',
  'https://elsewhere.example/',
  'javascript:alert(1)',
  'tasks',
  '',
  7,
  undefined
])('but not to %j', (to) => {
  expect(isHere(to)).toBe(false)
})
