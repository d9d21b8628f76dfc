/**
 * Puts the named schemas of the API's description in order. The generator writes every one it knows twice, as `Name` for
 * answers and `NameInput` for requests, whether used or not.
 */
export interface Description {
  paths?: Record<string, unknown>
  components?: { schemas?: Record<string, unknown>; [other: string]: unknown }
  [other: string]: unknown
}

/**
 * Keeps what is used; one name where request and answer are the same shape, or where only requests use it. Answers lose
 * `additionalProperties: false`, because a later version may say more.
 */
export function tidySchemas(description: Description): Description {
  const open: Description = {
    ...description,
    components: opened(description.components ?? {}),
    paths: answersOpened(description.paths ?? {})
  }
  const schemas = open.components?.schemas ?? {}
  const folded = renamed(open, twins(schemas))
  const used = reached(folded)
  const alone = [...used].filter((name) => name.endsWith(SUFFIX) && schemas[baseOf(name)] && !used.has(baseOf(name)))
  const kept = Object.entries(folded.components?.schemas ?? {}).filter(([name]) => used.has(name))
  const named = renamed(
    { ...folded, components: { ...folded.components, schemas: Object.fromEntries(kept) } },
    new Set(alone)
  )
  const entries = Object.entries(named.components?.schemas ?? {}).map(
    ([name, schema]) => [alone.includes(name) ? baseOf(name) : name, schema] as const
  )
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return { ...named, components: { ...named.components, schemas: Object.fromEntries(entries) } }
}

const SUFFIX = 'Input'
const REF = '#/components/schemas/'

const baseOf = (name: string): string => name.slice(0, -SUFFIX.length)

/** `NameInput` whose shape, with all it refers to, is that of `Name`. */
function twins(schemas: Record<string, unknown>): Set<string> {
  const same = new Set(Object.keys(schemas).filter((name) => name.endsWith(SUFFIX) && baseOf(name) in schemas))
  for (let before = -1; before !== same.size; ) {
    before = same.size
    for (const name of same) {
      const request = JSON.stringify(renamed(schemas[name], same))
      if (request !== JSON.stringify(schemas[baseOf(name)])) same.delete(name)
    }
  }
  return same
}

const renamed = <T>(tree: T, inputs: Set<string>): T =>
  mapped(tree, (key, value) => {
    if (key !== '$ref' || typeof value !== 'string') return value
    const name = value.slice(REF.length)
    return inputs.has(name) ? REF + baseOf(name) : value
  })

/** Below `responses` only: what is sent to us stays strict. */
const answersOpened = (paths: Record<string, unknown>): Record<string, unknown> =>
  mapped(paths, (key, value) => (key === 'responses' ? opened(value) : value))

const opened = <T>(tree: T): T =>
  mapped(tree, (key, value) => (key === 'additionalProperties' && value === false ? undefined : value))

const mapped = <T>(tree: T, change: (key: string, value: unknown) => unknown): T =>
  tree === undefined ? tree : JSON.parse(JSON.stringify(tree), change)

/** Every schema that a path leads to. */
function reached({ paths, components }: Description): Set<string> {
  const found = new Set<string>()
  const waiting: unknown[] = [paths]
  while (waiting.length > 0) {
    mapped(waiting.pop() ?? null, (key, value) => {
      const name = key === '$ref' ? String(value).slice(REF.length) : null
      if (name !== null && !found.has(name)) {
        found.add(name)
        waiting.push(components?.schemas?.[name])
      }
      return value
    })
  }
  return found
}
