/** The frame of every page: navigation at the left, on a phone a bar above and five tabs below; and the keys that work everywhere. */
import { AppShell } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useReducer } from 'react'
import { useKeys } from '../parts/keys.ts'
import { Waiting } from '../parts/Waiting.tsx'
import { words } from '../words/en.ts'
import { Allowed } from './Allowed.tsx'
import { Nav } from './Nav.tsx'
import { Tabs, TopBar } from './Phone.tsx'
import styles from './Shell.module.css'

const loadFinder = () => import('./Finder.tsx')
const Finder = lazy(loadFinder)
const KeyList = lazy(() => import('./KeyList.tsx'))

/** Milliseconds. */
const FINDER_AFTER_MS = 1_500

const KEYS = [{ key: '?', does: words.keys.list }]

export function Shell() {
  // Fetched once the page has had time for itself, so that letters typed right after ⌘K are not lost.
  useEffect(() => {
    const soon = setTimeout(loadFinder, FINDER_AFTER_MS)
    return () => clearTimeout(soon)
  }, [])
  // Opened at the first asking, then kept, so that closing gives the focus back to where it was.
  const [finding, find] = useReducer((times: number) => times + 1, 0)
  const [listing, listKeys] = useReducer((times: number) => times + 1, 0)
  useHotkeys([['mod+K', find]], [])
  useKeys(KEYS, listKeys)
  return (
    <>
      <a className={styles.skip} href="#page">
        {words.skip}
      </a>
      <AppShell
        header={{ height: { base: 52, sm: 0 } }}
        footer={{ height: { base: 60, sm: 0 } }}
        navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: true } }}
        transitionDuration={0}
        classNames={{ navbar: styles.navbar, header: styles.header, footer: styles.footer, main: styles.main }}
      >
        <AppShell.Header hiddenFrom="sm">
          <TopBar onFind={find} onKeys={listKeys} />
        </AppShell.Header>
        <AppShell.Navbar visibleFrom="sm" aria-label={words.nav.main}>
          <Nav onFind={find} onKeys={listKeys} />
        </AppShell.Navbar>
        <AppShell.Main id="page" tabIndex={-1}>
          <Allowed frame="shell">
            <Suspense
              fallback={
                <div className={styles.coming}>
                  <Waiting />
                </div>
              }
            >
              <Outlet />
            </Suspense>
          </Allowed>
        </AppShell.Main>
        <AppShell.Footer hiddenFrom="sm">
          <Tabs />
        </AppShell.Footer>
      </AppShell>
      <Suspense>
        {finding > 0 && <Finder asked={finding} onKeys={listKeys} />}
        {listing > 0 && <KeyList asked={listing} />}
      </Suspense>
    </>
  )
}
