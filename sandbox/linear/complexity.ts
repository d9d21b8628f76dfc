/**
 * What a query costs: an object 1 and 0.1 for each scalar (1 for a list of them), 0.2 when only its id is asked for; a
 * page as many of its objects as it may hold. Worked out from the `X-Complexity` of recorded answers.
 */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  getOperationAST,
  isCompositeType,
  isListType,
  isObjectType,
  type SelectionSetNode,
  valueFromASTUntyped
} from 'graphql'

type Variables = Record<string, unknown>

export function complexity(schema: GraphQLSchema, document: DocumentNode, variables: Variables): number {
  const operation = getOperationAST(document)
  const root = operation && schema.getRootType(operation.operation)
  if (!operation || !root) return 0
  const fragments = new Map(
    document.definitions.flatMap((one) => (one.kind === 'FragmentDefinition' ? [[one.name.value, one] as const] : []))
  )
  const asked = costs(schema, root, operation.selectionSet, fragments, variables)
  return Math.max(1, Math.ceil(Math.round((asked.objects + asked.scalars * 0.1) * 1000) / 1000))
}

interface Asked {
  scalars: number
  objects: number
  onlyId: boolean
}

function costs(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  selections: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Variables
): Asked {
  const asked: Asked = { scalars: 0, objects: 0, onlyId: true }
  const add = (part: Asked) => {
    asked.scalars += part.scalars
    asked.objects += part.objects
    asked.onlyId &&= part.onlyId
  }
  for (const selection of selections.selections) {
    if (selection.kind === 'FragmentSpread') {
      const fragment = fragments.get(selection.name.value)
      if (fragment) add(costs(schema, type, fragment.selectionSet, fragments, variables))
    } else if (selection.kind === 'InlineFragment') {
      add(costs(schema, type, selection.selectionSet, fragments, variables))
    } else {
      const name = selection.name.value
      const field = type.getFields()[name]
      if (name === '__typename' || !field) continue
      const named = getNamedType(field.type)
      if (!selection.selectionSet || !isCompositeType(named)) {
        const list = isListType(getNullableType(field.type))
        add({ scalars: list ? 0 : 1, objects: list ? 1 : 0, onlyId: name === 'id' })
        continue
      }
      asked.onlyId = false
      if (!isObjectType(named)) {
        asked.objects += 1
        continue
      }
      const inner = costs(schema, named, selection.selectionSet, fragments, variables)
      if (!named.name.endsWith('Connection')) {
        asked.objects += inner.onlyId && inner.scalars > 0 ? 0.2 : 1 + inner.scalars * 0.1 + inner.objects
        continue
      }
      const sizes = (selection.arguments ?? []).filter(({ name: { value } }) => value === 'first' || value === 'last')
      const size = sizes.map(({ value }) => valueFromASTUntyped(value, variables)).find((one) => one != null) ?? 50
      asked.objects += Number(size) * inner.objects
    }
  }
  return asked
}
