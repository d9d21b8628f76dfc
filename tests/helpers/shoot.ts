/**
 * Pictures of HTML as a browser shows it, for looking at: never compared by pixel. Needs a Chromium, from
 * `CHROMIUM_PATH` or where Debian puts it.
 */
import { chromium } from 'playwright-core'

export const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

export interface Shot {
  /** CSS pixels. */
  width: number
  theme: 'light' | 'dark'
  /** CSS pixels of the window; the picture is at least so high. */
  height?: number
  /** Device pixels per CSS pixel. */
  density?: number
  /** Where the PNG goes. */
  file: string
  /** What `cid:` pictures are, as a mail client would show them. */
  pictures?: { cid: string; content: Buffer; contentType: string }[]
}

/** Writes a picture of the whole page. Resolves to the page's height and its widest content, CSS pixels. */
export async function shoot(
  html: string,
  { width, height: window = 800, density = 2, theme, file, pictures = [] }: Shot
): Promise<{ height: number; widest: number }> {
  const shown = pictures.reduce(
    (page, { cid, content, contentType }) =>
      page.replaceAll(`cid:${cid}`, `data:${contentType};base64,${content.toString('base64')}`),
    html
  )
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox']
  })
  try {
    const page = await browser.newPage({
      viewport: { width, height: window },
      deviceScaleFactor: density,
      colorScheme: theme,
      offline: true
    })
    await page.setContent(shown)
    await page.screenshot({ path: file, fullPage: true })
    const size = 'JSON.stringify([document.documentElement.scrollHeight, document.documentElement.scrollWidth])'
    const [height, widest] = JSON.parse(String(await page.evaluate(size)))
    return { height, widest }
  } finally {
    await browser.close()
  }
}
