import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, test } from 'vitest'
import { type MailMessage, mailer } from './email.ts'

const png = Buffer.from('89504e470d0a1a0a', 'hex')
const message = (changes: Partial<MailMessage> = {}): MailMessage => ({
  to: { name: 'Lucía Fernández', address: 'lucia@larkfield.example' },
  subject: 'Week 47: 81 done, “Überfällig” 5 – 週',
  html: '<p>81 cards · <img src="cid:bars@throughline"></p>',
  text: '81 cards\n.\n..dots\n',
  attachments: [{ filename: 'bars.png', cid: 'bars@throughline', content: png, contentType: 'image/png' }],
  messageId: '<rollup.2026-W47.7f3a@larkfield.example>',
  list: 'weekly-rollup',
  name: '2026-W47-lucia-weekly-rollup',
  ...changes
})
const from = 'Throughline <hub@larkfield.example>'

const opened: (() => unknown)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

describe('over SMTP', () => {
  test('a mail arrives whole: subject in UTF-8, both parts, the picture by its CID, our headers', async () => {
    const server = await smtpServer()
    const outcome = await server.mailer.send(message())
    expect(outcome).toMatchObject({ kind: 'sent', response: expect.stringMatching(/^250 /) })
    expect(server.received).toHaveLength(1)
    const mail = await simpleParser(server.received[0] ?? '')
    expect(mail.subject).toBe('Week 47: 81 done, “Überfällig” 5 – 週')
    expect(mail.to).toMatchObject({ value: [{ name: 'Lucía Fernández', address: 'lucia@larkfield.example' }] })
    expect(mail.from?.value).toEqual([{ name: 'Throughline', address: 'hub@larkfield.example' }])
    expect(mail.text).toBe('81 cards\n.\n..dots\n')
    expect(mail.html).toContain(`<img src="data:image/png;base64,${png.toString('base64')}"`)
    expect(mail.attachments[0]).toMatchObject({ cid: 'bars@throughline', contentType: 'image/png', content: png })
    expect(mail.messageId).toBe('<rollup.2026-W47.7f3a@larkfield.example>')
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
    expect(String(server.received[0])).toContain('\r\nList-ID: <weekly-rollup.throughline.larkfield.example>\r\n')
  })
  test('a password is given when the URL has one', async () => {
    const tried: unknown[] = []
    const server = await smtpServer({
      authOptional: false,
      disabledCommands: ['STARTTLS'],
      onAuth: (auth, _session, done) => {
        tried.push([auth.username, auth.password])
        if (auth.password === 'p@ss') done(null, { user: 'hub' })
        else done(Object.assign(new Error('Wrong'), { responseCode: 535 }))
      }
    })
    const right = mailer({ smtpUrl: `smtp://hub:p%40ss@127.0.0.1:${server.port}`, from, dir: '' })
    const wrong = mailer({ smtpUrl: `smtp://hub:no@127.0.0.1:${server.port}`, from, dir: '' })
    expect(await right.send(message())).toMatchObject({ kind: 'sent' })
    // The account's fault, not the message's: it passes once the password is right.
    expect(await wrong.send(message())).toMatchObject({ kind: 'refused', permanent: false, code: '535' })
    expect(tried).toEqual([
      ['hub', 'p@ss'],
      ['hub', 'no']
    ])
  })
  test.each([
    ['MAIL FROM', 451, false],
    ['RCPT TO', 450, false],
    ['RCPT TO', 550, true],
    ['end of data', 452, false],
    ['end of data', 554, true]
  ])('a refusal at %s with %i: permanent is %s', async (step, responseCode, permanent) => {
    const error = Object.assign(new Error('No'), { responseCode })
    const server = await smtpServer({
      onMailFrom: (_address, _session, done) => done(step === 'MAIL FROM' ? error : null),
      onRcptTo: (_address, _session, done) => done(step === 'RCPT TO' ? error : null),
      onData: (stream, _session, done) => {
        stream.resume()
        stream.on('end', () => done(step === 'end of data' ? error : null))
      }
    })
    expect(await server.mailer.send(message())).toMatchObject({
      kind: 'refused',
      permanent,
      code: String(responseCode)
    })
  })
  test('nobody listening is refused, and may be tried again', async () => {
    const server = await rawServer(() => undefined)
    await server.close()
    expect(await mailer({ smtpUrl: `smtp://127.0.0.1:${server.port}`, from, dir: '' }).send(message())).toMatchObject({
      kind: 'refused',
      permanent: false,
      code: 'ESOCKET'
    })
  })
  test('a 554 greeting is about the session, not the message', async () => {
    const server = await rawServer((socket) => socket.end('554 no service\r\n'))
    expect(await server.mailer.send(message())).toMatchObject({ kind: 'refused', permanent: false, code: '554' })
  })
})

