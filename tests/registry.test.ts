/** A tool is there whole or not at all: adapter, README, row and section in the docs, stand-in, contract rig. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { adapters } from '../adapters/index.ts'
import { VARIABLES } from '../src/config.ts'
import { Tool } from '../src/model/task.ts'
import { rigs } from './contract/rigs/index.ts'

const root = new URL('../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const folders = (path: string): string[] =>
  readdirSync(new URL(path, root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()

const tools = [...Tool.options].sort()

describe('Every tool of the model', () => {
  it('has an adapter, and no adapter is left over', () => {
    expect(adapters.map(({ tool }) => tool).sort()).toEqual(tools)
    expect(folders('adapters/')).toEqual(tools)
  })

  it('runs the contract suite', () => {
    expect(rigs.map(({ adapter }) => adapter.tool).sort()).toEqual(tools)
  })

  it.each(tools)('%s has a stand-in that explains itself, a README and what people need to know', (tool) => {
    const { name } = adapters.find((one) => one.tool === tool) ?? { name: 'nobody' }
    expect(existsSync(new URL(`sandbox/${tool}/main.ts`, root))).toBe(true)
    expect(read(`adapters/${tool}/README.md`)).toMatch(new RegExp(`^# ${name}`))
    const docs = read('docs/tools.md')
    expect(docs).toMatch(new RegExp(`^## ${name}$`, 'm'))
    expect(docs.split('\n').find((line) => line.startsWith('| field '))).toContain(` ${name} `)
    expect(read('README.md')).toMatch(new RegExp(`^\\| ${name} `, 'm'))
  })

  it.each(tools)('%s asks for what its credentials need, and takes what a person would paste', (tool) => {
    const adapter = adapters.find((one) => one.tool === tool)
    if (!adapter) throw new Error(`no ${tool}`)
    expect(adapter.asks.length).toBeGreaterThan(0)
    for (const { label, help } of adapter.asks) expect([label, help].every((words) => words.length > 3)).toBe(true)
    const pasted = Object.fromEntries(adapter.asks.map(({ name }) => [name, '1234567890']))
    expect(adapter.credentials.safeParse(pasted).success).toBe(true)
    expect(adapter.credentials.safeParse({}).success).toBe(false)
    const authorized = Object.values(adapter.authorize(pasted)).join(' ')
    expect(authorized).toContain('1234567890')
  })

  it.each(tools)('%s can be pointed at a stand-in and at an app of one’s own', (tool) => {
    const names = VARIABLES.map(({ name }) => name as string)
    for (const part of ['URL', 'CLIENT_ID', 'CLIENT_SECRET']) expect(names).toContain(`${tool.toUpperCase()}_${part}`)
  })

  it.each(tools)('%s says about itself nothing but what it has', (tool) => {
    const adapter = adapters.find((one) => one.tool === tool)
    expect(adapter?.hooks !== undefined).toBe(adapter?.can.webhooks)
    expect([401, 410]).not.toContain(adapter?.hooks?.refusal)
    for (const { authorizeUrl, tokenUrl } of adapter?.oauth ? [adapter.oauth] : []) {
      expect([new URL(authorizeUrl).protocol, new URL(tokenUrl).protocol]).toEqual(['https:', 'https:'])
    }
  })
})
