/** What survives of HTML that somebody sends: a few tags, `href` and mentions (https://github.com/basecamp/bc-api/blob/master/sections/rich_text.md). */
import type { World } from './world.ts'

const KEPT = /^(div|h1|br|strong|em|strike|a|pre|ol|ul|li|blockquote|bc-attachment)$/
const TAG = /<!--[\s\S]*?-->|<(\/?)([a-z][\w-]*)([^<>]*)>/gi

export function sanitised(html: string, world: World): string {
  let inside = false
  return html.replace(
    TAG,
    (_whole, closing: string | undefined, name: string | undefined, attributes: string | undefined) => {
      const tag = name?.toLowerCase() ?? ''
      if (!KEPT.test(tag)) return ''
      if (tag !== 'bc-attachment') return closing ? `</${tag}>` : `<${tag}${tag === 'a' ? href(attributes ?? '') : ''}>`
      if (closing) {
        const end = inside ? '</bc-attachment>' : ''
        inside = false
        return end
      }
      const sgid = /\bsgid="([^"]+)"/.exec(attributes ?? '')?.[1]
      const person = [...world.people.values()].find((one) => one.sgid === sgid)
      if (!person) return ''
      inside = true
      return `<bc-attachment sgid="${person.sgid}" content-type="application/vnd.basecamp.mention"><figure><img src="https://3.basecampapi.com/people/${person.id}/avatar"><figcaption>${person.name}</figcaption></figure>`
    }
  )
}

function href(attributes: string): string {
  const address = /\bhref="((?:https?:|mailto:)[^"]*)"/i.exec(attributes)?.[1]
  return address === undefined ? '' : ` href="${address}"`
}
