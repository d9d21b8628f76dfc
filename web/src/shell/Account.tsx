/** Who you are, where, and what time it is there; opens light or dark, the keys, and the way out. */
import { Button, Popover, SegmentedControl, Stack, Text, useMantineColorScheme, VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMe } from '../api/me.ts'
import { queryClient } from '../api/query.ts'
import { useClock } from '../parts/clock.ts'
import { PersonAvatar } from '../parts/Marks.tsx'
import { words } from '../words/en.ts'
import { city, hour } from '../words/time.ts'
import styles from './Shell.module.css'

/** `compact`: the picture alone, as in the bar of a phone. */
export function Account({ onKeys, compact = false }: { onKeys: () => void; compact?: boolean }) {
  const { name, role, email } = useMe()
  const { zone, now } = useClock()
  return (
    <Popover position={compact ? 'bottom-end' : 'top-start'} width={264} trapFocus returnFocus withRoles>
      <Popover.Target>
        <button type="button" className={compact ? styles.face : styles.who}>
          <PersonAvatar name={name} size="lg" />
          {compact ? (
            <VisuallyHidden>{words.account.label(name)}</VisuallyHidden>
          ) : (
            <span className={styles.whoText}>
              <span className={styles.name}>{name}</span>
              <span className={styles.place}>
                <span>{words.account.here(words.roles[role], city(zone))}</span>
                <time dateTime={now}>{hour(now, zone)}</time>
              </span>
            </span>
          )}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.account.label(name)}>
        <Stack gap="md">
          <div>
            <Text fw={600}>{name}</Text>
            <Text size="sm" c="dimmed" truncate>
              {email}
            </Text>
          </div>
          <Scheme />
          <Button component={Link} to="/settings/me">
            {words.account.mine}
          </Button>
          <Button onClick={onKeys}>{words.account.keys}</Button>
          <Button onClick={() => void signOut()}>{words.account.signOut}</Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function Scheme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { auto, light, dark } = words.account.schemes
  return (
    <SegmentedControl
      aria-label={words.account.scheme}
      fullWidth
      value={colorScheme}
      onChange={(value) => setColorScheme(value)}
      data={[
        { value: 'auto', label: auto },
        { value: 'light', label: light },
        { value: 'dark', label: dark }
      ]}
    />
  )
}

/** Everything read so far goes with the one who read it. */
async function signOut(): Promise<void> {
  const { auth } = await import('../screens/signIn/auth.ts')
  await auth.signOut()
  queryClient.clear()
  location.assign('/sign-in')
}
