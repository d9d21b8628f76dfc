/** What people wrote on a card, as they wrote it. Nothing in it is HTML of theirs: `markup.ts` says what there can be. */
import { Fragment, type ReactNode, useMemo } from 'react'
import { type Block, type Inline, readMarkup } from './markup.ts'
import styles from './Prose.module.css'

export function Prose({ text }: { text: string }) {
  const read = useMemo(() => readMarkup(text), [text])
  return <div className={styles.prose}>{pieces(read, block)}</div>
}

function block(one: Block): ReactNode {
  switch (one.kind) {
    case 'paragraph':
      return <p>{pieces(one.inlines, inline)}</p>
    case 'line':
      return pieces(one.inlines, inline)
    case 'code':
      return (
        <pre>
          <code>{one.text}</code>
        </pre>
      )
    case 'quote':
      return <blockquote>{pieces(one.blocks, block)}</blockquote>
    case 'rule':
      return <hr />
    case 'list': {
      const items = pieces(one.items, (blocks) => <li>{pieces(blocks, block)}</li>)
      return one.start === null ? <ul>{items}</ul> : <ol start={one.start}>{items}</ol>
    }
  }
}

function inline(one: Inline): ReactNode {
  switch (one.kind) {
    case 'text':
      return one.text
    case 'code':
      return <code>{one.text}</code>
    case 'break':
      return <br />
    case 'strong':
      return <strong>{pieces(one.inlines, inline)}</strong>
    case 'em':
      return <em>{pieces(one.inlines, inline)}</em>
    case 'gone':
      return <s>{pieces(one.inlines, inline)}</s>
    case 'link':
      return (
        <a href={one.href} target="_blank" rel="noopener noreferrer nofollow">
          {pieces(one.inlines, inline)}
        </a>
      )
  }
}

const pieces = <T,>(of: readonly T[], as: (piece: T) => ReactNode): ReactNode =>
  // biome-ignore lint/suspicious/noArrayIndexKey: a text is shown whole and never reordered.
  of.map((piece, place) => <Fragment key={place}>{as(piece)}</Fragment>)
