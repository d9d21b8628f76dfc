/** The registry: one line per tool. */
import type { Adapter } from '../src/adapter.ts'
import { basecamp } from './basecamp/index.ts'
import { clickup } from './clickup/index.ts'
import { linear } from './linear/index.ts'
import { monday } from './monday/index.ts'
import { trello } from './trello/index.ts'

export const adapters: readonly Adapter[] = [trello, clickup, basecamp, monday, linear] as Adapter[]

export function adapterOf(tool: string): Adapter {
  const adapter = adapters.find((one) => one.tool === tool)
  if (!adapter) throw new Error(`There is no adapter for ${tool}.`)
  return adapter
}
