/** Holds an answer against the schema it was asked of: every field of the type it declares, no null where none may be. */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getOperationAST,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type SelectionSetNode
} from 'graphql'

const SCALARS: Record<string, (value: unknown) => boolean> = {
  ID: (value) => typeof value === 'string' && value !== '',
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => Number.isInteger(value),
  Float: (value) => typeof value === 'number',
  DateTime: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value),
  TimelessDate: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
}

/** What does not conform, each a sentence. */
export function faults(schema: GraphQLSchema, document: DocumentNode, data: unknown): string[] {
  const operation = getOperationAST(document)!
  const fragments = new Map(
    document.definitions.flatMap((one) => (one.kind === 'FragmentDefinition' ? [[one.name.value, one] as const] : []))
  )
  return walk(schema, schema.getRootType(operation.operation)!, operation.selectionSet, data, fragments, 'data')
}

function walk(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  selections: SelectionSetNode | undefined,
  value: unknown,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  path: string
): string[] {
  if (isNonNullType(type)) {
    if (value === null || value === undefined) return [`${path} is null`]
    return walk(schema, type.ofType, selections, value, fragments, path)
  }
  if (value === null) return []
  if (value === undefined) return [`${path} is missing`]
  if (isListType(type)) {
    if (!Array.isArray(value)) return [`${path} is no list`]
    return value.flatMap((one, index) => walk(schema, type.ofType, selections, one, fragments, `${path}.${index}`))
  }
  if (isScalarType(type)) return (SCALARS[type.name] ?? (() => true))(value) ? [] : [`${path} is no ${type.name}`]
  if (isEnumType(type)) return type.getValue(String(value)) ? [] : [`${path} is no ${type.name}`]
  if (!isObjectType(type) || typeof value !== 'object') return [`${path} is no object`]
  return (selections?.selections ?? []).flatMap((selection) => {
    if (selection.kind === 'FragmentSpread')
      return walk(schema, type, fragments.get(selection.name.value)?.selectionSet, value, fragments, path)
    if (selection.kind === 'InlineFragment') return walk(schema, type, selection.selectionSet, value, fragments, path)
    const name = selection.alias?.value ?? selection.name.value
    if (selection.name.value === '__typename') return []
    const field = type.getFields()[selection.name.value]
    if (!field) return [`${path}.${name} is declared nowhere`]
    const inner = (value as Record<string, unknown>)[name]
    return walk(schema, field.type, selection.selectionSet, inner, fragments, `${path}.${name}`)
  })
}
