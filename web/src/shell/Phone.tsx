/** The shell of a small screen: a bar above, five tabs below, the rest of the navigation in a sheet that “More” opens. */
import { ActionIcon, Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDots, IconSearch } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import { words } from '../words/en.ts'
import { Account } from './Account.tsx'
import { Brand } from './Brand.tsx'
import { Freshness } from './Freshness.tsx'
import { NavLists } from './Nav.tsx'
import { useNavScreens } from './navScreens.ts'
import styles from './Shell.module.css'

export const TopBar = ({ onFind, onKeys }: { onFind: () => void; onKeys: () => void }) => (
  <div className={styles.top}>
    <Brand />
    <ActionIcon size={44} onClick={onFind} aria-label={words.nav.find} ml="auto">
      <IconSearch width={20} height={20} />
    </ActionIcon>
    <Account onKeys={onKeys} compact />
  </div>
)

export function Tabs() {
  const tabs = useNavScreens().filter(({ nav }) => nav.tab)
  const [opened, { open, close }] = useDisclosure(false)
  const { pathname } = useLocation()
  const elsewhere = !tabs.some(({ path }) => (path === '/' ? pathname === '/' : pathname.startsWith(path)))
  return (
    <nav className={styles.tabs} aria-label={words.nav.main}>
      {tabs.map(({ path, nav }) => (
        <Link key={path} to={path} className={styles.tab} activeOptions={{ exact: path === '/', includeSearch: false }}>
          <nav.icon aria-hidden />
          {nav.label}
        </Link>
      ))}
      <button
        type="button"
        className={styles.tab}
        onClick={open}
        aria-haspopup="dialog"
        data-here={elsewhere || undefined}
      >
        <IconDots aria-hidden />
        {words.nav.more}
      </button>
      <Drawer
        opened={opened}
        onClose={close}
        position="bottom"
        classNames={{ content: styles.more }}
        title={words.nav.more}
        closeButtonProps={{ 'aria-label': words.close }}
      >
        <NavLists without={({ nav }) => nav?.tab === true} onGo={close} />
        <Freshness />
      </Drawer>
    </nav>
  )
}
