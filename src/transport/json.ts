/**
 * JSON whose ids may pass 2^53: such integers arrive as strings, from the reviver's source text
 * (https://tc39.es/proposal-json-parse-with-source/).
 */
const LONG_INTEGER = /[[:,]\s*-?\d{16,}/

export function parseJson(text: string): unknown {
  return LONG_INTEGER.test(text)
    ? JSON.parse(text, exact as (key: string, value: unknown) => unknown)
    : JSON.parse(text)
}

function exact(_key: string, value: unknown, context: { source?: string }): unknown {
  const unsafe = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
  return unsafe && context.source !== undefined && /^-?\d+$/.test(context.source) ? context.source : value
}
