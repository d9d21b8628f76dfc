/** How a form ends: what went wrong, a way to remove what it is about, leave it, save it. */
import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { words } from '../words/en.ts'
import { Failed } from './Failed.tsx'

export interface FormEndProps {
  /** Names what the button does: “Save”, “Add the person”. */
  save?: string | undefined
  busy: boolean
  disabled?: boolean
  /** What could not be done, when there is an error. */
  failed: string
  error: unknown
  /** No button to leave it when absent. */
  onCancel?: () => void
  /** Stands at the other end. */
  remove?: ReactNode
}

export const FormEnd = ({
  save = words.form.save,
  busy,
  disabled = false,
  failed,
  error,
  onCancel,
  remove
}: FormEndProps) => (
  <>
    {error ? <Failed what={failed} error={error} /> : null}
    <Group justify={remove ? 'space-between' : 'flex-end'} gap="sm">
      {remove}
      <Group gap="sm">
        {onCancel && <Button onClick={onCancel}>{words.form.cancel}</Button>}
        <Button type="submit" variant="filled" loading={busy} disabled={disabled}>
          {save}
        </Button>
      </Group>
    </Group>
  </>
)
