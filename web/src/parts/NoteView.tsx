/** A note as it will stand on a card. People's words stay text; links lead nowhere from here. */
import type { Output } from '../api/query.ts'
import styles from './NoteView.module.css'

type Said = Output<'get', '/api/connections/{id}'>['sample']
type Inline = Extract<Said[number], { kind: 'paragraph' }>['inlines'][number]

export const NoteView = ({ said }: { said: Said }) => (
  <div className={styles.note}>
    {said.map((block, place) =>
      block.kind === 'paragraph' ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: a note is shown whole and never reordered.
        <p key={place}>{block.inlines.map(inline)}</p>
      ) : (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same.
        <ul key={place}>
          {block.items.map((item, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same.
            <li key={line}>{item.map(inline)}</li>
          ))}
        </ul>
      )
    )}
  </div>
)

function inline(one: Inline, place: number) {
  switch (one.kind) {
    case 'bold':
      return <strong key={place}>{one.text}</strong>
    case 'code':
      return <code key={place}>{one.text}</code>
    case 'link':
      return <u key={place}>{one.text}</u>
    case 'mention':
      return (
        <span key={place} className={styles.mention}>
          @{one.name}
        </span>
      )
    default:
      return <span key={place}>{one.text}</span>
  }
}
