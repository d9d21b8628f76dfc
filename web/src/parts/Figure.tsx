/** A figure that leads to its cards: what it counts, the number, and what to hold it against. Several stand in one `Figures` sheet. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import styles from './Figure.module.css'

export interface FigureProps {
  label: string
  icon?: ReactNode
  /** With its unit where it has one; “not read yet” when it is not known, never a zero. */
  value: string
  /** “5 more than last week by Thursday”. */
  compared?: ReactNode
  /** A `<Spark>`. */
  chart?: ReactNode
  /** The cards it counts; with the query of their list. */
  to: string
  search?: Record<string, unknown>
}

export function Figure({ label, icon, value, compared, chart, to, search }: FigureProps) {
  return (
    <Link className={styles.figure} to={to} search={search ?? {}}>
      <span className={styles.label}>
        {icon}
        {label}
      </span>
      <span className={styles.row}>
        <span className={styles.value}>{value}</span>
        {chart}
      </span>
      {compared && <span className={styles.compared}>{compared}</span>}
    </Link>
  )
}

/** The sheet the figures stand in, side by side; two by two on a phone. */
export const Figures = ({ label, children }: { label: string; children: ReactNode }) => (
  <section className={styles.figures} aria-label={label}>
    {children}
  </section>
)
