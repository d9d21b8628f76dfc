/** Before something dangerous: first what is kept and what is deleted, then the name to type where it can't be undone. */
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { words } from '../words/en.ts'
import { Failed } from './Failed.tsx'

export interface ConfirmProps {
  opened: boolean
  onClose: () => void
  /** A question or a sentence: “Remove the Trello account of Ana Ribeiro”. */
  title: string
  /** What stays as it is. */
  kept?: ReactNode
  deleted?: ReactNode
  /** What has to be typed; only where nothing brings it back. */
  name?: string
  /** Names what the button does: “Remove the account”. */
  action: string
  /** What could not be done, when it fails. */
  failed: string
  onConfirm: () => Promise<unknown>
}

export function Confirm(props: ConfirmProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <Question {...props} />
    </Modal>
  )
}

function Question({ onClose, kept, deleted, name, action, failed, onConfirm }: ConfirmProps) {
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  async function go(): Promise<void> {
    setBusy(true)
    setError(null)
    try {
      await onConfirm()
      onClose()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        // A form around it in the tree of components would hear it as well, though the question stands elsewhere on the page.
        event.stopPropagation()
        void go()
      }}
    >
      <Stack gap="md">
        <dl>
          {[
            [words.confirm.kept, kept],
            [words.confirm.deleted, deleted]
          ].map(([label, what], row) =>
            what ? (
              <div key={row === 0 ? 'kept' : 'deleted'} style={{ marginBottom: 8 }}>
                <dt style={{ fontWeight: 600 }}>{label}</dt>
                <dd>{what}</dd>
              </div>
            ) : null
          )}
        </dl>
        {name && (
          <TextInput
            label={words.confirm.type(name)}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
          />
        )}
        {error !== null && <Failed what={failed} error={error} />}
        <Group justify="flex-end" gap="sm">
          <Button onClick={onClose} data-autofocus>
            {words.cancel}
          </Button>
          <Button
            type="submit"
            variant="filled"
            color="red"
            loading={busy}
            disabled={Boolean(name) && typed.trim() !== name}
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
