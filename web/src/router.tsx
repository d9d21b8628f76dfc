/** The table of pages as routes: open ones, those for who is signed in, and among these the ones inside the shell. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { line } from './api/line.ts'
import { type Screen, screens } from './routes.tsx'
import { Broken, Missing } from './shell/Lost.tsx'
import { Shell } from './shell/Shell.tsx'
import { SignedIn } from './shell/SignedIn.tsx'

const root = createRootRoute({ component: Outlet })
const signedIn = createRoute({ getParentRoute: () => root, id: 'signedIn', component: SignedIn })
const shell = createRoute({ getParentRoute: () => signedIn, id: 'shell', component: Shell })

/** Whatever no page has, with the navigation beside it. */
const missing = createRoute({ getParentRoute: () => shell, path: '$', component: Missing })

const parents = { open: root, bare: signedIn, shell }

function routesIn(frame: NonNullable<Screen['frame']>) {
  return screens
    .filter((screen) => (screen.frame ?? 'shell') === frame)
    .map(({ path, load }) =>
      createRoute({ getParentRoute: () => parents[frame], path, component: lazyRouteComponent(steadily(load)) })
    )
}

export const router = createRouter({
  routeTree: root.addChildren([
    ...routesIn('open'),
    signedIn.addChildren([...routesIn('bare'), shell.addChildren([...routesIn('shell'), missing])])
  ]),
  defaultErrorComponent: Broken,
  scrollRestoration: true
})

/**
 * A page's files can't be had while the hub is away, nor after a newer version took their place. Either way the whole page is loaded anew, at the address
 * that was wanted, once the hub answers; what stands on the page before stays until then. A second failure within a minute is shown.
 */
function steadily<T>(load: () => Promise<T>): () => Promise<T> {
  return () =>
    load().catch(async (error: unknown) => {
      await line.back()
      const before = Number(sessionStorage.getItem(RELOADED) ?? 0)
      if (Date.now() - before < 60_000) throw error
      sessionStorage.setItem(RELOADED, String(Date.now()))
      location.reload()
      return new Promise<never>(() => {})
    })
}

const RELOADED = 'throughline-reloaded'
