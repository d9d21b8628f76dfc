/** What differs between two states, field by field, such as a person reads it. */
export interface Difference {
  /** Where it stands: `projects`, `hours.start`. */
  field: string
  /** Null: there was nothing. */
  before: string | null
  after: string | null
}

/** Lists of words are compared as sets: what left and what came. */
export function difference(before: unknown, after: unknown, field = ''): Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  if (isListOfWords(before) && isListOfWords(after)) {
    const [left, came] = [before.filter((one) => !after.includes(one)), after.filter((one) => !before.includes(one))]
    return [{ field, before: written(left), after: written(came) }]
  }
  if (isObject(before) || isObject(after)) {
    if ((before !== null && before !== undefined && !isObject(before)) || (after && !isObject(after)))
      return [{ field, before: written(before), after: written(after) }]
    const [from, to] = [asObject(before), asObject(after)]
    const names = [...new Set([...Object.keys(from), ...Object.keys(to)])]
    return names.flatMap((name) => difference(from[name], to[name], field ? `${field}.${name}` : name))
  }
  const [was, is] = [written(before), written(after)]
  return was === is ? [] : [{ field, before: was, after: is }]
}

/** What was asked for, field by field. */
export const asked = (input: unknown): { field: string; value: string }[] =>
  difference(null, input).map(({ field, after }) => ({ field, value: after ?? '' }))

const isListOfWords = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string' || typeof one === 'number')

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !isListOfWords(value)

const asObject = (value: unknown): Record<string, unknown> =>
  isObject(value) ? (value as Record<string, unknown>) : {}

function written(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value)) return value.length === 0 ? null : value.map((one) => written(one) ?? '').join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
