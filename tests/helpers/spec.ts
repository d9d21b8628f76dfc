/**
 * Holds requests and answers against a vendor's specification plus the listed overlay. What neither of the two
 * declares is an error: a parameter nobody documented, or a key of an answer that no payload is known to have.
 */
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import type { Exchange } from '../../sandbox/kit/recorder.ts'
import { type Allowance, overlay, type Schema } from '../../sandbox/trello/overlay.ts'
import { readShared } from './shared.ts'

/** One vendor's specification and what is known to differ from it. */
export interface Specification {
  /** In the shared folder: `specs/trello.openapi.json`. */
  file: string
  overlay: readonly Allowance[]
  /**
   * Objects whose keys are all known: another one is reported. Names of component schemas, or places in an answer
   * (`GET /v2/list/{list_id}/task > tasks.*`).
   */
  closed: readonly string[]
  /** What the paths of exchanges begin with and those of the specification do not (`/api`). */
  base?: string
  /** Query parameters that carry credentials. */
  credentials?: readonly string[]
  /** Without a declared body, one holds the query's parameters by their names. */
  bodyIsQuery?: boolean
  /** Exchanges inside an exchange, checked in its place; null where it holds none. */
  inside?(exchange: Exchange): Exchange[] | null
}

/** Errors of one exchange, each a sentence; none means that the specification and the overlay allow all of it. */
export type Check = (exchange: Exchange) => string[]

/** Trello's. */
export const checkExchange: Check = checker({
  file: 'specs/trello.openapi.json',
  overlay,
  closed: ['Board', 'Card', 'TrelloList', 'Label', 'Member', 'Action', 'CustomField', 'CustomFieldItems', 'Checklist'],
  credentials: ['key', 'token'],
  // "Query parameters may also be replaced with a JSON request body."
  bodyIsQuery: true,
  inside: readsOfBatch
})

/** Reads the specification when it is first asked for: where it is absent, whoever does not ask goes on. */
export function checker(specification: Specification): Check {
  let rules: Rules | null = null
  const check: Check = (exchange) => {
    rules ??= build(specification)
    return checkOne(rules, exchange, check)
  }
  return check
}

interface Operation {
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}
interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  schema?: Schema
}
interface Spec {
  paths: Record<string, Record<string, Operation> & { parameters?: Parameter[] }>
  components?: { schemas?: Record<string, Schema> }
}

interface Rules {
  specification: Specification
  compiler: Compiler
  operations: readonly KnownOperation[]
}

interface KnownOperation {
  name: string
  /** By name; those of the path as `path:id`. */
  parameters: Map<string, Schema>
  segments: string[]
  body: Schema | null
  answer: Schema | null
}

function build(specification: Specification): Rules {
  const source = structuredClone(readShared<Spec>(specification.file))
  const { overlay, closed } = specification
  const allowed = <W extends Allowance['what']>(what: W, of: string) =>
    overlay.filter((one): one is Extract<Allowance, { what: W }> => one.what === what && one.of === of)

  for (const one of overlay) if (one.what === 'property') setProperty(source, one.of, one.allows)
  for (const place of closed) schemaAt(source, place).additionalProperties = false
  const operations = Object.entries(source.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): KnownOperation[] => {
      const operation = item[method]
      if (!operation) return []
      const name = `${method.toUpperCase()} ${path}`
      const parameters = new Map<string, Schema>()
      for (const one of [...(item.parameters ?? []), ...(operation.parameters ?? [])]) {
        parameters.set(one.in === 'query' ? one.name : `${one.in}:${one.name}`, one.schema ?? {})
      }
      for (const one of allowed('parameter', name)) parameters.set(one.name, one.allows)
      const body = allowed('body', name)[0]?.allows ?? operation.requestBody?.content['application/json']?.schema
      const answer = allowed('answer', name)[0]?.allows ?? answerOf(operation)
      return [{ name, parameters, segments: path.slice(1).split('/'), body: body ?? null, answer: answer ?? null }]
    })
  )
  return { specification, compiler: new Compiler(source), operations }
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/** The schema of the first answer of success that has one. */
const answerOf = ({ responses }: Operation): Schema | undefined =>
  Object.entries(responses)
    .filter(([status]) => /^2\d\d$/.test(status))
    .map(([, response]) => response.content?.['application/json']?.schema)
    .find((schema) => schema !== undefined)

function checkOne({ specification, compiler, operations }: Rules, exchange: Exchange, check: Check): string[] {
  const { base = '' } = specification
  const path = exchange.path.startsWith(`${base}/`) ? exchange.path.slice(base.length) : exchange.path
  const operation = find(operations, exchange.method, path)
  if (!operation) return [`${exchange.method} ${path}: no such operation in the specification`]
  const inside = specification.inside?.(exchange)
  const errors = [
    ...checkPath(compiler, operation, path, exchange.status),
    ...checkQuery(compiler, operation, exchange.query, specification.credentials ?? []),
    ...checkBody(compiler, operation, exchange.body, specification.bodyIsQuery ?? false),
    ...(inside ? inside.flatMap(check) : checkAnswer(compiler, operation, exchange))
  ]
  return errors.map((error) => `${operation.name}: ${error}`)
}

