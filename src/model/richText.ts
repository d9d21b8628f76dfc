/**
 * The text of a note before it becomes a tool's markup. A note is built from this small tree, and each adapter writes
 * it in its tool's own format, so a title or a column name can never be read as markup.
 */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'bold'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'link'; text: string; href: string }
  /** Notifies the person where the tool can; `username` is whatever the tool writes a mention with. */
  | { kind: 'mention'; externalId: string; username: string | null; name: string }

export type Block = { kind: 'paragraph'; inlines: Inline[] } | { kind: 'list'; items: Inline[][] }

export type RichText = Block[]

export const text = (value: string): Inline => ({ kind: 'text', text: value })
export const bold = (value: string): Inline => ({ kind: 'bold', text: value })
export const link = (value: string, href: string): Inline => ({ kind: 'link', text: value, href })
export const paragraph = (...inlines: Inline[]): Block => ({ kind: 'paragraph', inlines })
export const list = (...items: Inline[][]): Block => ({ kind: 'list', items })
