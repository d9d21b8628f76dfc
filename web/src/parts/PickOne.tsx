/** A list to pick from at the left, what was picked beside it; on a phone one after the other. */
import { Button, UnstyledButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowLeft } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './PickOne.module.css'

/** The one that is open: that of the address, on wide screens else the first. */
export function usePicked<T extends { id: string }>(all: readonly T[], id: string | null, first = all[0]): T | null {
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  return all.find((one) => one.id === id) ?? (phone ? null : (first ?? null))
}

export interface PickOneProps {
  label: string
  /** Above the list. */
  find?: ReactNode
  /** `PickLine`s. */
  list: ReactNode
  /** What was picked; null: nothing. */
  children: ReactNode
  /** “All boards”; leads back to the list on a phone. */
  back: string
  onBack: () => void
}

export function PickOne({ label, find, list, children, back, onBack }: PickOneProps) {
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  return (
    <div className={styles.columns}>
      {(!phone || !children) && (
        <div>
          {find}
          <nav aria-label={label} className={styles.list}>
            {list}
          </nav>
        </div>
      )}
      {children && (
        <div className={styles.one}>
          {phone && (
            <Button size="xs" leftSection={<IconArrowLeft />} mb="md" onClick={onBack}>
              {back}
            </Button>
          )}
          {children}
        </div>
      )}
    </div>
  )
}

export interface PickLineProps {
  icon: ReactNode
  name: string
  /** Below the name. */
  facts?: ReactNode
  /** At the right. */
  state?: ReactNode
  current?: boolean
  onPick: () => void
}

export const PickLine = ({ icon, name, facts, state, current, onPick }: PickLineProps) => (
  <UnstyledButton className={styles.line} aria-current={current ? 'true' : undefined} onClick={onPick}>
    {icon}
    <span className={styles.who}>
      <span title={name}>{name}</span>
      {facts && <span className={styles.facts}>{facts}</span>}
    </span>
    {state}
  </UnstyledButton>
)
