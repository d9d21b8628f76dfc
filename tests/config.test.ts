import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig, VARIABLES } from '../src/config.ts'

describe('configuration', () => {
  test('an empty environment gives the embedded default', () => {
    expect(readConfig({})).toMatchObject({ DATA_DIR: './data', HOST: '127.0.0.1', PORT: 3000 })
    expect(readConfig({}).DATABASE_URL).toBeUndefined()
  })

  test('blank means unset, and white space around a value does not count', () => {
    expect(readConfig({ DATABASE_URL: '  ', PORT: '' }).PORT).toBe(3000)
    expect(readConfig({ PORT: ' 4000 ' }).PORT).toBe(4000)
  })

  test('an error names every wrong variable and the shape it should have, never the value', () => {
    const secret = 'hunter2-canary'
    const wrong = () =>
      readConfig({
        HUB_SECRET: secret,
        DATABASE_URL: `mysql://root:${secret}@db/x`,
        PORT: '70000',
        SYNC_MINUTES: 'often',
        TIME_ZONE: 'Mars/Base'
      })
    expect(wrong).toThrow(ConfigError)
    let message = ''
    try {
      wrong()
    } catch (error) {
      message = (error as Error).message
    }
    expect(message.split('\n')).toEqual([
      'DATABASE_URL should be postgres://user:password@host:5432/database; unset: the embedded database in DATA_DIR.',
      'HUB_SECRET should be 64 hexadecimal digits (openssl rand -hex 32); unset: a key file in DATA_DIR.',
      'PORT should be a port number from 0 to 65535.',
      'TIME_ZONE should be an IANA time zone such as Europe/Lisbon; projects without a calendar of their own use it.',
      'SYNC_MINUTES should be minutes between two looks at a board.'
    ])
    expect(message).not.toContain(secret)
  })

  test('a public address loses its last slash', () => {
    expect(readConfig({ PUBLIC_URL: 'https://hub.example.com/' }).PUBLIC_URL).toBe('https://hub.example.com')
  })

  test('.env.example lists every variable, no other, and can be used as it is', () => {
    const lines = readFileSync(new URL('../.env.example', import.meta.url), 'utf8').split('\n')
    const example = Object.fromEntries(
      lines
        .filter((line) => /^[A-Z_]+=/.test(line))
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
    )
    expect(Object.keys(example).sort()).toEqual(VARIABLES.map(({ name }) => name).sort())
    expect(readConfig(example)).toEqual(readConfig({}))
  })
})
