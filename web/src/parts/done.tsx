/** Says that something is done, at the bottom right, one at a time, for ten seconds; with a way back where there is one. */
import { Button, Group, Text } from '@mantine/core'
import { cleanNotifications, notifications } from '@mantine/notifications'
import { words } from '../words/en.ts'

const TEN_SECONDS = 10_000

/** `what`: as the button said, done: “Quiet until Mon 23 Nov, 09:00”. */
export function done(what: string, undo?: () => unknown): void {
  cleanNotifications()
  const id = notifications.show({
    message: (
      <Group justify="space-between" wrap="nowrap" gap="md">
        <Text size="sm">{what}</Text>
        {undo && (
          <Button size="xs" onClick={back}>
            {words.undo}
          </Button>
        )}
      </Group>
    ),
    autoClose: TEN_SECONDS,
    withBorder: true,
    closeButtonProps: { 'aria-label': words.close }
  })
  function back(): void {
    notifications.hide(id)
    void undo?.()
  }
}
