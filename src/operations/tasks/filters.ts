import { z } from 'zod'
import { fieldNamed, fieldNames, OPERATORS } from '../../model/filter/fields.ts'
import { print } from '../../model/filter/parse.ts'
import { operation } from '../operation.ts'
import { readFilter } from './whichTasks.ts'

/** Free of recursion in the API's description: a condition is `{ all }`, `{ any }`, `{ not }` or `{ field, is, value }`. */
const Tree = z.record(z.string(), z.unknown())

export const filterReading = operation({
  id: 'filterReading',
  right: 'see',
  method: 'GET',
  path: '/filters/reading',
  tag: 'Tasks',
  summary: 'A filter as text and as its tree, whichever of the two it is given as',
  input: z.object({ filter: z.string().min(1).max(20_000).describe('As people type it, or its JSON tree') }),
  output: z.object({
    text: z.string(),
    tree: Tree.describe('One of {"all": […]}, {"any": […]}, {"not": …}, {"field": …, "is": …, "value": …}')
  }),
  async run(_context, { filter }) {
    const read = readFilter(filter)
    return { text: print(read), tree: read.where as unknown as Record<string, unknown> }
  }
})

export const filterFields = operation({
  id: 'filterFields',
  right: 'see',
  method: 'GET',
  path: '/filters/fields',
  tag: 'Tasks',
  summary: 'What a filter can ask about, and how',
  input: z.object({}),
  output: z.object({
    fields: z.array(
      z.object({
        name: z.string(),
        type: z.string(),
        values: z.array(z.string()).nullable().describe('The only ones there are; null: any'),
        operators: z.array(z.object({ is: z.string(), takes: z.string().describe('The shape of its value') }))
      })
    )
  }),
  run: async () => ({
    fields: fieldNames.map((name) => {
      const { type = 'text', values } = fieldNamed(name) ?? {}
      const operators = Object.entries(OPERATORS[type]).map(([is, takes]) => ({ is, takes }))
      return { name, type, values: values ? [...values] : null, operators }
    })
  })
})
