/**
 * What the hub can be asked to do. Each operation is defined once – input, output, what it does – and reached two ways:
 * as a route of the API (`server/routes.ts`) and by a verb of the command line (`cli/reach.ts`).
 */
import type { z } from 'zod'
import type { Right, Who } from '../access/who.ts'
import type { Hub } from '../hub.ts'
import type { Jobs } from '../jobs/jobs.ts'

/** What an operation works with. */
export interface Context {
  hub: Hub
  /** Wakes the workers after a change; null in a process that has none. */
  jobs: Jobs | null
  /** Who asks: rows of projects they do not see are left out. */
  who: Who
}

/** What an operation changes, for the log of changes. */
export interface Changes<Input, Answer> {
  /** What it is about, as `kind id`; null where it is about the hub as a whole. `answer`: null before it was done. */
  subject: (input: Input, answer: Answer | null) => string | null
  /** How that stands, asked before and after; left out where nothing is kept of it but what was asked for. */
  state?: (hub: Hub, input: Input) => Promise<unknown>
}

export interface Operation<In extends z.ZodObject = z.ZodObject, Out extends z.ZodType = z.ZodType> {
  id: string
  /** What one has to be allowed to do. */
  right: Right
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/api`; `:name` parts are taken from the input. */
  path: string
  summary: string
  tag: string
  input: In
  output: Out
  /** Every operation that is no GET says so. */
  changes?: Changes<z.output<In>, z.input<Out>>
  run(context: Context, input: z.output<In>): Promise<z.input<Out>>
}

export const operation = <In extends z.ZodObject, Out extends z.ZodType>(
  definition: Operation<In, Out>
): Operation<In, Out> => definition

/** What was asked for cannot be done; says what happened and what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: string
  readonly status: number
  constructor(status: 400 | 403 | 404 | 409 | 422 | 502 | 503, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}
