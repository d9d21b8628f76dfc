/** Our own documents, held against the vendor's schema; and what they cost. */
import { existsSync, readFileSync } from 'node:fs'
import {
  buildSchema,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
  validate
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { HISTORY_BATCH, MADE_BATCH, PAGE, READ_BATCH, TEAM_PAGE } from '../../adapters/linear/api.ts'
import * as documents from '../../adapters/linear/documents.ts'
import { complexity } from '../../sandbox/linear/complexity.ts'
import { DEAREST } from '../../sandbox/linear/limits.ts'
import { describeWithShared, sharedPath } from '../helpers/shared.ts'

const load = (sdl: string): GraphQLSchema => buildSchema(sdl, { assumeValid: true, assumeValidSDL: true })
const own = load(readFileSync(new URL('../../sandbox/linear/schema.graphql', import.meta.url), 'utf8'))
const all = Object.entries(documents).filter((entry): entry is [string, documents.Document] => 'query' in entry[1])

/** How many rows each list of ours asks for, and with which variables. */
const ROWS: Record<string, { rows: number; variables: Record<string, unknown> }> = {
  TEAMS: { rows: TEAM_PAGE, variables: { first: TEAM_PAGE } },
  ISSUES: { rows: PAGE, variables: { first: PAGE } },
  HISTORIES: { rows: HISTORY_BATCH, variables: { first: HISTORY_BATCH } },
  READ: { rows: READ_BATCH, variables: { first: READ_BATCH } },
  MADE: { rows: MADE_BATCH, variables: { first: MADE_BATCH } },
  CHANGES: { rows: PAGE, variables: { first: PAGE, teamCount: PAGE } },
  COMMENTS: { rows: PAGE, variables: { first: PAGE } },
  THREAD: { rows: PAGE, variables: { first: PAGE } }
}

describe('the documents', () => {
  it('are all there is to send, and fit the schema the stand-in ships with', () => {
    expect(all).toHaveLength(22)
    for (const [name, { query }] of all) expect([name, validate(own, parse(query))]).toEqual([name, []])
  })

  it('cost no more than they say, and never more than Linear takes at once', () => {
    for (const [name, document] of all) {
      const { rows, variables } = ROWS[name] ?? { rows: 0, variables: {} }
      const said = document.points(rows)
      expect([name, said >= complexity(own, parse(document.query), variables)]).toEqual([name, true])
      expect([name, said <= DEAREST]).toEqual([name, true])
    }
  })
})

describeWithShared("the vendor's schema", () => {
  const path = sharedPath('specs/linear.graphql')
  const vendor = load(existsSync(path) ? readFileSync(path, 'utf8') : 'type Query { a: Int }')

  it('takes every document as it is', () => {
    for (const [name, { query }] of all) expect([name, validate(vendor, parse(query))]).toEqual([name, []])
  })

  it('has every type, field and argument of the one the stand-in ships with, of the same type', () => {
    const differences = Object.values(own.getTypeMap())
      .filter(({ name }) => !name.startsWith('__'))
      .flatMap((type) => compare(type, vendor.getType(type.name)))
    expect(differences).toEqual([])
    expect(Object.keys(own.getTypeMap()).length).toBeGreaterThan(50)
  })

  it('costs the documents the same on both schemas', () => {
    for (const [name, { query }] of all) {
      const { variables } = ROWS[name] ?? { variables: {} }
      const [ours, theirs] = [own, vendor].map((schema) => complexity(schema, parse(query), variables))
      expect([name, ours]).toEqual([name, theirs])
    }
  })
})

function compare(type: GraphQLNamedType, other: GraphQLNamedType | undefined): string[] {
  if (!other) return [`no type ${type.name}`]
  if (isEnumType(type) && isEnumType(other))
    return type
      .getValues()
      .filter(({ name }) => !other.getValue(name))
      .map(({ name }) => `${type.name}.${name}`)
  if (isInputObjectType(type) && isInputObjectType(other))
    return Object.values(type.getFields()).flatMap((field) => {
      const theirs = other.getFields()[field.name]
      return String(theirs?.type) === String(field.type) ? [] : [`${type.name}.${field.name}: ${theirs?.type}`]
    })
  if ((isObjectType(type) && isObjectType(other)) || (isInterfaceType(type) && isInterfaceType(other)))
    return Object.values(type.getFields()).flatMap((field) => {
      const theirs = other.getFields()[field.name]
      if (String(theirs?.type) !== String(field.type)) return [`${type.name}.${field.name}: ${theirs?.type}`]
      return field.args
        .filter((arg) => String(theirs?.args.find(({ name }) => name === arg.name)?.type) !== String(arg.type))
        .map((arg) => `${type.name}.${field.name}(${arg.name})`)
    })
  return type.constructor === other.constructor ? [] : [`${type.name} is another kind of type`]
}
