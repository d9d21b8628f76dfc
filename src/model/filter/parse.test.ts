import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from './parse.ts'

describe('a mistyped filter is told where and what to do', () => {
  it.each([
    ['', 0, /^Nothing to filter by\. Write a condition/],
    ['label = Client portal', 15, /^"portal" is not expected here\. .*put texts of several words in quotes/],
    ['titel = x', 0, /^Unknown field "titel"\. Fields: tool,/],
    ['label ~ x', 6, /^Write how to compare labels: /],
    ['label = ', 8, /^The filter ends too early\. Write a value here/],
    ['label = "x', 8, /^This quote is never closed/],
    ['label in (a, b', 14, /close the list with \)/],
    ['(label = a', 10, /Close the parenthesis/],
    ['label = and', 8, /A value is missing before "and"/],
    ['estimate = many', 11, /^"estimate" = takes a number/],
    ['due before tomorrow', 11, /takes a date such as 2026-12-31/],
    ['due in 2026-10-01', 7, /^Write both ends of the range: in 2026-10-01\.\.2026-10-01/],
    ['due in last 7', 13, /Say how many days/],
    ['category = finished', 11, /^"finished" is no category\. Possible: backlog/],
    ['field: = 3', 6, /^Name the custom field/],
    [`${'not '.repeat(50)}everything`, 80, /nested more than 20 levels/]
  ])('%s', (typed, at, message) => {
    expect(parse(typed)).toEqual({ ok: false, error: { at, message: expect.stringMatching(message) } })
  })
})

describe('a filter', () => {
  it('that is text of any kind is parsed or refused, never thrown', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc
            .array(fc.constantFrom('label', '=', 'in', '(', ')', 'a', '"b"', 'and', 'not', '..', 'due', '3', ','))
            .map((words) => words.join(' '))
        ),
        (typed) => {
          const parsed = parse(typed)
          expect(parsed.ok || parsed.error.message.length > 0).toBe(true)
        }
      )
    )
  })
})
