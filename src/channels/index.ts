/** How each kind of outbox row leaves. */
import type { Channel, Deliver } from '../outbox/outbox.ts'
import { deliverNote } from './comment.ts'
import { deliverMail } from './mail.ts'

export const channels: Record<Channel, Deliver> = { comment: deliverNote, email: deliverMail }
