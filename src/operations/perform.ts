/**
 * The one way to an operation, for routes and verbs alike: the right is checked, the input read, it is done, and a
 * change is kept with what was before and after.
 */
import type { z } from 'zod'
import { keepChange } from '../access/audit.ts'
import { may, type Right } from '../access/who.ts'
import { type Context, type Operation, Refusal } from './operation.ts'

export async function perform<In extends z.ZodObject, Out extends z.ZodType>(
  operation: Operation<In, Out>,
  context: Context,
  asked: unknown
): Promise<z.input<Out>> {
  const { hub, who } = context
  if (!may(who, operation.right)) throw new Refusal(403, 'not_allowed', WHO_MAY[operation.right])
  if (operation.method !== 'GET' && who.readsOnly)
    throw new Refusal(403, 'reads_only', 'This key may only read. Make one in Settings that may change things.')
  const input = (await operation.input.strict().parseAsync(asked)) as z.output<In>
  if (operation.method === 'GET') return operation.run(context, input)
  const { subject, state } = operation.changes ?? {}
  const before = await state?.(hub, input)
  const answer = await operation.run(context, input)
  const after = await state?.(hub, input)
  await keepChange(hub.db, who, {
    operation: operation.id,
    subject: subject?.(input, answer) ?? null,
    input,
    before,
    after
  })
  return answer
}

const WHO_MAY: Record<Right, string> = {
  see: 'This needs an account here.',
  steer: 'Managers may do this. Ask someone who looks after Throughline for that role.',
  tend: 'Those who look after Throughline (ops) may do this. Ask one of them.',
  own: 'The owner may do this. Ask them.'
}
