import type { FastifyInstance } from 'fastify'
import { ConfigError } from '../config.ts'

/**
 * Opens the door; returns the address it answers on (`http://127.0.0.1:3000`). Port 0 takes any free one. Throws a
 * `ConfigError` saying which setting to change when the port or address cannot be had.
 */
export async function startServer(app: FastifyInstance, where: { host: string; port: number }): Promise<string> {
  try {
    return await app.listen(where)
  } catch (error) {
    const words = WORDS[(error as NodeJS.ErrnoException).code ?? '']
    throw words ? new ConfigError(words(where), { cause: error }) : error
  }
}

const WORDS: Record<string, (where: { host: string; port: number }) => string> = {
  EADDRINUSE: ({ port }) => `Port ${port} is in use. Set PORT to another one.`,
  EACCES: ({ port }) => `Port ${port} is not open to this account. Set PORT to one above 1023.`,
  EADDRNOTAVAIL: ({ host }) => `This machine has no address ${host}. Set HOST to 127.0.0.1, or 0.0.0.0 for all.`,
  ENOTFOUND: ({ host }) => `The address ${host} is not known here. Set HOST to 127.0.0.1, or 0.0.0.0 for all.`
}
