/**
 * Executes GraphQL documents on a schema: the vendor's own SDL where a file of it is given, else the part of it that a
 * stand-in ships with. What the schema declares and no resolver knows is filled with an empty value of its type, so that
 * a client which asks for everything gets an answer of the right shape.
 */
import {
  buildSchema,
  type DocumentNode,
  execute,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isEnumType,
  isListType,
  isNonNullType,
  isScalarType,
  parse,
  validate
} from 'graphql'

// biome-ignore lint/suspicious/noExplicitAny: arguments and sources are shaped by each field of the schema.
type Any = any

/** `Type.field` → its value. Fields without one are read from the source: a value, or a function of the arguments. */
export type Resolvers<Context> = Record<
  string,
  (source: Any, args: Any, context: Context, info: GraphQLResolveInfo) => unknown
>

export interface Question {
  query: string
  variables?: Record<string, unknown> | null
  operationName?: string | null
}

export interface Graphql<Context> {
  schema: GraphQLSchema
  /** `query Boards` or `mutation (unnamed)`; null where the document does not parse. */
  nameOf(question: Question): string | null
  /** Parsed, or the errors that a tool answers instead. */
  prepare(
    question: Question
  ): { document: DocumentNode; errors: null } | { document: null; errors: readonly GraphQLError[] }
  execute(question: Question, document: DocumentNode, context: Context): Promise<FormattedExecutionResult>
}

export function createGraphql<Context>(sdl: string, resolvers: Resolvers<Context>): Graphql<Context> {
  const schema = buildSchema(sdl, { assumeValid: true, assumeValidSDL: true })
  const known = new Map<string, ReturnType<Graphql<Context>['prepare']>>()

  const fieldResolver: GraphQLFieldResolver<Any, Context> = (source, args, context, info) => {
    const own = resolvers[`${info.parentType.name}.${info.fieldName}`]
    const found = own ? own(source, args, context, info) : source?.[info.fieldName]
    const value = typeof found === 'function' ? found.call(source, args, context, info) : found
    const filled = (one: unknown) =>
      one === undefined || (one === null && isNonNullType(info.returnType)) ? empty(info.returnType) : one
    // A page has thousands of fields that are there at once: only what is not waits.
    return value instanceof Promise ? value.then(filled) : filled(value)
  }

  function prepare(question: Question): ReturnType<Graphql<Context>['prepare']> {
    const former = known.get(question.query)
    if (former) return former
    let prepared: ReturnType<Graphql<Context>['prepare']>
    try {
      const document = parse(question.query)
      const errors = validate(schema, document)
      prepared = errors.length > 0 ? { document: null, errors } : { document, errors: null }
    } catch (error) {
      prepared = { document: null, errors: [error instanceof GraphQLError ? error : new GraphQLError(String(error))] }
    }
    known.set(question.query, prepared)
    return prepared
  }

  return {
    schema,
    prepare,
    nameOf(question) {
      const { document } = prepare(question)
      const operation = document && getOperationAST(document, question.operationName)
      return operation ? `${operation.operation} ${operation.name?.value ?? '(unnamed)'}` : null
    },
    async execute(question, document, context) {
      const result = await execute({
        schema,
        document,
        contextValue: context,
        variableValues: question.variables ?? {},
        operationName: question.operationName ?? null,
        fieldResolver,
        typeResolver: (value, _context, _info, type) =>
          (value as { __typename?: string }).__typename ?? schema.getPossibleTypes(type)[0]?.name
      })
      return {
        ...(result.data === undefined ? {} : { data: result.data }),
        ...(result.errors ? { errors: result.errors.map((error) => error.toJSON()) } : {})
      } as FormattedExecutionResult
    }
  }
}

/** Nothing where nothing may be; else the emptiest value of the type. */
function empty(type: GraphQLOutputType): unknown {
  if (!isNonNullType(type)) return null
  if (isListType(type.ofType)) return []
  const named = getNamedType(type)
  if (isEnumType(named)) return named.getValues()[0]?.value
  if (!isScalarType(named)) return {}
  return { Int: 0, Float: 0, Boolean: false, DateTime: '1970-01-01T00:00:00.000Z' }[named.name] ?? ''
}