describe('a connection that breaks', () => {
  test.each(['connect', 'EHLO', 'MAIL', 'RCPT', 'DATA'])('at %s is refused: nothing was handed over', async (step) => {
    const server = await scripted({ dropAt: step })
    expect(await server.mailer.send(message())).toMatchObject({ kind: 'refused', permanent: false })
    expect(server.content()).toBe('')
  })
  test.each(['connect', 'EHLO', 'MAIL', 'RCPT', 'DATA'])('silence at %s is refused', async (step) => {
    const server = await scripted({ silentAt: step })
    expect(await server.mailer.send(message())).toMatchObject({ kind: 'refused', permanent: false, code: 'ETIMEDOUT' })
  })
  test('right after the end of data is unclear', async () => {
    const server = await scripted({ dropAt: 'end of data' })
    expect(await server.mailer.send(message())).toMatchObject({ kind: 'unclear', reason: expect.any(String) })
    expect(server.content()).toContain('\r\n.\r\n')
  })
  test('silence after the end of data is unclear', async () => {
    const server = await scripted({ silentAt: 'end of data' })
    expect(await server.mailer.send(message())).toMatchObject({ kind: 'unclear' })
  })
  test('closing the mailer while the answer is out is unclear', async () => {
    const server = await scripted({
      silentAt: 'end of data',
      silenceMs: 30_000,
      onContent: () => server.mailer.close()
    })
    expect(await server.mailer.send(message())).toMatchObject({ kind: 'unclear' })
  })
  test('an answer that is none, after the end of data, is unclear', async () => {
    const server = await scripted({ answerTo: { 'end of data': '999 what\r\n' } })
    expect(await server.mailer.send(message())).toMatchObject({ kind: 'unclear' })
  })
  test('a 421 after the end of data is an answer: not taken', async () => {
    const server = await scripted({ answerTo: { 'end of data': '421 going down\r\n' } })
    expect(await server.mailer.send(message())).toMatchObject({ kind: 'refused', permanent: false, code: '421' })
  })
})

describe('into files', () => {
  test('a mail is one private file, readable as mail, and writing it again replaces it', async () => {
    const dir = await folder()
    const files = mailer({ smtpUrl: null, from, dir: join(dir, 'mail') })
    const path = join(dir, 'mail', '2026-W47-lucia-weekly-rollup.eml')
    expect(await files.send(message())).toEqual({ kind: 'written', path })
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await files.send(message({ text: 'again' }))).toEqual({ kind: 'written', path })
    expect((await simpleParser(await readFile(path))).text).toBe('again')
    expect(await readdir(join(dir, 'mail'))).toEqual(['2026-W47-lucia-weekly-rollup.eml'])
  })
  test('another mail of the same name does not overwrite it', async () => {
    const dir = await folder()
    const files = mailer({ smtpUrl: null, from, dir })
    await files.send(message())
    const other = { messageId: '<rollup.2026-W47.9c11@larkfield.example>' }
    for (let time = 0; time < 2; time++)
      expect(await files.send(message(other))).toEqual({
        kind: 'written',
        path: join(dir, '2026-W47-lucia-weekly-rollup-2.eml')
      })
  })
  test.each([
    ['2026-W47-Lucía Fernández-weekly-rollup', '2026-W47-Lucia-Fernandez-weekly-rollup.eml'],
    ['../../etc/passwd', 'etc-passwd.eml'],
    ['..', 'mail.eml'],
    ['週', 'mail.eml'],
    ['a\u0000b\nc', 'a-b-c.eml'],
    ['x'.repeat(400), `${'x'.repeat(100)}.eml`]
  ])('%j is written as %s', async (name, expected) => {
    const dir = await folder()
    await mailer({ smtpUrl: null, from, dir }).send(message({ name }))
    expect(await readdir(dir)).toEqual([expected])
  })
})

