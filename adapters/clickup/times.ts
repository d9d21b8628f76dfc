/**
 * Since when tasks are in their status. The workspace may have the feature switched off
 * (https://developer.clickup.com/reference/getbulktaskstimeinstatus); nobody knows what it answers then, so any answer that
 * is neither a time-out nor a limit means "off", and nobody asks again until the next sweep.
 */
import { AdapterError, read } from '../../src/adapter.ts'
import { type Api, BULK } from './api.ts'
import * as raw from './raw.ts'

export type Times = Map<string, raw.TimeInStatus>

/** By task; null where the workspace does not keep them. */
export async function timesInStatus(api: Api, tasks: readonly string[]): Promise<Times | null> {
  const times: Times = new Map()
  try {
    for (let at = 0; at < tasks.length; at += BULK) {
      const asked = tasks.slice(at, at + BULK)
      const [only] = asked
      // The bulk question is documented for two or more.
      if (asked.length === 1 && only !== undefined)
        times.set(only, read(raw.TimeInStatus, await api.timeInStatus(only)))
      else for (const [id, time] of Object.entries(await bulk(api, asked))) times.set(id, time)
    }
    return times
  } catch (error) {
    if (error instanceof AdapterError && OFF.has(error.kind)) return null
    throw error
  }
}

const bulk = async (api: Api, tasks: string[]): Promise<Record<string, raw.TimeInStatus>> =>
  read(raw.TimesInStatus, await api.timesInStatus(tasks))

/** If the account itself was refused, the next request says so again. */
const OFF: ReadonlySet<string> = new Set(['auth_revoked', 'forbidden', 'not_found', 'bad_response', 'plan_limit'])
