/**
 * postgres.js with one fault of its own mended as it is loaded. A small write is put off to the end of the turn; where
 * the connection closed meanwhile, 3.4.9 writes to nothing, which no caller can catch and ends the process, or believes
 * for ever that a write is on its way, and every later query on that connection waits without end
 * (https://github.com/porsager/postgres/issues/1208, https://github.com/porsager/postgres/pull/1176).
 *
 * Limit: a version whose text differs is refused at the first connection; by then it may be mended, and this file goes.
 */
import { registerHooks } from 'node:module'
import type postgres from 'postgres'

/** Modules below this one are loaded anew under it, whoever else has loaded the package as it is. */
const MARK = '?mended'

const MENDS: readonly { times: number; text: RegExp; mended: string }[] = [
  {
    times: 1,
    text: /(function nextWrite\(fn\) \{\n)/g,
    mended: '$1    if (!socket) return (chunk = nextWriteTimer = null, false)\n'
  },
  { times: 2, text: /( {4}clearImmediate\(nextWriteTimer\)\n)/g, mended: '$1    chunk = nextWriteTimer = null\n' }
]

let loaded: Promise<typeof postgres> | null = null

export function loadPostgres(): Promise<typeof postgres> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<typeof postgres> {
  let wasMended = false
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context)
      const below = specifier.startsWith('.') && context.parentURL?.endsWith(MARK)
      return below ? { ...found, url: found.url + MARK } : found
    },
    load(url, context, next) {
      const found = next(url, context)
      if (!url.endsWith(`/connection.js${MARK}`)) return found
      wasMended = true
      return { ...found, source: mend(String(found.source)) }
    }
  })
  try {
    const { default: connect } = (await import(import.meta.resolve('postgres') + MARK)) as { default: typeof postgres }
    if (!wasMended)
      throw new Error('postgres.js keeps its connections elsewhere than this version of Throughline knows.')
    return connect
  } finally {
    hooks.deregister()
  }
}

function mend(source: string): string {
  return MENDS.reduce((text, { times, text: known, mended }) => {
    if ([...text.matchAll(known)].length !== times)
      throw new Error(
        'postgres.js is another version than Throughline was tried with. Install the one of package-lock.json.'
      )
    return text.replace(known, mended)
  }, source)
}
