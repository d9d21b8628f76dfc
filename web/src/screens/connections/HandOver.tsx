import { Button, Group, Modal, Select, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { change } from '../../api/query.ts'
import { done } from '../../parts/done.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { connectionsWords } from '../../words/connections.ts'
import { words as common } from '../../words/en.ts'
import type { Line } from './Connections.tsx'

const words = connectionsWords.handing

export function HandOver({
  line,
  others,
  opened,
  onClose
}: {
  line: Line
  others: readonly Line[]
  opened: boolean
  onClose: () => void
}) {
  const able = others.filter(({ state }) => state === 'active')
  const [to, choose] = useState<string | null>(null)
  const hand = useMutation({
    ...change('post', '/api/connections/{id}/hand-over'),
    onSuccess: ({ boards, left }) => {
      done(words.done(boards.length, left))
      onClose()
    }
  })
  const chosen = to ?? able[0]?.id ?? null
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={words.title(line.accountName)}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <Stack gap="md">
        <p>{able.length === 0 ? words.nobody : words.why}</p>
        {able.length > 0 && (
          <Select
            label={words.to}
            value={chosen}
            onChange={choose}
            allowDeselect={false}
            data={able.map(({ id, accountName }) => ({ value: id, label: accountName }))}
          />
        )}
        {hand.error && <Failed what={words.failed} error={hand.error} />}
        <Group justify="flex-end" gap="sm">
          <Button onClick={onClose}>{common.cancel}</Button>
          {chosen && (
            <Button
              variant="filled"
              loading={hand.isPending}
              onClick={() => hand.mutate({ path: { id: line.id }, body: { to: chosen } })}
            >
              {words.go}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}
