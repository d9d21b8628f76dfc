/** One page: its title (of the document, too), a line below it, what can be done, and a panel beside it. Arriving moves the focus to the heading. */
import { Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { type ReactNode, useEffect, useRef } from 'react'
import { words } from '../words/en.ts'
import styles from './Page.module.css'

export interface PageProps {
  title: string
  /** Below the title: what is counted, and as of when. */
  sub?: ReactNode
  actions?: ReactNode
  /** As wide as the window, for tables; else at most 1400 px. */
  wide?: boolean
  /** A `<SidePanel>`, or nothing. */
  panel?: ReactNode
  children: ReactNode
}

/** The first page of a visit leaves the focus where the browser put it. */
let arrived = false

export function Page({ title, sub, actions, wide = false, panel, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useDocumentTitle(words.title(title))
  useEffect(() => {
    if (arrived) heading.current?.focus({ preventScroll: true })
    arrived = true
  }, [])
  return (
    <div className={styles.frame}>
      <div className={styles.page} data-wide={wide || undefined}>
        <header className={styles.head}>
          <div className={styles.title}>
            <Title order={1} ref={heading} tabIndex={-1}>
              {title}
            </Title>
            {sub && <p className={styles.sub}>{sub}</p>}
          </div>
          {actions && <div className={`${styles.actions} tl-no-print`}>{actions}</div>}
        </header>
        {children}
      </div>
      {panel}
    </div>
  )
}
