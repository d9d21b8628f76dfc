/** A list with nothing in it, which teaches: what will be here, why it is empty now, one action. */
import { EmptyState } from '@mantine/core'
import type { ReactNode } from 'react'

export function Empty({
  title,
  why,
  icon,
  action,
  fresh
}: {
  title: string
  why: ReactNode
  icon?: ReactNode
  /** One button or link. */
  action?: ReactNode
  /** How fresh it is: “as of today 10:38”. */
  fresh?: ReactNode
}) {
  return (
    <EmptyState size="sm" py={40} px="lg">
      {icon && <EmptyState.Indicator>{icon}</EmptyState.Indicator>}
      <EmptyState.Title>{title}</EmptyState.Title>
      <EmptyState.Description maw={440}>
        {why}
        {fresh && <> {fresh}</>}
      </EmptyState.Description>
      {action && <EmptyState.Actions>{action}</EmptyState.Actions>}
    </EmptyState>
  )
}
