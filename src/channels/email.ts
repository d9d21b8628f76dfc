/**
 * The mail channel: one message, one recipient, one attempt.
 *
 * Guarantee: the answer says whether a second attempt could send the mail twice. `sent` is the server's own 2xx after
 * the end of data. `refused` means that the server cannot have taken the message. `unclear` means that the content was
 * handed over and no answer came: mail cannot be read back, so it must not be sent again by itself.
 *
 * Limit: `sent` is acceptance by the first server, not arrival. Without an SMTP server, mails become `.eml` files.
 */
import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import nodemailer from 'nodemailer'
import { parseConnectionUrl } from 'nodemailer/lib/shared'
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection'

export interface MailerOptions {
  /** `smtp://user:password@host:587`, `smtps://…:465`; nodemailer's query options (`?requireTLS=true`) hold. */
  smtpUrl: string | null
  /** An address, with or without a name: `Throughline <hub@larkfield.example>`. */
  from: string
  /** Where `.eml` files go when there is no server; made when missing. */
  dir: string
  /** Longest silence of the server, in milliseconds; default 60,000. Connecting and greeting take at most a third each. */
  silenceMs?: number
}

export interface MailMessage {
  to: { name: string | null; address: string }
  subject: string
  html: string
  text: string
  /** `cid` is what the HTML says after `cid:`. */
  attachments: { filename: string; cid: string; content: Buffer; contentType: string }[]
  /** Given by the caller, the same at every attempt: `<rollup.2026-W47.7f3a@larkfield.example>`. */
  messageId: string
  /** What of ours this is, as a slug: `weekly-rollup`. Becomes the List-Id, for people who filter. */
  list: string
  /** Stem of the `.eml` file: `2026-W47-ana-weekly-rollup`; made safe for any file system. */
  name: string
}

export type MailOutcome =
  | { kind: 'sent'; response: string }
  | { kind: 'written'; path: string }
  | { kind: 'unclear'; reason: string }
  /** `permanent`: this message to this address will be refused again. `code`: the SMTP code, else nodemailer's. */
  | { kind: 'refused'; permanent: boolean; code: string | null; reason: string }

export interface Mailer {
  /** Throws a RangeError for a message id or a list that is none, and the file system's error for a file. */
  send(message: MailMessage): Promise<MailOutcome>
  close(): void
}

/** A mailer over SMTP, or into a folder when there is no server. Throws when the SMTP URL or `from` cannot be read. */
export function mailer({ smtpUrl, from, dir, silenceMs = 60_000 }: MailerOptions): Mailer {
  const sender = senderOf(from)
  const server = smtpUrl === null ? null : serverOf(smtpUrl, silenceMs)
  const underWay = new Set<SMTPConnection>()
  return {
    async send(message) {
      if (!MAILBOX.test(message.to.address))
        return refused(true, 'EADDRESS', `"${oneLine(message.to.address)}" is no mail address.`)
      const content = await contentOf(message, sender)
      if (server === null) return { kind: 'written', path: await write(dir, message, content) }
      const connection = new SMTPConnection(server)
      underWay.add(connection)
      const outcome = await deliver(connection, server, { from: sender.address, to: [message.to.address] }, content)
      underWay.delete(connection)
      return outcome
    },
    close() {
      for (const connection of underWay) connection.close()
    }
  }
}

// One mailbox, nothing that SMTP or a header could read as a second one.
const MAILBOX = /^[^\s<>()[\]\\,;:@"\p{Cc}]+@[^\s<>()\\,;:@"\p{Cc}]+$/u
const MESSAGE_ID = /^<[\x21-\x3b\x3d\x3f\x41-\x7e]+@[\x21-\x3b\x3d\x3f\x41-\x7e]+>$/
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

function senderOf(from: string): { name: string; address: string } {
  const [, name = '', inside] = /^\s*([^<>]*)<([^<>]+)>\s*$/.exec(from) ?? []
  const address = (inside ?? from).trim()
  if (!MAILBOX.test(address)) throw new RangeError(`"${from}" is no mail address to send from.`)
  return { name: oneLine(name).replace(/^"(.*)"$/, '$1'), address }
}

/** The whole mail as it goes over the wire. Lines end in CRLF; names and subjects are encoded, never able to end a header. */
async function contentOf(message: MailMessage, sender: { name: string; address: string }): Promise<Buffer> {
  if (!MESSAGE_ID.test(message.messageId)) throw new RangeError(`"${message.messageId}" is no message id.`)
  if (!SLUG.test(message.list)) throw new RangeError(`"${message.list}" is no list.`)
  const domain = sender.address.slice(sender.address.indexOf('@') + 1)
  const composed = await composer.sendMail({
    from: sender,
    to: { name: oneLine(message.to.name ?? ''), address: message.to.address },
    subject: oneLine(message.subject),
    html: message.html,
    text: message.text,
    messageId: message.messageId,
    headers: { 'Auto-Submitted': 'auto-generated', 'List-ID': `<${message.list}.throughline.${domain}>` },
    attachments: message.attachments.map(({ filename, cid, content, contentType }) => ({
      filename: oneLine(filename),
      cid: oneLine(cid),
      content,
      contentType: oneLine(contentType),
      contentDisposition: 'inline' as const
    })),
    // Whatever is in a message, it is never read from our disk or network.
    disableFileAccess: true,
    disableUrlAccess: true
  })
  return composed.message as Buffer
}

