import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Hub } from '../../src/hub.ts'
import { operations as realOperations } from '../../src/operations/index.ts'
import { type Operation, operation } from '../../src/operations/operation.ts'
import { serving, sharedHub, toys } from './serving.ts'

interface Media {
  content?: { 'application/json'?: { schema: Record<string, unknown> } }
}
interface Described {
  operationId: string
  summary: string
  tags: string[]
  security?: unknown
  parameters?: { in: string; name: string; required: boolean; schema: Record<string, unknown> }[]
  requestBody?: Media
  responses: Record<string, Media & { description: string }>
}
interface Document {
  openapi: string
  info: Record<string, unknown>
  tags: { name: string }[]
  components: { schemas: Record<string, Record<string, unknown>>; securitySchemes: Record<string, unknown> }
  paths: Record<string, Record<string, Described>>
}

let hub: Hub
beforeAll(async () => {
  hub = await sharedHub()
})
afterAll(() => hub?.close())

async function described(operations: readonly Operation[] = realOperations): Promise<Document> {
  await using server = await serving({ hub, operations })
  const answer = await server.app.inject('/openapi.json')
  expect(answer.statusCode).toBe(200)
  return answer.json()
}

const routesOf = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => ({ method: method.toUpperCase(), path, ...route }))
  )

const schemasOf = (route: Described): Record<string, unknown>[] => [
  ...(route.parameters ?? []).map(({ schema }) => schema),
  ...mediaOf(route).flatMap(({ content }) => {
    const schema = content?.['application/json']?.schema
    return schema ? [schema] : []
  })
]

const mediaOf = ({ requestBody, responses }: Described): Media[] => [
  ...(requestBody ? [requestBody] : []),
  ...Object.values(responses)
]

/** Compiles a schema as JSON Schema 2020-12, in Ajv's strict mode; throws at an unknown keyword or an unresolved `$ref`. */
function compiled(document: Document, schema: Record<string, unknown>) {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false })
  formats.default(ajv)
  ajv.addVocabulary(['components'])
  return ajv.compile({ ...schema, components: document.components })
}

describe('the description of the API', () => {
  test('is OpenAPI 3.1 and open to read', async () => {
    const document = await described()
    expect(document.openapi).toBe('3.1.0')
    expect(document.info).toMatchObject({ title: 'Throughline', version: '0.1.0' })
    expect(document.components.securitySchemes).toMatchObject({ token: { type: 'http', scheme: 'bearer' } })
  })

  test('has every operation, with its path, tag, words and the need for a token', async () => {
    const document = await described()
    const routes = routesOf(document)
    for (const { id, method, path, tag, summary } of realOperations) {
      expect(routes.find(({ operationId }) => operationId === id)).toMatchObject({
        method,
        path: `/api${path.replace(/:(\w+)/g, '{$1}')}`,
        tags: [tag],
        summary,
        security: [{ token: [] }]
      })
    }
    expect(routes).toHaveLength(realOperations.length + 3)
  })

  test('names each operation once, and every tag', async () => {
    const document = await described()
    const ids = routesOf(document).map(({ operationId }) => operationId)
    expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted())
    const used = new Set(routesOf(document).flatMap(({ tags }) => tags))
    expect(document.tags.map(({ name }) => name).toSorted()).toEqual([...used].toSorted())
  })

  test('declares exactly the parts of each path', async () => {
    for (const { path, parameters = [] } of routesOf(await described())) {
      const declared = parameters.filter((part) => part.in === 'path').map(({ name, required }) => [name, required])
      expect([path, declared]).toEqual([path, [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, true])])
    }
  })

  // https://spec.openapis.org/oas/v3.1.0
  test('uses only words that the specification has', async () => {
    const document = await described()
    const known = (what: object, names: string) => {
      const foreign = Object.keys(what).filter((name) => !names.split(' ').includes(name))
      expect([foreign, what]).toEqual([[], what])
    }
    known(document, 'openapi info servers paths components tags')
    known(document.info, 'title version description license')
    known(document.info.license as object, 'name identifier')
    known(document.components, 'schemas securitySchemes')
    for (const methods of Object.values(document.paths)) known(methods, 'get put post delete')
    for (const { method: _, path, ...route } of routesOf(document)) {
      expect(path).toMatch(/^\//)
      known(route, 'operationId summary tags parameters requestBody responses security')
      for (const part of route.parameters ?? []) known(part, 'name in description required schema')
      for (const media of mediaOf(route)) known(media, 'description content required')
      for (const status of Object.keys(route.responses)) expect(status).toMatch(/^([1-5]\d\d|default)$/)
    }
  })

  test('has words and a schema for every answer, and the same shape for every error', async () => {
    for (const { operationId, responses, tags } of routesOf(await described())) {
      for (const [status, { description, content }] of Object.entries(responses)) {
        expect([operationId, status, description]).not.toContain('Default Response')
        expect(content?.['application/json']?.schema).toBeTypeOf('object')
      }
      if (tags.includes('Probes')) continue
      expect(responses.default?.content?.['application/json']?.schema).toEqual({ $ref: '#/components/schemas/Problem' })
    }
  })

  test('holds only sound schemas', async () => {
    const document = await described()
    for (const route of routesOf(document)) {
      for (const schema of schemasOf(route)) expect(() => compiled(document, schema), route.operationId).not.toThrow()
    }
    for (const schema of Object.values(document.components.schemas)) compiled(document, schema)
  })

  test('names its schemas in words, and none in vain', async () => {
    const document = await described()
    const all = JSON.stringify(document)
    for (const name of Object.keys(document.components.schemas)) {
      expect(name).toMatch(/^([A-Z][a-z]+)+$/)
      expect(all).toContain(`"$ref":"#/components/schemas/${name}"`)
    }
    expect(all).not.toMatch(/__schema|\$defs|"\$schema"/)
  })

  test('is kept by the answers', async () => {
    await using server = await serving({ hub })
    const document: Document = (await server.app.inject('/openapi.json')).json()
    const asked = Object.entries(document.paths).filter(([, { get }]) => get)
    const answered: string[] = []
    for (const [path, { get }] of asked) {
      const answer = await server.ask('GET', path.replace(/\{\w+\}/g, 'nobody@example.com'))
      expect([path, answer.statusCode], answer.body).toEqual([path, expect.toSatisfy((status: number) => status < 500)])
      if (answer.statusCode !== 200) continue
      answered.push(path)
      const check = compiled(document, get?.responses['200']?.content?.['application/json']?.schema ?? {})
      check(answer.json())
      expect([path, check.errors]).toEqual([path, null])
    }
    expect(answered).toEqual(expect.arrayContaining(['/api/projects', '/api/connections', '/readyz']))
    const refused = await server.app.inject('/api/projects')
    const check = compiled(document, document.components.schemas.Problem ?? {})
    check(refused.json())
    expect(check.errors).toBeNull()
  })
})

