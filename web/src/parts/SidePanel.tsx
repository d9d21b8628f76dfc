/** What stands beside a list: a column of 392 px where there is room, a drawer from 1200 px down, a full page on a phone. Esc closes it. */
import { ActionIcon, Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { words } from '../words/en.ts'
import { useKeys } from './keys.ts'
import styles from './SidePanel.module.css'

export interface SidePanelProps {
  /** Spoken name: the title of what is shown. */
  label: string
  /** At the left of the head; where the thing belongs. */
  head: ReactNode
  onClose: () => void
  children: ReactNode
}

export function SidePanel(props: SidePanelProps) {
  // Known before the first painting, or a panel would jump from drawer to column.
  const beside = useMediaQuery('(min-width: 1200px)', undefined, { getInitialValueInEffect: false })
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  if (beside) return <Column {...props} />
  return (
    <Drawer.Root opened onClose={props.onClose} position="right" size={phone ? '100%' : 440}>
      <Drawer.Overlay backgroundOpacity={0.3} />
      <Drawer.Content aria-label={props.label} radius={0}>
        <Content {...props} />
      </Drawer.Content>
    </Drawer.Root>
  )
}

const ESCAPE = [{ key: 'Escape', does: words.keys.close }]

function Column(props: SidePanelProps) {
  const panel = useRef<HTMLElement>(null)
  const { onClose, label } = props
  useKeys(ESCAPE, onClose)
  useEffect(() => {
    const before = document.activeElement
    panel.current?.focus({ preventScroll: true })
    const here = panel.current
    return () => {
      // Whoever has moved on meanwhile, to another row say, stays where they are.
      if (!here?.contains(document.activeElement) && document.activeElement !== document.body) return
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
  return (
    <aside className={styles.column} ref={panel} tabIndex={-1} aria-label={label}>
      <Content {...props} />
    </aside>
  )
}

const Content = ({ head, onClose, children }: SidePanelProps) => (
  <>
    <div className={styles.head}>
      <div className={styles.where}>{head}</div>
      <ActionIcon aria-label={words.close} onClick={onClose} className="tl-no-print">
        <IconX />
      </ActionIcon>
    </div>
    <div className={styles.body}>{children}</div>
  </>
)
