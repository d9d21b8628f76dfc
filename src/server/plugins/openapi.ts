/** The API's description (OpenAPI 3.1) and a page to browse it. Both are open: they hold no data. */
import swagger, { type SwaggerTransformObject } from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import manifest from '../../../package.json' with { type: 'json' }
import type { Operation } from '../../operations/operation.ts'
import { type Description, tidySchemas } from './schemas.ts'
import { DOCS_POLICY } from './security.ts'

/** The name of the security scheme. */
export const BEARER = 'token'

/** The tag of what watches over the process; no operation's. */
export const PROBES = 'Probes'

/** One answer of a route, for its `response` schema. */
export const answer = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': { schema } }
})

/** Call it before the routes it is to describe. */
export async function addOpenApi(app: FastifyInstance, operations: readonly Operation[]): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Throughline',
        version: manifest.version,
        description: 'One line from every card to every key result. All that the hub can be asked to do.',
        license: { name: manifest.license, identifier: manifest.license } as { name: string }
      },
      servers: [{ url: '/' }],
      tags: [...new Set([...operations.map(({ tag }) => tag), PROBES])].map((name) => ({ name })),
      components: {
        securitySchemes: {
          [BEARER]: {
            type: 'http',
            scheme: 'bearer',
            description: 'An API key, made in Settings. A browser sends its session’s cookie instead.'
          }
        }
      }
    },
    transform: jsonSchemaTransform,
    transformObject
  })
  app.get('/openapi.json', { schema: { hide: true }, handler: async () => app.swagger() })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    theme: { title: 'Throughline API' },
    uiConfig: { layout: 'BaseLayout', docExpansion: 'list', defaultModelsExpandDepth: 0, displayRequestDuration: true },
    uiHooks: {
      onRequest: (_request, reply, next) => {
        void reply.helmet({ contentSecurityPolicy: DOCS_POLICY })
        next()
      }
    }
  })
}

const transformObject: SwaggerTransformObject = (document) =>
  tidySchemas(jsonSchemaTransformObject(document) as unknown as Description) as ReturnType<SwaggerTransformObject>
