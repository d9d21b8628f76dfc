/**
 * Holds requests and answers against the vendor's specification plus the listed overlay. What neither of the two
 * declares is an error: a parameter nobody documented, or a key of an answer that no payload is known to have.
 */
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { type Allowance, overlay, type Schema } from '../../sandbox/trello/overlay.ts'
import type { Exchange } from '../../sandbox/trello/recorder.ts'
import { readShared } from './shared.ts'

interface Operation {
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}
interface Parameter {
  name: string
  in: 'path' | 'query'
  schema?: Schema
}
interface Spec {
  paths: Record<string, Record<string, Operation> & { parameters?: Parameter[] }>
  components: { schemas: Record<string, Schema> }
}

/** Objects whose keys are all known: another one is reported. */
const CLOSED = [
  'Board',
  'Card',
  'TrelloList',
  'Label',
  'Member',
  'Action',
  'CustomField',
  'CustomFieldItems',
  'Checklist'
]

/** Errors of one exchange, each a sentence; none means that the specification and the overlay allow all of it. */
export function checkExchange(exchange: Exchange): string[] {
  const { spec, operations } = rulesOnce()
  const operation = operations.get(exchange)
  const name = `${exchange.method} ${exchange.path}`
  if (!operation) return [`${name}: no such operation in the specification`]
  const at = (errors: string[]) => errors.map((error) => `${operation.name}: ${error}`)
  return at([
    ...checkPath(operation, exchange),
    ...checkQuery(operation, exchange.query),
    ...checkBody(operation, exchange.body),
    ...checkAnswer(spec, operation, exchange)
  ])
}

interface Rules {
  spec: Compiler
  operations: { get(exchange: Exchange): KnownOperation | null }
}

interface KnownOperation {
  name: string
  /** By name; those of the path as `path:id`. */
  parameters: Map<string, Schema>
  segments: string[]
  body: Schema | null
  answer: Schema | null
}

let rules: Rules | null = null

function rulesOnce(): Rules {
  rules ??= build(readShared<Spec>('specs/trello.openapi.json'))
  return rules
}

function build(source: Spec): Rules {
  const allowed = <W extends Allowance['what']>(what: W, of: string) =>
    overlay.filter((one): one is Extract<Allowance, { what: W }> => one.what === what && one.of === of)

  for (const one of overlay) if (one.what === 'property') setProperty(source.components.schemas, one.of, one.allows)
  const known: KnownOperation[] = []
  for (const [path, item] of Object.entries(source.paths)) {
    for (const method of ['get', 'post', 'put', 'delete']) {
      const operation = item[method]
      if (!operation) continue
      const name = `${method.toUpperCase()} ${path}`
      const parameters = new Map<string, Schema>()
      for (const one of [...(item.parameters ?? []), ...(operation.parameters ?? [])]) {
        parameters.set(one.in === 'path' ? `path:${one.name}` : one.name, one.schema ?? {})
      }
      for (const one of allowed('parameter', name)) parameters.set(one.name, one.allows)
      known.push({
        name,
        parameters,
        segments: path.slice(1).split('/'),
        body: allowed('body', name)[0]?.allows ?? operation.requestBody?.content['application/json']?.schema ?? null,
        answer:
          allowed('answer', name)[0]?.allows ??
          operation.responses['200']?.content?.['application/json']?.schema ??
          null
      })
    }
  }
  const spec = new Compiler(source.components.schemas)
  return { spec, operations: { get: (exchange) => find(known, exchange) } }
}

function find(known: readonly KnownOperation[], { method, path }: Exchange): KnownOperation | null {
  const asked = path.slice(1).split('/')
  const fitting = known.filter(
    ({ name, segments }) =>
      name.startsWith(`${method} `) &&
      segments.length === asked.length &&
      segments.every((segment, index) => segment.startsWith('{') || segment === asked[index])
  )
  const open = (one: KnownOperation) => one.segments.filter((segment) => segment.startsWith('{')).length
  return fitting.sort((a, b) => open(a) - open(b))[0] ?? null
}

/** Sets a property deep in a schema: `Card.cover.size`. */
function setProperty(schemas: Record<string, Schema>, of: string, allows: Schema): void {
  const [schema, ...path] = of.split('.')
  let here = schemas[schema!]
  if (!here) throw new Error(`overlay: the specification has no ${schema}`)
  for (const name of path.slice(0, -1)) here = (here.properties as Record<string, Schema>)[name]!
  here.properties = { ...(here.properties as Schema), [path.at(-1)!]: allows }
}

function checkPath({ segments, parameters }: KnownOperation, { path, status }: Exchange): string[] {
  // A request that was refused for its id is none that an adapter should make, but the refusal itself is right.
  if (status === 400 || status === 404) return []
  const asked = path.slice(1).split('/')
  return segments.flatMap((segment, index) => {
    if (!segment.startsWith('{')) return []
    const name = `path:${segment.slice(1, -1)}`
    return rulesOnce().spec.errors(parameters.get(name) ?? {}, decodeURIComponent(asked[index]!), name)
  })
}

