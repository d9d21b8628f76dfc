/** A page for some roles only says so to the others, instead of showing an empty frame. */
import { Link, useMatches } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMe } from '../api/me.ts'
import { Empty } from '../parts/Empty.tsx'
import { Page } from '../parts/Page.tsx'
import { screens, sees } from '../routes.tsx'
import { words } from '../words/en.ts'

/** For the pages of one frame; those of the other have theirs. */
export function Allowed({ frame, children }: { frame: 'shell' | 'bare'; children: ReactNode }) {
  const me = useMe()
  const path = useMatches().at(-1)?.fullPath
  const screen = screens.find((one) => one.path === path && (one.frame ?? 'shell') === frame)
  if (!screen || sees(screen, me)) return children
  const page = (
    <Page title={screen.nav?.label ?? words.app}>
      <Empty
        title={words.notYours.title}
        why={words.notYours.why(words.roles[me.role])}
        action={<Link to="/">{words.notYours.back}</Link>}
      />
    </Page>
  )
  return frame === 'bare' ? <main>{page}</main> : page
}
