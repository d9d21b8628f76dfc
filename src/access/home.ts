import type { Hub } from '../hub.ts'

/** Where people reach the hub; also what links in mails begin with, so never taken from a request. */
export const homeOf = ({ config }: Pick<Hub, 'config'>): string =>
  config.PUBLIC_URL ?? `http://${config.HOST === '0.0.0.0' ? 'localhost' : config.HOST}:${config.PORT}`
