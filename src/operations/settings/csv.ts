/** Lines of CSV (RFC 4180), such that a spreadsheet takes words of a card for words and never for a formula. */

export const csvLine = (values: readonly unknown[]): string => `${values.map(csvField).join(',')}\r\n`

function csvField(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  // https://owasp.org/www-community/attacks/CSV_Injection
  const inert = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}
