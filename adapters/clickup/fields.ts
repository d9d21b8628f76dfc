/** Custom fields → typed values (https://developer.clickup.com/docs/customfields). Values are not normalised there. */
import type { FieldValue } from '../../src/model/task.ts'
import * as raw from './raw.ts'

/** By the field's id. A field without a value, or with one in a shape nobody foresaw, is left out. */
export function customFields(fields: readonly raw.CustomField[]): Record<string, FieldValue> {
  const values = fields.flatMap((field): [string, FieldValue][] => {
    if (field.value === undefined || field.value === null || field.value === '') return []
    const value = (READERS[field.type] ?? asItIs)(field)
    return value === null ? [] : [[field.id, value]]
  })
  return Object.fromEntries(values.sort(([a], [b]) => (a < b ? -1 : 1)))
}

type Reader = (field: raw.CustomField) => FieldValue | null

const text: Reader = ({ name, value }) =>
  typeof value === 'string'
    ? { name, type: 'text', value }
    : typeof value === 'number'
      ? texted(name, [`${value}`])
      : null

const number: Reader = ({ name, value }) => numbered(name, value)

const progress: Reader = ({ name, value }) => {
  const { current, percent_complete, percent_completed } = value as Record<string, unknown>
  return numbered(name, current ?? percent_completed ?? percent_complete)
}

/** The value is an option's place in the order, or its id. */
const choice: Reader = ({ name, value, type_config }) => {
  const options = type_config?.options ?? []
  const option =
    options.find((one) => one.id != null && one.id === value) ??
    options.find((one) => one.orderindex != null && one.orderindex === place(value))
  const word = option?.name ?? option?.label
  return word ? { name, type: 'choice', value: word } : null
}

const labels: Reader = ({ name, value, type_config }) =>
  texted(
    name,
    listed(value).map((one) => {
      const option = type_config?.options?.find(({ id }) => id === (wordOf(one, 'id') ?? one))
      return option?.label ?? option?.name ?? wordOf(one, 'label')
    })
  )

const names =
  (...keys: string[]): Reader =>
  ({ name, value }) =>
    texted(
      name,
      listed(value).map((one) => keys.map((key) => wordOf(one, key)).find((word) => word))
    )

const READERS: Record<string, Reader> = {
  url: text,
  email: text,
  phone: text,
  text,
  short_text: text,
  drop_down: choice,
  labels,
  date: ({ name, value }) => {
    const at = raw.moment.safeParse(value).data
    return at === undefined ? null : { name, type: 'date', value: at }
  },
  checkbox: ({ name, value }) => ({ name, type: 'checkbox', value: String(value) === 'true' }),
  number,
  currency: number,
  emoji: number,
  manual_progress: progress,
  automatic_progress: progress,
  users: names('username', 'email', 'name'),
  tasks: names('name'),
  location: ({ name, value }) => texted(name, [wordOf(value, 'formatted_address')])
}

/** Formulas, votes and whatever comes next: plain values only. */
const asItIs: Reader = ({ name, value }) =>
  typeof value === 'number' ? numbered(name, value) : typeof value === 'string' ? { name, type: 'text', value } : null

function numbered(name: string, value: unknown): FieldValue | null {
  const found = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof found === 'number' && Number.isFinite(found) ? { name, type: 'number', value: found } : null
}

function texted(name: string, words: readonly (string | null | undefined)[]): FieldValue | null {
  const value = words.filter((word) => word).join(', ')
  return value === '' ? null : { name, type: 'text', value }
}

const place = (value: unknown): number | null =>
  typeof value === 'number' ? value : typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : null

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

function wordOf(value: unknown, key: string): string | null {
  const word = (value as Record<string, unknown> | null)?.[key]
  return typeof word === 'string' ? word : null
}
