/** Every adapter that keeps the contract; `tests/registry.test.ts` proves that none is missing. */
import type { Rig } from '../rig.ts'
import { rig as basecamp } from './basecamp.ts'
import { rig as clickup } from './clickup.ts'
import { rig as linear } from './linear.ts'
import { rig as monday } from './monday.ts'
import { rig as trello } from './trello.ts'

export const rigs: readonly Rig[] = [trello, clickup, basecamp, monday, linear]
