/** All keys that work now: those of the shell, then those of the page. Opens each time `asked` grows. */
import { Kbd, Modal, Stack, Title } from '@mantine/core'
import { useDisclosure, useOs } from '@mantine/hooks'
import { useEffect } from 'react'
import { useShownKeys } from '../parts/keys.ts'
import { words } from '../words/en.ts'
import styles from './Shell.module.css'

export default function KeyList({ asked }: { asked: number }) {
  const [opened, { open, close }] = useDisclosure(false)
  useEffect(() => {
    if (asked > 0) open()
  }, [asked, open])
  const apple = ['macos', 'ios'].includes(useOs())
  const all = useShownKeys().flat()
  const shown = all.filter((one, place) => all.findIndex(({ key }) => key === one.key) === place)
  const everywhere = [
    { key: apple ? '⌘ K' : 'Ctrl K', does: words.keys.find },
    ...shown.filter(({ key }) => key === '?')
  ]
  const here = shown.filter(({ key }) => key !== '?')
  return (
    <Modal opened={opened} onClose={close} title={words.keys.title} closeButtonProps={{ 'aria-label': words.close }}>
      <Stack gap="lg">
        <Keys title={words.keys.everywhere} keys={everywhere} />
        {here.length > 0 && <Keys title={words.keys.here} keys={here} />}
      </Stack>
    </Modal>
  )
}

const NAMES: Record<string, string> = { Escape: 'Esc', ' ': 'Space', ArrowDown: '↓', ArrowUp: '↑' }

const Keys = ({ title, keys }: { title: string; keys: { key: string; does: string }[] }) => (
  <section>
    <Title order={3}>{title}</Title>
    <dl className={styles.keys}>
      {keys.map(({ key, does }) => (
        <div key={key + does}>
          <dt>
            <Kbd>{NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key)}</Kbd>
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  </section>
)
