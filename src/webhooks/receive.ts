/**
 * A delivery of a tool, judged: handshakes are answered, what proves itself is read, all else is refused with the
 * status its adapter declares. Fails closed: an unknown hook, a missing secret or an unreadable body is never trusted.
 *
 * Limit: nothing is stored here; whoever calls this keeps the notice before it answers.
 */
import { type Adapter, AdapterError, type Delivery, type Hook, type Json, type Notice } from '../adapter.ts'

export interface Received {
  status: number
  body?: Json
  /** What a trusted delivery says; null where there is nothing to be done. */
  notice: Notice | null
}

export async function receive(
  { hooks }: Pick<Adapter, 'hooks'>,
  delivery: Delivery,
  hook: Hook | null
): Promise<Received> {
  if (!hooks) return { status: 404, notice: null }
  const refused: Received = { status: hooks.refusal, notice: null }
  if (!hook) return refused
  try {
    const answer = hooks.handshake?.(delivery)
    if (answer) return { ...answer, notice: null }
    if ((await hooks.verify(delivery, hook)) !== null) return refused
    return { status: 200, notice: hooks.read(delivery) }
  } catch (error) {
    // It proved itself and says something we do not know: kept out, and no reason to switch the hook off.
    if (error instanceof AdapterError) return { status: 200, notice: null }
    throw error
  }
}
