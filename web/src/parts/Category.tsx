/** What a column means. The glyphs are shapes first; the board's own column name stands beside them. */
import { words } from '../words/en.ts'
import styles from './Category.module.css'

export type Category = keyof typeof words.categories

/** `label={false}` where the category's name stands beside it anyway. */
export function CategoryGlyph({ category, label = true }: { category: Category; label?: boolean }) {
  return (
    <svg
      className={styles.glyph}
      data-category={category}
      width="14"
      height="14"
      viewBox="0 0 14 14"
      role="img"
      aria-hidden={!label}
    >
      <title>{words.categories[category]}</title>
      {SHAPES[category]}
    </svg>
  )
}

/** `column`: the board's own name of the column; without it the category's. `plain`: without a ground, in tables. */
export function CategoryChip({
  category,
  column,
  plain = false
}: {
  category: Category
  column?: string | null
  plain?: boolean
}) {
  return (
    <span
      className={styles.chip}
      data-plain={plain || undefined}
      title={column ? `${column}: ${words.categories[category]}` : undefined}
    >
      <CategoryGlyph category={category} label={Boolean(column)} />
      <span>{column ?? words.categories[category]}</span>
    </span>
  )
}

const ring = <circle cx="7" cy="7" r="5.25" />

const SHAPES = {
  backlog: <circle cx="7" cy="7" r="5.25" strokeDasharray="2.3 1.82" strokeLinecap="butt" />,
  todo: ring,
  doing: (
    <>
      {ring}
      <path d="M7 3.5v7a3.5 3.5 0 0 0 0-7z" fill="currentColor" stroke="none" />
    </>
  ),
  blocked: (
    <>
      {ring}
      <path d="M4.5 7h5" strokeWidth="2" />
    </>
  ),
  done: (
    <>
      <circle cx="7" cy="7" r="6" fill="currentColor" stroke="none" />
      <path d="m4.4 7.2 1.9 1.9 3.3-3.8" stroke="var(--tl-surface)" />
    </>
  ),
  dropped: (
    <>
      {ring}
      <path d="m5.2 5.2 3.6 3.6m0-3.6L5.2 8.8" />
    </>
  ),
  reference: <path d="M3.5 2.25h7v9.5L7 9.4l-3.5 2.35z" />,
  unmapped: (
    <>
      <circle cx="7" cy="7" r="5.25" strokeDasharray=".6 2.15" />
      <path d="M5.6 5.8a1.4 1.4 0 1 1 2 1.25c-.4.2-.6.5-.6.95m0 1.75v.05" strokeWidth="1.3" />
    </>
  )
} satisfies Record<Category, React.ReactNode>
