/** What is asked and what is played, held against the vendor's own schema. */
import { readFileSync } from 'node:fs'
import {
  buildSchema,
  type GraphQLFieldMap,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
  validate
} from 'graphql'
import { describe, expect, it } from 'vitest'
import * as documents from '../../adapters/monday/documents.ts'
import { EVENTS } from '../../adapters/monday/subscriptions.ts'
import { describeWithShared, sharedPath } from '../helpers/shared.ts'

const schemaIn = (path: string | URL): GraphQLSchema => buildSchema(readFileSync(path, 'utf8'))
const own = schemaIn(new URL('../../sandbox/monday/schema.graphql', import.meta.url))
const all = Object.entries(documents)

describe('The stand-in’s schema', () => {
  it.each(all)('knows all of %s', (_, document) => {
    expect(validate(own, parse(document)).map(({ message }) => message)).toEqual([])
  })
})

describeWithShared('The vendor’s schema', () => {
  const vendor = schemaIn(sharedPath('specs/monday.graphql'))

  it.each(all)('knows all of %s', (_, document) => {
    expect(validate(vendor, parse(document)).map(({ message }) => message)).toEqual([])
  })

  it('has every event that is asked for', () => {
    const events = vendor.getType('WebhookEventType')
    const names = isEnumType(events) ? events.getValues().map(({ name }) => name) : []
    expect(EVENTS.filter((event) => !names.includes(event))).toEqual([])
    expect(EVENTS).toHaveLength(12)
  })

  it('has every type, field, argument and value of the stand-in’s, with the same type', () => {
    const types = Object.values(own.getTypeMap()).filter(({ name }) => !name.startsWith('__'))
    expect(types.length).toBeGreaterThan(40)
    expect(types.flatMap((type) => differences(type.name, vendor))).toEqual([])
  })
})

/** What a type of ours says that the vendor's does not. */
function differences(name: string, vendor: GraphQLSchema): string[] {
  const ours = own.getType(name)
  const theirs = vendor.getType(name)
  if (!theirs || ours?.constructor !== theirs.constructor) return [`${name}: there is no such type`]
  if (isEnumType(ours) && isEnumType(theirs)) {
    const known = theirs.getValues().map((value) => value.name)
    return ours.getValues().flatMap((value) => (known.includes(value.name) ? [] : [`${name}.${value.name}`]))
  }
  if (isInputObjectType(ours) && isInputObjectType(theirs)) {
    const known = theirs.getFields()
    return Object.values(ours.getFields()).flatMap((field) =>
      String(field.type) === String(known[field.name]?.type) ? [] : [`${name}.${field.name}: ${field.type}`]
    )
  }
  if ((isObjectType(ours) || isInterfaceType(ours)) && (isObjectType(theirs) || isInterfaceType(theirs))) {
    return fieldDifferences(name, ours.getFields(), theirs.getFields())
  }
  return []
}

function fieldDifferences(
  name: string,
  ours: GraphQLFieldMap<unknown, unknown>,
  theirs: GraphQLFieldMap<unknown, unknown>
): string[] {
  return Object.values(ours).flatMap((field) => {
    const known = theirs[field.name]
    if (String(field.type) !== String(known?.type)) return [`${name}.${field.name}: ${field.type}, not ${known?.type}`]
    return field.args.flatMap((argument) => {
      const there = known?.args.find((one) => one.name === argument.name)
      const same = String(argument.type) === String(there?.type) && argument.defaultValue === there?.defaultValue
      return same ? [] : [`${name}.${field.name}(${argument.name}: ${argument.type} = ${argument.defaultValue})`]
    })
  })
}
