/** The frame of the pages before the hub: the name above, one narrow sheet below it. */
import { Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { Brand } from '../../shell/Brand.tsx'
import { words } from '../../words/en.ts'
import styles from './Door.module.css'

export function Door({ title, sub, children }: { title: string; sub?: ReactNode; children: ReactNode }) {
  useDocumentTitle(words.title(title))
  return (
    <main className={styles.door}>
      <Brand />
      <div className={styles.sheet}>
        <Title order={1}>{title}</Title>
        {sub && <p className={styles.sub}>{sub}</p>}
        <div className={styles.body}>{children}</div>
      </div>
    </main>
  )
}
