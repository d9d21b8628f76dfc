/** The date that an instant has on the wall of a zone: `2026-11-19`. */
export const localDate = (instant: string, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(new Date(instant))
