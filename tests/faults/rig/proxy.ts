/** A wire that can be cut: a TCP proxy in front of a server, which can go silent, reset, refuse or be slow. */
import { connect, createServer, type Socket } from 'node:net'

export interface Wire extends AsyncDisposable {
  port: number
  /** The same address as `url`, through this wire. */
  through(url: string): string
  /** Bytes wait on both sides and nobody is told; connections stay. */
  silence(): void
  /** Every connection breaks with a reset, once. */
  reset(): void
  /** New connections are reset at once. */
  refuse(): void
  /** Every piece waits so long before it goes on. */
  delay(ms: number): void
  /** As a wire should be; what waited goes on. */
  mend(): void
  /** Connections right now. */
  open(): number
}

export async function openWire(to: { host: string; port: number }): Promise<Wire> {
  const pairs = new Set<[Socket, Socket]>()
  let state: 'whole' | 'silent' | 'refusing' = 'whole'
  let slow = 0

  const server = createServer((near) => {
    near.on('error', () => {})
    if (state === 'refusing') return void near.resetAndDestroy()
    const far = connect(to.port, to.host)
    far.on('error', () => {})
    const pair: [Socket, Socket] = [near, far]
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      near.destroy()
      far.destroy()
    }
    near.once('close', end)
    far.once('close', end)
    const forward = (from: Socket, into: Socket) =>
      from.on('data', (piece) => {
        const write = () => {
          if (!into.destroyed) into.write(piece)
        }
        if (slow > 0) setTimeout(write, slow)
        else write()
      })
    forward(near, far)
    forward(far, near)
    if (state === 'silent') for (const socket of pair) socket.pause()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as { port: number }

  return {
    port,
    through(url) {
      const changed = new URL(url)
      changed.hostname = '127.0.0.1'
      changed.port = String(port)
      return changed.href
    },
    silence() {
      state = 'silent'
      for (const pair of pairs) for (const socket of pair) socket.pause()
    },
    reset() {
      for (const [near, far] of pairs) {
        near.resetAndDestroy()
        far.destroy()
      }
    },
    refuse() {
      state = 'refusing'
    },
    delay(ms) {
      slow = ms
    },
    mend() {
      state = 'whole'
      slow = 0
      for (const pair of pairs) for (const socket of pair) socket.resume()
    },
    open: () => pairs.size,
    async [Symbol.asyncDispose]() {
      for (const pair of pairs) for (const socket of pair) socket.destroy()
      await new Promise<void>((done) => server.close(() => done()))
    }
  }
}