describe('headers', () => {
  test('line breaks in names, subjects and file names end no header', async () => {
    const dir = await folder()
    const evil = 'a\r\nBcc: eve@evil.example\r\n\r\n<b>body</b>'
    const outcome = await mailer({
      smtpUrl: null,
      from: `a\r\nBcc: eve@evil.example <hub@larkfield.example>`,
      dir
    }).send(
      message({
        to: { name: evil, address: 'lucia@larkfield.example' },
        subject: evil,
        attachments: [{ filename: evil, cid: evil, content: png, contentType: `image/png\r\nX-Evil: 1` }]
      })
    )
    const raw = await readFile(outcome.kind === 'written' ? outcome.path : '', 'latin1')
    expect(raw).not.toMatch(/^(?:bcc|x-evil):/im)
    const mail = await simpleParser(raw)
    expect(mail.bcc).toBeUndefined()
    expect(mail.subject).toBe('a Bcc: eve@evil.example <b>body</b>')
    expect(mail.to).toMatchObject({ value: [{ address: 'lucia@larkfield.example' }] })
  })
  test.each(['a@b.example, c@d.example', 'a@b.example\r\nRCPT TO:<x@y.example>', 'nobody', '<a@b.example>', ''])(
    'the address %j is refused for good',
    async (address) => {
      const outcome = await mailer({ smtpUrl: null, from, dir: '/nowhere' }).send(
        message({ to: { name: null, address } })
      )
      expect(outcome).toMatchObject({ kind: 'refused', permanent: true, code: 'EADDRESS' })
    }
  )
  test('a message id, a list, a sender or a URL that is none is a mistake', async () => {
    const files = mailer({ smtpUrl: null, from, dir: '/nowhere' })
    await expect(files.send(message({ messageId: '<a@b>\r\nBcc: <c@d>' }))).rejects.toThrow(RangeError)
    await expect(files.send(message({ list: 'a\r\nb' }))).rejects.toThrow(RangeError)
    expect(() => mailer({ smtpUrl: null, from: 'Throughline', dir: '' })).toThrow(RangeError)
    expect(() => mailer({ smtpUrl: 'mail.example:25', from, dir: '' })).toThrow(RangeError)
  })
})

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'throughline-mail-'))
  opened.push(() => rm(dir, { recursive: true }))
  return dir
}

async function smtpServer(options: SMTPServerOptions = {}) {
  const received: Buffer[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push(Buffer.concat(chunks))
        done()
      })
    },
    ...options
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  opened.push(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const { port } = server.server.address() as { port: number }
  return { port, received, mailer: mailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from, dir: '' }) }
}

async function rawServer(onSocket: (socket: Socket) => unknown, silenceMs = 900) {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    onSocket(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy()
      server.close(() => resolve())
    })
  opened.push(close)
  const { port } = server.address() as { port: number }
  return { port, close, mailer: mailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from, dir: '', silenceMs }) }
}

/** A server that says its lines until the step at which it drops the connection, falls silent, or says another thing. */
async function scripted(script: {
  dropAt?: string
  silentAt?: string
  answerTo?: Record<string, string>
  silenceMs?: number
  onContent?: () => void
}) {
  let content = ''
  const answers: Record<string, string> = {
    connect: '220 here\r\n',
    EHLO: '250 here\r\n',
    MAIL: '250 ok\r\n',
    RCPT: '250 ok\r\n',
    DATA: '354 go on\r\n',
    'end of data': '250 taken\r\n',
    QUIT: '221 bye\r\n',
    ...script.answerTo
  }
  const server = await rawServer((socket) => {
    let inData = false
    const step = (name: string) => {
      if (script.dropAt === name) return socket.destroy()
      if (script.silentAt !== name) socket.write(answers[name] ?? '502 no\r\n')
      inData = name === 'DATA'
    }
    step('connect')
    let buffer = ''
    socket.on('data', (chunk) => {
      if (inData) {
        content += chunk.toString('latin1')
        if (!content.endsWith('\r\n.\r\n')) return
        script.onContent?.()
        return step('end of data')
      }
      buffer += chunk.toString('latin1')
      const lines = buffer.split('\r\n')
      buffer = lines.pop() ?? ''
      for (const line of lines) step(line.slice(0, 4))
    })
  }, script.silenceMs)
  return { ...server, content: () => content }
}
