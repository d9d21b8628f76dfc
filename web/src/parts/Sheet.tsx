/** A white sheet with a hairline. No sheet inside a sheet: split with hairlines (`<Sheet.Part>`). */
import { Link } from '@tanstack/react-router'
import { type ReactNode, useId } from 'react'
import styles from './Sheet.module.css'

export interface SheetProps {
  title?: string
  /** Beside the title, quieter: “58 on 49 cards”. */
  aside?: ReactNode
  /** At the end of the head: where the rest is. */
  link?: { to: string; label: string }
  /** At the end of the head, instead of a link. */
  actions?: ReactNode
  /** Without padding, for tables and lists that reach the edges. */
  flush?: boolean
  /** Spoken name of a sheet without a title. */
  label?: string
  children: ReactNode
}

export function Sheet({ title, aside, link, actions, flush = false, label, children }: SheetProps) {
  const id = useId()
  const name = title ? { 'aria-labelledby': id } : label ? { 'aria-label': label } : {}
  return (
    <section className={styles.sheet} {...name}>
      {title && (
        <header className={styles.head}>
          <h2 id={id}>{title}</h2>
          {aside && <span className={styles.aside}>{aside}</span>}
          <span className={styles.end}>
            {actions}
            {link && <Link to={link.to}>{link.label}</Link>}
          </span>
        </header>
      )}
      <div className={flush ? styles.flush : styles.body}>{children}</div>
    </section>
  )
}

/** One of several parts of a sheet, parted from the one before by a hairline. */
Sheet.Part = ({ children }: { children: ReactNode }) => <div className={styles.part}>{children}</div>