function find(known: readonly KnownOperation[], method: string, path: string): KnownOperation | null {
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

/** Sets a property deep in a schema: `Card.cover.size`, or `GET /v2/task/{task_id} > priority`. */
function setProperty(source: Spec, of: string, allows: Schema): void {
  const [, parent, name] = /^(.*?)(?: > |\.)([^.>]+)$/.exec(of) ?? []
  if (parent === undefined || name === undefined) throw new Error(`overlay: no property: ${of}`)
  const here = schemaAt(source, parent)
  if (name === '*') here.items = allows
  else here.properties = { ...(here.properties as Schema), [name]: allows }
}

/** The schema at a place, references followed; `*` stands for the items of a list. */
function schemaAt(source: Spec, place: string): Schema {
  const [operation, inner] = place.split(' > ')
  const inAnswer = /^[A-Z]+ \//.test(place)
  const path = inAnswer ? (inner?.split('.') ?? []) : place.split('.')
  const root = inAnswer
    ? answerOf(operationOf(source, operation!) ?? { responses: {} })
    : source.components?.schemas?.[path.shift()!]
  let here = followed(source, root)
  for (const name of path) {
    const next: unknown = name === '*' ? here?.items : (here?.properties as Record<string, Schema> | undefined)?.[name]
    here = followed(source, next as Schema | undefined)
  }
  if (!here) throw new Error(`overlay: the specification has no ${place}`)
  return here
}

function operationOf(source: Spec, name: string): Operation | undefined {
  const [method, path] = name.split(' ')
  return source.paths[path!]?.[method!.toLowerCase()]
}

function followed(source: Spec, schema: Schema | undefined): Schema | undefined {
  if (typeof schema?.$ref !== 'string') return schema
  const steps = schema.$ref
    .slice(2)
    .split('/')
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
  const found = steps.reduce<unknown>((here, step) => (here as Schema | undefined)?.[step], source)
  return followed(source, found as Schema | undefined)
}

function checkPath(compiler: Compiler, operation: KnownOperation, path: string, status: number): string[] {
  // A request that was refused for its id is none that an adapter should make, but the refusal itself is right.
  if (status === 400 || status === 404) return []
  const asked = path.slice(1).split('/')
  return operation.segments.flatMap((segment, index) => {
    if (!segment.startsWith('{')) return []
    const name = `path:${segment.slice(1, -1)}`
    return compiler.errors(operation.parameters.get(name) ?? {}, decodeURIComponent(asked[index]!), name)
  })
}

function checkQuery(
  compiler: Compiler,
  { parameters }: KnownOperation,
  query: string,
  credentials: readonly string[]
): string[] {
  const asked = new URLSearchParams(query)
  return [...new Set(asked.keys())].flatMap((name) => {
    if (credentials.includes(name)) return []
    const schema = parameters.get(name)
    if (!schema) return [`the query parameter "${name}" is declared nowhere`]
    const values = asked.getAll(name)
    return compiler.errors(schema, schema.type === 'array' ? values : values.at(-1), `query ${name}`)
  })
}

function checkBody(compiler: Compiler, operation: KnownOperation, body: unknown, bodyIsQuery: boolean): string[] {
  if (body === null || body === undefined) return []
  const { parameters, body: schema } = operation
  if (schema) return compiler.errors(schema, body, 'body', bodyIsQuery)
  return Object.entries(body).flatMap(([name, value]) => {
    const declared = bodyIsQuery ? parameters.get(name) : undefined
    return declared ? compiler.errors(declared, value, `body ${name}`) : [`the body's "${name}" is declared nowhere`]
  })
}

function checkAnswer(compiler: Compiler, operation: KnownOperation, { status, answer, type }: Exchange): string[] {
  if (status < 200 || status > 299 || status === 204) return []
  if (type !== 'json') return [`the answer is ${type}, not JSON`]
  return operation.answer ? compiler.errors(operation.answer, answer, 'answer', false) : []
}

/** Every read inside a batch of Trello's is an exchange of its own. */
function readsOfBatch({ path, status, query, answer }: Exchange): Exchange[] | null {
  if (path !== '/batch' || status !== 200) return null
  const urls = (new URLSearchParams(query).get('urls') ?? '').split(',')
  return urls.map((url, index) => {
    const { pathname, search } = new URL(url, 'http://inside')
    const [inner, body] = Object.entries((answer as Record<string, unknown>[])[index] ?? { 0: null })[0]!
    const type = typeof body === 'string' ? 'text' : 'json'
    return {
      method: 'GET',
      path: pathname,
      query: search.slice(1),
      body: null,
      status: Number(inner),
      type,
      answer: body
    }
  })
}

/** Makes validators of OpenAPI schemas, of 3.0 and 3.1. */
class Compiler {
  readonly #strict: Ajv
  /** For what travels as text: `"5"` is a number, `"true"` a boolean. */
  readonly #coercing: Ajv
  readonly #made = new Map<string, ValidateFunction>()

  constructor(source: Spec) {
    const document = { $id: 'spec', ...(plainDocument(source) as object) }
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

/** The whole document with plain schemas: references lead to any place in it. */
function plainDocument(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainDocument)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      if (key === 'schema') return [key, plain(one as Schema)]
      if (key !== 'schemas') return [key, plainDocument(one)]
      return [
        key,
        Object.fromEntries(Object.entries(one as Record<string, Schema>).map(([name, s]) => [name, plain(s)]))
      ]
    })
  )
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
  if (['items', 'additionalProperties'].includes(key) && typeof value === 'object') return plain(value as Schema, base)
  return value
}
