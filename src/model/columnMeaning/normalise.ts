/**
 * A column's name without its decoration: the parts that are left, each a row of plain words.
 * `"✅ 2) Done – week 3"` → `[["done"], ["week", "3"]]`.
 */

export type Part = string[]

/** `name`'s parts in reading order; empty when nothing but decoration was there. */
export function parts(name: string): Part[] {
  return withoutNumbering(plain(name))
    .replace(/\s[-\u2010\u2011]|[-\u2010\u2011]\s|^-|-$/g, PARTING)
    .replace(/[-_\u2010\u2011]+/g, ' ')
    .replace(/(?<!\d)\/|\/(?!\d)/g, PARTING)
    .replace(/(?<!\d):|:(?!\d)/g, PARTING)
    .replace(/[([{<>)\]}|•·・‣;*=~^\u2012-\u2015\u2212«»「」『』【】〔〕《》〈〉]/g, PARTING)
    .replace(/[.!?,。、¡¿]+(?=\s|\||$)|[。、!?¡¿]/g, ' ')
    .replace(/[&+]/g, ' & ')
    .replace(/#/g, ' ')
    .split('|')
    .map((part) => part.split(/\s+/).filter((word) => word !== '' && word !== '.'))
    .filter((part) => part.some((word) => word !== '&'))
}

const PARTING = ' | '

const EMOJI = /[0-9#*]\uFE0F?\u20E3|\p{RGI_Emoji}|\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}/gv
const JOINERS = /\p{Cf}|\p{Cc}|\p{Variation_Selector}|\u20E3/gu
const SYMBOLS = /(?![\^=~<>|+&`´¨])\p{S}/gu
const QUOTES = /['’‘ʼ`´"“”„‟״׳]/g
/** Latin, Cyrillic and Greek accents, Hebrew niqqud, Arabic harakat and hamza, tatweel; not the Japanese voicing marks. */
const MARKS =
  /[\u0300-\u036F\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED\u0640]/g

/** Letters that are no letter plus mark, so that decomposing leaves them as they are. */
const FOLDED: Record<string, string> = {
  ı: 'i',
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  æ: 'ae',
  œ: 'oe',
  ٱ: 'ا',
  ى: 'ي',
  ة: 'ه',
  ـ: ''
}

/** One case, one width, no marks, no emoji. Emoji and symbols part words, for people use them so ("Shop 🚀 Done"). */
function plain(name: string): string {
  return name
    .replace(EMOJI, PARTING)
    .normalize('NFKC')
    .replace(JOINERS, (mark) => (/\s/.test(mark) ? ' ' : ''))
    .toLowerCase()
    .normalize('NFD')
    .replace(MARKS, '')
    .normalize('NFC')
    .replace(/[ıßłøđæœٱىةـ]/g, (letter) => FOLDED[letter]!)
    .replace(QUOTES, '')
    .replace(SYMBOLS, PARTING)
}

/** `1. ` `2) ` `[3] ` `#4 ` `03 - ` `a) ` `iv. ` `一、`; repeated, as in `1. a) `. */
const NUMBERING =
  /^[\s|*#([{-]*(?:\d+(?:[.,]\d+)*(?:[)\]}.:、_|\u2012-\u2015-]+|\s+(?!\/)|(?=[^\p{Script=Latin}\d\s/]\p{L}))|\p{L}[)\].](?=\s)|\p{L}\)|[ivx]{1,4}[)\].](?=\s)|[一二三四五六七八九十]+[、.)])/u

function withoutNumbering(name: string): string {
  const rest = name.replace(NUMBERING, '')
  return rest === name || rest.trim() === '' ? name : withoutNumbering(rest)
}