function checkQuery({ parameters }: KnownOperation, query: string): string[] {
  return [...new URLSearchParams(query)].flatMap(([name, value]) => {
    if (name === 'key' || name === 'token') return []
    const schema = parameters.get(name)
    if (!schema) return [`the query parameter "${name}" is declared nowhere`]
    return rulesOnce().spec.errors(schema, value, `query ${name}`)
  })
}

/** "Query parameters may also be replaced with a JSON request body": the same names, then, unless a body is declared. */
function checkBody({ parameters, body: schema }: KnownOperation, body: unknown): string[] {
  if (body === null || body === undefined) return []
  const { spec } = rulesOnce()
  if (schema) return spec.errors(schema, body, 'body')
  return Object.entries(body).flatMap(([name, value]) => {
    const declared = parameters.get(name)
    return declared ? spec.errors(declared, value, `body ${name}`) : [`the body's "${name}" is declared nowhere`]
  })
}

function checkAnswer(spec: Compiler, operation: KnownOperation, { status, answer, query, type }: Exchange): string[] {
  if (status < 200 || status > 299) return []
  if (type !== 'json') return [`the answer is ${type}, not JSON`]
  if (operation.name === 'GET /batch') return checkBatch(query, answer as Record<string, unknown>[])
  return operation.answer ? spec.errors(operation.answer, answer, 'answer', false) : []
}

/** Every read inside a batch is an exchange of its own. */
function checkBatch(query: string, answer: Record<string, unknown>[]): string[] {
  const urls = (new URLSearchParams(query).get('urls') ?? '').split(',')
  return urls.flatMap((url, index) => {
    const { pathname, search } = new URL(url, 'http://inside')
    const [status, body] = Object.entries(answer[index] ?? { 0: null })[0]!
    const type = typeof body === 'string' ? 'text' : 'json'
    const inner = { method: 'GET', path: pathname, query: search.slice(1), body: null }
    return checkExchange({ ...inner, status: Number(status), type, answer: body })
  })
}

/** Makes validators of OpenAPI 3.0 schemas. */
class Compiler {
  readonly #strict: Ajv
  /** For what travels as text: `"5"` is a number, `"true"` a boolean. */
  readonly #coercing: Ajv
  readonly #made = new Map<string, ValidateFunction>()

  constructor(schemas: Record<string, Schema>) {
    const document = {
      $id: 'spec',
      components: {
        schemas: Object.fromEntries(
          Object.entries(schemas).map(([name, schema]) => [
            name,
            { ...plain(schema), ...(CLOSED.includes(name) ? { additionalProperties: false } : {}) }
          ])
        )
      }
    }
    const create = (coerceTypes: boolean) => {
      const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes, validateSchema: false })
      formats.default(ajv)
      // The specification says "date" of what all recordings give as an instant.
      ajv.addFormat('date', (text) => /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/.test(text))
      ajv.addFormat('url', /^https?:\/\//)
      return ajv.addSchema(document)
    }
    this.#strict = create(false)
    this.#coercing = create(true)
  }

  errors(schema: Schema, value: unknown, where: string, coerce = true): string[] {
    const key = `${coerce} ${JSON.stringify(schema)}`
    let validate = this.#made.get(key)
    if (!validate) {
      const ajv = coerce ? this.#coercing : this.#strict
      validate = ajv.compile({ type: 'object', properties: { value: plain(schema, 'spec') } })
      this.#made.set(key, validate)
    }
    if (validate({ value })) return []
    // The same fault on every row of a page is told once, for the first row that has it.
    const told = new Map<string, string>()
    for (const { params, instancePath, message } of validate.errors ?? []) {
      const key = (params as { additionalProperty?: string }).additionalProperty
      const what = `${message}${key ? ` (${key})` : ''}`
      const place = `${instancePath.replaceAll(/\/\d+/g, '/*')} ${what}`
      if (!told.has(place)) told.set(place, `${where}${instancePath.slice(6)} ${what}`)
    }
    return [...told.values()]
  }
}

/** OpenAPI 3.0 to JSON schema: `nullable`, a `$ref` that hides its neighbours, and no examples. */
function plain(schema: Schema, base = ''): Schema {
  const { nullable, $ref, example: _example, default: _default, ...rest } = schema
  const own: Schema =
    typeof $ref === 'string'
      ? { $ref: `${base}${$ref}` }
      : Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, deep(key, value, base)]))
  if (own.type === 'string' && ['float', 'int32', 'binary'].includes(String(own.format))) delete own.format
  return nullable === true ? { anyOf: [own, { type: 'null' }] } : own
}

function deep(key: string, value: unknown, base: string): unknown {
  if (key === 'properties') {
    return Object.fromEntries(Object.entries(value as Schema).map(([name, one]) => [name, plain(one as Schema, base)]))
  }
  if (['oneOf', 'anyOf', 'allOf'].includes(key)) return (value as Schema[]).map((one) => plain(one, base))
  if (key === 'items' && typeof value === 'object') return plain(value as Schema, base)
  return value
}
