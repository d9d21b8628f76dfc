/**
 * The rollup's two small charts as pictures: shapes only, on transparent, in colours that hold 3:1 on white and on the
 * dark sheet. Words and numbers stand beside them as text, because a picture may not be shown.
 */

export const CHART = { width: 260, height: 72 } as const

const ACTUAL = '#1F93A3'
const QUIET = '#8A989B'

/** One bar a value, from zero, the last one in the accent. */
export function barsSvg(values: readonly number[]): string {
  const gap = 6
  const width = (CHART.width - gap * (values.length - 1)) / values.length
  const most = Math.max(1, ...values)
  const bars = values.map((value, at) => {
    const height = value === 0 ? 1 : Math.max(2, (value / most) * (CHART.height - 4))
    const colour = at === values.length - 1 ? ACTUAL : QUIET
    return `<rect x="${round(at * (width + gap))}" y="${round(CHART.height - height)}" width="${round(width)}" height="${round(height)}" rx="1.5" fill="${colour}"/>`
  })
  return svg(bars.join(''))
}

/** A line over a base line at zero; a week without a value leaves a gap; a dot on the latest value. */
export function lineSvg(values: readonly (number | null)[]): string {
  const most = Math.max(...values.map((value) => value ?? 0)) || 1
  const place = (value: number, at: number) => ({
    x: round(6 + (at / Math.max(1, values.length - 1)) * (CHART.width - 14)),
    y: round(CHART.height - 2 - (value / most) * (CHART.height - 12))
  })
  let pen = 'M'
  let path = ''
  let last: { x: number; y: number } | null = null
  let dots = ''
  values.forEach((value, at) => {
    if (value === null) {
      pen = 'M'
      return
    }
    last = place(value, at)
    path += `${pen}${last.x} ${last.y}`
    pen = 'L'
    // A value between two gaps has no line to be seen by.
    if ((values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null) dots += dot(last, 2)
  })
  const base = `<rect x="0" y="${CHART.height - 1}" width="${CHART.width}" height="1" fill="${QUIET}"/>`
  const line = `<path d="${path}" fill="none" stroke="${ACTUAL}" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/>`
  return svg(base + line + dots + (last ? dot(last, 4) : ''))
}

/** A PNG at twice the size it is shown at. No fonts are loaded: there is nothing to write. */
export async function picture(drawing: string): Promise<Buffer> {
  const options = { fitTo: { mode: 'width', value: CHART.width * 2 }, font: { loadSystemFonts: false } } as const
  return Buffer.from((await (await import('@resvg/resvg-js')).renderAsync(drawing, options)).asPng())
}

const svg = (shapes: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${CHART.width}" height="${CHART.height}" viewBox="0 0 ${CHART.width} ${CHART.height}">${shapes}</svg>`

const dot = ({ x, y }: { x: number; y: number }, radius: number): string =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="${ACTUAL}"/>`

const round = (value: number): number => Math.round(value * 100) / 100
