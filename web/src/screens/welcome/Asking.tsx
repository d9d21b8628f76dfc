import { Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { type ReactNode, useEffect, useRef } from 'react'
import { words as common } from '../../words/en.ts'
import styles from './Welcome.module.css'

/** The question of a step; arriving moves the focus to it. */
export function Asking({ title, sub, children }: { title: string; sub: ReactNode; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useDocumentTitle(common.title(title))
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <>
      <Title order={1} ref={heading} tabIndex={-1} className={styles.title}>
        {title}
      </Title>
      <p className={styles.sub}>{sub}</p>
      {children}
    </>
  )
}
