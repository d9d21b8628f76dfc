/** Errors into words, once, at the edge: what happened, to what, and what to do. */
import { ZodError } from 'zod'
import { adapters } from '../../adapters/index.ts'
import { AdapterError } from '../adapter.ts'
import { ConfigError } from '../config.ts'
import { NoConnection } from '../connections/connections.ts'
import { OAuthFailure } from '../connections/oauth.ts'
import { ConnectionParked, PAUSED } from '../connections/session.ts'
import { FolderHeld } from '../db/lock.ts'
import { WrongKey } from '../db/secrets.ts'
import { ScopeBusy } from '../sync/run.ts'
import { Refusal } from './operation.ts'

export interface Explanation {
  status: number
  code: string
  message: string
}

export const toolName = (tool: string): string => adapters.find((one) => one.tool === tool)?.name ?? tool

/** The words for an error; null for one nobody foresaw. `tool`: whose answer it was, `about`: the board or card. */
export function explain(
  error: unknown,
  { tool = 'the tool', about }: { tool?: string; about?: string } = {}
): Explanation | null {
  if (error instanceof Refusal) return { status: error.status, code: error.code, message: error.message }
  if (error instanceof AdapterError)
    return { status: 502, code: error.kind, message: adapterWords(error, toolName(tool), about) }
  if (error instanceof ConnectionParked) {
    if (error.message === PAUSED) {
      const message = `This account is paused, so nothing is read or written with it. Resume it under Connections.`
      return { status: 409, code: 'connection_paused', message }
    }
    return {
      status: 409,
      code: 'connection_parked',
      message: `${toolName(tool)} no longer accepts this account's token. Connect the account again with a new one.`
    }
  }
  if (error instanceof NoConnection) {
    return { status: 404, code: 'no_connection', message: 'There is no such connection here, or no longer.' }
  }
  if (error instanceof OAuthFailure) return { status: 422, code: error.code, message: oauthWords(error) }
  if (error instanceof ScopeBusy) {
    return {
      status: 409,
      code: 'busy',
      message: 'Another process is reading this board right now. Try again in a minute.'
    }
  }
  if (error instanceof ConfigError) return { status: 500, code: 'config', message: error.message }
  if (error instanceof WrongKey) return { status: 500, code: 'wrong_key', message: error.message }
  if (error instanceof FolderHeld) {
    return { status: 409, code: 'folder_held', message: `${error.message} Stop it first, or wait until it is done.` }
  }
  if (error instanceof ZodError) {
    const lines = error.issues.map(({ path, message }) =>
      path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message
    )
    return { status: 400, code: 'bad_input', message: lines.join('\n') }
  }
  return null
}

function oauthWords({ code, tool }: OAuthFailure): string {
  const name = toolName(tool ?? 'the tool')
  const variables = `${(tool ?? '').toUpperCase()}_CLIENT_ID and ${(tool ?? '').toUpperCase()}_CLIENT_SECRET`
  switch (code) {
    case 'not_configured':
      return `The hub is not registered at ${name} yet. Set ${variables}, or paste a token instead.`
    case 'unknown_state':
      return 'This way in was used already, or ten minutes have passed. Start again from the hub.'
    case 'other_person':
      return `Access to ${name} was asked for by somebody else, or you are no longer signed in. Sign in and start again.`
    case 'denied':
      return `You did not allow access to ${name}, so nothing was connected. Start again when you are ready.`
    case 'refused':
      return `${name} did not confirm the access you gave. Check ${variables}, then start again.`
  }
}

function adapterWords(error: AdapterError, tool: string, about = ''): string {
  const on = about ? ` (${about})` : ''
  switch (error.kind) {
    case 'auth_revoked':
      return `${tool} does not accept this token${on}. Make a new token and connect the account again.`
    case 'forbidden':
      return error.code === 'missing_write_right'
        ? `The ${tool} token may read but not write${on}. Make a token with read and write rights and connect again.`
        : `${tool} does not let this account do that${on}. Ask someone who manages the board, or connect another account.`
    case 'not_found':
      return `${tool} cannot find it, or this account cannot see it${on}.`
    case 'rate_limited':
      return `${tool} asks us to slow down${on}. We try again ${error.retryAt ? `at ${error.retryAt}` : 'in a while'}.`
    case 'provider_down':
      return error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND'
        ? `${tool} cannot be reached${on}. Check the network and the address.`
        : `${tool} is not answering as it should${on} (${error.status ?? error.code}). We try again by ourselves.`
    case 'bad_response':
      return `${tool} answered with something that is not what it should be${on} (${error.code ?? error.status}${error.path ? ` at ${error.path}` : ''}). Nothing was changed.`
    case 'plan_limit':
      return `${tool}'s plan does not include this${on}.`
    case 'poisoned':
      return `One card cannot be read${on} (${error.path}). The others are in.`
  }
}
