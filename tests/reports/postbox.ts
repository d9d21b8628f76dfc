/** A real SMTP server that keeps what it gets. */
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export interface Postbox extends AsyncDisposable {
  url: string
  /** Everything whose end of data arrived, answered or not. */
  mails(): Promise<ParsedMail[]>
  /** From now on: answer as a server does, cut the connection once the mail is in, or say nothing more. */
  after(content: 'answer' | 'drop' | 'hold'): void
  /** Resolves when so many mails are in. */
  holds(count: number): Promise<void>
}

export async function openPostbox(): Promise<Postbox> {
  const received: Buffer[] = []
  let behaviour: 'answer' | 'drop' | 'hold' = 'answer'
  let told: (() => void)[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        received.push(Buffer.concat(parts))
        for (const tell of told.splice(0)) tell()
        if (behaviour === 'answer') done()
        if (behaviour === 'drop') {
          for (const connection of server.connections)
            (connection as unknown as { _socket: { destroy(): void } })._socket.destroy()
        }
      })
    }
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as { port: number }
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails: () => Promise.all(received.map((content) => simpleParser(content))),
    after(content) {
      behaviour = content
    },
    async holds(count) {
      while (received.length < count) await new Promise<void>((tell) => told.push(tell))
    },
    async [Symbol.asyncDispose]() {
      for (const connection of server.connections)
        (connection as unknown as { _socket: { destroy(): void } })._socket.destroy()
      await new Promise<void>((resolve) => server.close(resolve))
      told = []
    }
  }
}
