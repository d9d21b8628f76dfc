/**
 * Mail: sends what stands in an outbox row. A mail cannot be read back, so one whose answer was lost is never sent again
 * by itself; it is shown as unclear, with a way to resend it. A file in the mail folder can be written twice.
 */
import { join } from 'node:path'
import type { Hub } from '../hub.ts'
import { aboutToSend, type Delivery, type MailPayload, type OutboxRow } from '../outbox/outbox.ts'
import { mailer } from './email.ts'

/** The mail that a row of the outbox holds, opened where it was sealed. */
export function mailOf(
  { keyring }: Pick<Hub, 'keyring'>,
  { key, payload }: Pick<OutboxRow, 'key' | 'payload'>
): MailPayload {
  const { sealed, ...mail } = payload as MailPayload
  if (sealed === undefined) return mail
  const words = JSON.parse(keyring.open(Buffer.from(sealed, 'base64'), key)) as Pick<MailPayload, 'html' | 'text'>
  return { ...mail, ...words }
}

export async function deliverMail(hub: Hub, row: OutboxRow): Promise<Delivery> {
  const { SMTP_URL, MAIL_FROM, DATA_DIR } = hub.config
  if (row.unclear && SMTP_URL) return { kind: 'unclear', reason: 'stopped while sending' }
  const payload = mailOf(hub, row)
  const post = mailer({ smtpUrl: SMTP_URL ?? null, from: MAIL_FROM, dir: join(DATA_DIR, 'mail') })
  try {
    await aboutToSend(hub, row)
    const result = await post.send({
      ...payload,
      attachments: payload.attachments.map(({ base64, ...rest }) => ({
        ...rest,
        content: Buffer.from(base64, 'base64')
      }))
    })
    switch (result.kind) {
      case 'sent':
        return { kind: 'sent', outcome: { to: payload.to.address, subject: payload.subject, answer: result.response } }
      case 'written':
        return { kind: 'sent', outcome: { to: payload.to.address, subject: payload.subject, path: result.path } }
      case 'unclear':
        return { kind: 'unclear', reason: result.reason }
      case 'refused':
        return result.permanent
          ? { kind: 'dead', reason: result.reason }
          : { kind: 'retry', reason: result.reason, at: null, untaken: true }
    }
  } finally {
    post.close()
  }
}