const composer = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' })

const oneLine = (words: string): string => words.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()

const refused = (permanent: boolean, code: string | null, reason: string): MailOutcome => ({
  kind: 'refused',
  permanent,
  code,
  reason
})

type Server = SMTPConnectionOptions & { auth?: { user?: string; pass?: string } }

function serverOf(url: string, silenceMs: number): Server {
  if (!/^smtps?:\/\/[^/]/i.test(url)) throw new RangeError('The SMTP URL has to start with smtp:// or smtps://.')
  const setup = Math.ceil(silenceMs / 3)
  const patience = { connectionTimeout: setup, dnsTimeout: setup, greetingTimeout: setup, socketTimeout: silenceMs }
  return { ...patience, ...(parseConnectionUrl(url) as Server) }
}

/** What nodemailer adds to an error. `command` is the SMTP command that was answered, `CONN` when the connection broke. */
type SmtpError = Error & { code?: string; command?: string; responseCode?: number }

/**
 * A connection that breaks is `CONN` to nodemailer before and after the content alike. So the content is a stream of
 * ours: it is first read once the server has said 354 to DATA, and from then on silence is unclear.
 */
async function deliver(
  connection: SMTPConnection,
  server: Server,
  envelope: { from: string; to: string[] },
  content: Buffer
): Promise<MailOutcome> {
  let handedOver = false
  const stream = new Readable({
    read() {
      handedOver = true
      this.push(content)
      this.push(null)
    }
  })
  try {
    return await new Promise<MailOutcome>((resolve, reject) => {
      connection.on('error', reject)
      connection.on('end', () => reject(Object.assign(new Error('Connection closed'), { code: 'ECONNECTION' })))
      const send = () =>
        connection.send(envelope, stream, (error, info) =>
          error ? reject(error) : resolve({ kind: 'sent', response: info?.response ?? '' })
        )
      connection.connect((error) => {
        if (error) return reject(error)
        const { user, pass } = server.auth ?? {}
        if (!user || !connection.allowsAuth) return send()
        connection.login({ user, credentials: { user, pass: pass ?? '' } }, (failed) =>
          failed ? reject(failed) : send()
        )
      })
    })
  } catch (error) {
    return outcomeOf(error as SmtpError, handedOver)
  } finally {
    connection.close()
  }
}

/** Steps at which an answer of the server is about this message, not about the account or the session. */
const ABOUT_THE_MESSAGE = ['MAIL FROM', 'RCPT TO', 'DATA']

function outcomeOf(error: SmtpError, handedOver: boolean): MailOutcome {
  const answer = error.responseCode ?? 0
  const denied = answer >= 400 && answer < 600
  if (handedOver && !denied) return { kind: 'unclear', reason: error.message }
  // 503 says that the session was in the wrong state; the same message can pass on a new connection.
  const final = answer >= 500 && answer !== 503 && ABOUT_THE_MESSAGE.includes(error.command ?? '')
  // Nodemailer's own refusals: too large for what the server announced, or an address it cannot encode.
  const unsendable = !denied && (error.code === 'EMESSAGE' || error.code === 'EENVELOPE')
  return refused(final || unsendable, answer ? String(answer) : (error.code ?? null), error.message)
}

/**
 * Writes beside the place first and links it there, so that a reader never sees half a mail and no mail overwrites
 * another one; only the same mail (by its id) replaces itself.
 */
async function write(dir: string, message: MailMessage, content: Buffer): Promise<string> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const stem = fileName(message.name)
  const temporary = join(dir, `.${stem}.${randomUUID()}.tmp`)
  const file = await open(temporary, 'wx', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  try {
    for (let copy = 1; ; copy++) {
      const path = join(dir, copy === 1 ? `${stem}.eml` : `${stem}-${copy}.eml`)
      try {
        await link(temporary, path)
        return path
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
        if (!(await readFile(path, 'latin1')).includes(`Message-ID: ${message.messageId}\r\n`)) continue
        await rename(temporary, path)
        return path
      }
    }
  } finally {
    await rm(temporary, { force: true })
  }
}

/** Letters, digits, dots and dashes; never hidden, never a path, short enough for any file system. */
const fileName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .slice(0, 100)
    .replace(/^[-.]+|[-.]+$/g, '') || 'mail'
