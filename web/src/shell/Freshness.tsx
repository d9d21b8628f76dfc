/** How old what you see is; leads to the connections where there are any to look at. */

import { IconClock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type Me, useMe } from '../api/me.ts'
import { toolName, words } from '../words/en.ts'
import { useNavScreens } from './navScreens.ts'
import styles from './Shell.module.css'

const PLACE = '/connections'

export function Freshness() {
  const { freshness, sees } = useMe()
  const leads = useNavScreens().some(({ path }) => path === PLACE)
  const inside = (
    <>
      <IconClock aria-hidden />
      <span>{sees === 'nothing' ? words.freshness.nothing : saying(freshness)}</span>
    </>
  )
  return leads ? (
    <Link to={PLACE} className={styles.fresh}>
      {inside}
    </Link>
  ) : (
    <p className={styles.fresh}>{inside}</p>
  )
}

function saying({ state, behind }: Me['freshness']): string {
  if (state !== 'behind') return words.freshness[state]
  return words.freshness.behind(behind.map(({ tool, minutes }) => ({ name: toolName(tool), minutes })))
}
