/** Everything the adapter asks and the stand-in answers, played on the vendor's own schema and held against it. */
import { readFileSync } from 'node:fs'
import {
  buildSchema,
  getNamedType,
  isLeafType,
  isListType,
  isNonNullType,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo
} from 'graphql'
import { expect, it } from 'vitest'
import type { Exchange } from '../../sandbox/kit/recorder.ts'
import { paragraph, text } from '../../src/model/richText.ts'
import { describeWithShared, sharedPath } from '../helpers/shared.ts'
import { startStandIn } from '../helpers/standIn.ts'
import { open, project, pull, since } from './opened.ts'

const SPEC = 'specs/monday.graphql'

describeWithShared('On the vendor’s own schema', () => {
  const schema = buildSchema(readFileSync(sharedPath(SPEC), 'utf8'))

  /** What an answer's data leaves out or gets wrong of what was asked for. */
  function faults({ body, answer }: Exchange): string[] {
    const { query } = body as { query: string }
    const { data, errors } = answer as { data?: unknown; errors?: unknown[] }
    const found = validate(schema, parse(query)).map(({ message }) => message)
    if (errors) found.push(JSON.stringify(errors))
    const info = new TypeInfo(schema)
    const here: unknown[][] = [[data]]
    visit(
      parse(query),
      visitWithTypeInfo(info, {
        Field: {
          enter({ name, alias, selectionSet }) {
            const type = info.getType()
            const key = alias?.value ?? name.value
            const values = here.at(-1)!.flatMap((one) => {
              const value = (one as Record<string, unknown>)[key]
              // On a fragment of another type the field is not there.
              if (value === undefined) return []
              if (value === null && isNonNullType(type)) found.push(`${key} is null`)
              const inner = isNonNullType(type) ? type.ofType : type
              if (isListType(inner) && value !== null && !Array.isArray(value)) found.push(`${key} is no list`)
              return [value].flat().filter((part) => part !== null)
            })
            const leaf = type && isLeafType(getNamedType(type))
            if (leaf && values.some((value) => typeof value === 'object')) found.push(`${key} is no leaf`)
            if (selectionSet) here.push(values)
            return undefined
          },
          leave({ selectionSet }) {
            if (selectionSet) here.pop()
          }
        }
      })
    )
    return found
  }

  it('every question is valid and every answer has the shape that was asked for', async () => {
    await using tool = await startStandIn('monday', { args: ['--schema', sharedPath(SPEC)] })
    await tool.record(500)
    const session = open(tool)
    const ana = await tool.person({ name: 'Ana Lima', email: 'ana@larkfield.example' })
    const board = await project(tool, 'Website', [ana])
    const { 'To do': todo, Doing: doing } = board.columns as Record<string, string>
    const whole = await tool.task({ project: board.id, column: todo!, title: 'Rich', labels: ['web'], estimate: 3 })
    const task = { project: board.id, column: todo!, title: 'A part', parent: whole, assignees: [ana] }
    const part = await tool.task({ ...task, due: { at: '2026-11-20T10:00:00.000Z' }, start: { date: '2026-11-18' } })
    await tool.tasks(
      Array.from({ length: 510 }, (_, index) => ({ project: board.id, column: todo!, title: `T ${index}` }))
    )

    await session.whoAmI()
    await Array.fromAsync(session.projects())
    const swept = await pull(session, board.id)
    await session.write!.move!(whole, doing!)
    await session.write!.due!(part, { date: '2026-12-01' })
    await session.write!.assign!(whole, { add: [ana], remove: [] })
    const draft = { title: 'Made', description: 'Why', column: doing!, assignees: [ana], due: null }
    await session.write!.create!(board.id, draft, 'key')
    const { externalId } = await session.comments.post(whole, [paragraph(text('Hello'))], 'note')
    await session.comments.edit(whole, externalId, [paragraph(text('Hello again'))])
    await session.comments.list(whole)
    await since(session, board.id, swept)
    await session.comments.remove(whole, externalId)
    await Array.fromAsync(session.fetch([whole, part]))

    const exchanges = await tool.exchanges()
    expect(exchanges.length).toBeGreaterThan(18)
    expect(exchanges.filter(({ status }) => status !== 200)).toEqual([])
    expect(exchanges.flatMap(faults)).toEqual([])
  })

  it('the activity log is read the same way', async () => {
    await using tool = await startStandIn('monday', { args: ['--schema', sharedPath(SPEC)] })
    const session = open(tool)
    const board = await project(tool)
    const one = await tool.task({ project: board.id, column: board.columns['To do']!, title: 'One' })
    const swept = await pull(session, board.id)
    await tool.admin('POST', 'rule', { mode: 'empty' })
    await tool.change(one, { title: 'One, renamed' })
    await tool.record(100)
    await since(session, board.id, swept)
    const exchanges = await tool.exchanges()
    expect(exchanges).toHaveLength(3)
    expect(exchanges.flatMap(faults)).toEqual([])
  })
})