describe('named schemas', () => {
  const Label = z.object({ name: z.string() }).meta({ id: 'ToyLabel' })
  const Card = z.object({ title: z.string(), labels: z.array(Label) }).meta({ id: 'ToyCard' })
  const Draft = z.object({ title: z.string(), urgent: z.boolean().default(false) }).meta({ id: 'ToyDraft' })
  const Wish = z.object({ words: z.string() }).meta({ id: 'ToyWish' })
  z.object({ never: z.string() }).meta({ id: 'ToyUnused' })
  const exchange = (input: z.ZodObject, output: z.ZodType, path: string) =>
    operation({
      id: path,
      right: 'see',
      method: 'POST',
      path: `/${path}`,
      tag: 'Toys',
      summary: path,
      input,
      output,
      run: async () => ({}) as never
    })

  test('are one where request and answer agree, two where a default makes them differ, none when unused', async () => {
    const document = await described(
      toys(
        exchange(z.object({ card: Card }), z.object({ card: Card }), 'same'),
        exchange(z.object({ draft: Draft }), z.object({ draft: Draft }), 'differs'),
        exchange(z.object({ wish: Wish }), z.object({}), 'sent')
      )
    )
    const names = Object.keys(document.components.schemas).filter((name) => name.startsWith('Toy'))
    expect(names).toEqual(['ToyCard', 'ToyDraft', 'ToyDraftInput', 'ToyLabel', 'ToyWish'])
    expect(document.components.schemas.ToyDraft?.required).toEqual(['title', 'urgent'])
    expect(document.components.schemas.ToyDraftInput?.required).toEqual(['title'])
    expect(JSON.stringify(document.paths['/api/sent'])).toContain('"$ref":"#/components/schemas/ToyWish"')
  })
})

describe('the page to browse it', () => {
  test('is open, loads everything from here, and may run our scripts only', async () => {
    await using server = await serving({ hub })
    const answer = await server.app.inject('/docs')
    expect(answer.statusCode).toBe(200)
    expect(answer.body).not.toMatch(/(src|href)="(https?:)?\/\//)
    const files = [...answer.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url as string)
    expect(files.length).toBeGreaterThan(3)
    for (const url of files) expect([url, (await server.app.inject(url)).statusCode]).toEqual([url, 200])
    expect(answer.headers['content-security-policy']).toBe(
      "default-src 'none';style-src 'self' 'unsafe-inline';img-src 'self' data:;base-uri 'none';form-action 'none';frame-ancestors 'none';script-src 'self';connect-src 'self'"
    )
    expect((await server.app.inject('/docs/json')).json()).toEqual((await server.app.inject('/openapi.json')).json())
  })

  test('does not loosen the policy of anything else', async () => {
    await using server = await serving({ hub })
    for (const url of ['/', '/openapi.json', '/api/projects', '/nowhere', '/w/abcdef', '/readyz']) {
      const policy = (await server.app.inject(url)).headers['content-security-policy']
      expect([url, policy]).toEqual([
        url,
        expect.stringMatching(
          /^default-src 'none';style-src 'sha256-[\w+/=]+';img-src data:;base-uri 'none';form-action 'none';frame-ancestors 'none'$/
        )
      ])
    }
  })
})
