/** One quiet bar while the hub can't be reached. Nothing is unmounted meanwhile, so what was typed stays. */
import { useEffect, useSyncExternalStore } from 'react'
import { line } from '../api/line.ts'
import { words } from '../words/en.ts'
import styles from './LineBar.module.css'

export function LineBar() {
  const up = useSyncExternalStore(line.subscribe, line.isUp)
  useEffect(() => line.watch(), [])
  return (
    <div role="status" className={styles.place}>
      {!up && <p className={styles.bar}>{words.line.down}</p>}
    </div>
  )
}
