/** The navigation at the left: what there is to see, what there is to tend, and at its foot how fresh it all is and who you are. */

import { useOs } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMe } from '../api/me.ts'
import type { Screen } from '../routes.tsx'
import { words } from '../words/en.ts'
import { Account } from './Account.tsx'
import { Brand } from './Brand.tsx'
import { Freshness } from './Freshness.tsx'
import { type NavScreen, useNavScreens } from './navScreens.ts'
import styles from './Shell.module.css'

export function Nav({ onFind, onKeys }: { onFind: () => void; onKeys: () => void }) {
  const apple = ['macos', 'ios'].includes(useOs())
  return (
    <>
      <Brand />
      <button type="button" className={styles.find} onClick={onFind}>
        <IconSearch aria-hidden />
        {words.nav.find}
        <kbd>{apple ? '⌘ K' : 'Ctrl K'}</kbd>
      </button>
      <NavLists />
      <div className={styles.foot}>
        <Freshness />
        <Account onKeys={onKeys} />
      </div>
    </>
  )
}

/** Both groups; the second only for those who may tend something. `onGo`: a line was followed. */
export function NavLists({
  without = () => false,
  onGo
}: {
  without?: (screen: Screen) => boolean
  onGo?: () => void
}) {
  const shown = useNavScreens().filter((screen) => !without(screen))
  return (['seeing', 'tending'] as const).map((group) => {
    const lines = shown.filter(({ nav }) => nav.group === group)
    if (lines.length === 0) return null
    return (
      <ul key={group} className={styles.group}>
        {lines.map((screen) => (
          <li key={screen.path}>
            <Line screen={screen} onGo={onGo} />
          </li>
        ))}
      </ul>
    )
  })
}

function Line({ screen: { path, nav }, onGo }: { screen: NavScreen; onGo: (() => void) | undefined }) {
  const me = useMe()
  const counted = nav.count?.(me)
  return (
    <Link
      to={path}
      className={styles.line}
      activeOptions={{ exact: path === '/', includeSearch: false }}
      onClick={onGo}
    >
      <nav.icon aria-hidden />
      {nav.label}
      {counted && counted.shown > 0 && (
        <span className={styles.count}>
          <span aria-hidden="true">{counted.shown}</span>
          <span className={styles.spoken}>{counted.spoken}</span>
        </span>
      )}
    </Link>
  )
}
