/** Linear's filters: comparators on fields, nested objects on relations, `and` and `or`. */
import type { Entity } from './facts.ts'
import type { Relations } from './relations.ts'

type Filter = Record<string, unknown>

export const matches =
  (relations: Relations, now: () => number) =>
  (entity: Entity, filter: Filter | null | undefined): boolean => {
    const fits = (one: Entity, wanted: Filter): boolean =>
      Object.entries(wanted).every(([key, want]) => {
        if (want == null) return true
        if (key === 'and') return (want as Filter[]).every((part) => fits(one, part))
        if (key === 'or') return (want as Filter[]).some((part) => fits(one, part))
        const relation = relations[one.__typename]?.[key]
        if (!relation) return compares((one as unknown as Record<string, unknown>)[key], want as Filter, now)
        const other = relation(one)
        if (Array.isArray(other)) return other.some((each) => fits(each as Entity, want as Filter))
        const { null: isNull, ...rest } = want as Filter
        if (other == null) return isNull === true
        return isNull !== true && fits(other as Entity, rest)
      })
    return filter == null || fits(entity, filter)
  }

function compares(value: unknown, want: Filter, now: () => number): boolean {
  return Object.entries(want).every(([operator, given]) => {
    const text = String(value ?? '')
    const words = String(given)
    switch (operator) {
      case 'eq':
        return value === given
      case 'neq':
        return value !== given
      case 'in':
        return (given as unknown[]).includes(value)
      case 'nin':
        return !(given as unknown[]).includes(value)
      case 'null':
        return (value == null) === given
      case 'gt':
        return value != null && number(value, now) > number(given, now)
      case 'gte':
        return value != null && number(value, now) >= number(given, now)
      case 'lt':
        return value != null && number(value, now) < number(given, now)
      case 'lte':
        return value != null && number(value, now) <= number(given, now)
      case 'contains':
        return text.includes(words)
      case 'containsIgnoreCase':
        return text.toLowerCase().includes(words.toLowerCase())
      case 'eqIgnoreCase':
        return text.toLowerCase() === words.toLowerCase()
      case 'startsWith':
        return text.startsWith(words)
      default:
        return false
    }
  })
}

/** Moments by their time; durations (`-PT10M`, `-P2W1D`) from now on. */
function number(value: unknown, now: () => number): number {
  if (typeof value !== 'string') return Number(value)
  const duration = /^(-?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(value)
  if (!duration) return Date.parse(value)
  const [weeks, days, hours, minutes, seconds] = duration.slice(2).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number
  ]
  const ms = ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
  return now() + (duration[1] === '-' ? -ms : ms)
}
