/** Small marks beside names: the letter tile of a tool, the initials of a person. Neutral on purpose: no logos, no colours of vendors. */
import type { ReactNode } from 'react'
import { toolName } from '../words/en.ts'
import styles from './Marks.module.css'

/** `size="lg"`: 28 px instead of 18. `named`: the tool's name stands beside it anyway. */
export function ToolTile({ tool, size = 'sm', named = false }: { tool: string; size?: 'sm' | 'lg'; named?: boolean }) {
  const name = toolName(tool)
  const spoken = named ? { 'aria-hidden': true } : ({ role: 'img', 'aria-label': name, title: name } as const)
  return (
    <span className={styles.tile} data-size={size} {...spoken}>
      {name.charAt(0).toUpperCase()}
    </span>
  )
}

/** Initials only; the name belongs beside it, or is given to those who cannot see it with `named={false}`. */
export function PersonAvatar({
  name,
  size = 'sm',
  named = true,
  own = false
}: {
  name: string
  size?: 'sm' | 'lg'
  named?: boolean
  /** The reader's own. */
  own?: boolean
}) {
  const spoken = named ? { 'aria-hidden': true } : ({ role: 'img', 'aria-label': name } as const)
  return (
    <span className={styles.avatar} data-size={size} data-own={own || undefined} title={name} {...spoken}>
      {initials(name)}
    </span>
  )
}

/** A name in a list with its avatar or tile, cut where the room ends. */
export const Named = ({ name, mark }: { name: string; mark: ReactNode }) => (
  <span className={styles.who} title={name}>
    {mark}
    <span>{name}</span>
  </span>
)

function initials(name: string): string {
  const parts = name.trim().split(/\s+/)
  const [first = '', last = ''] = [parts[0], parts.length > 1 ? parts.at(-1) : '']
  return ([...first].slice(0, 1).join('') + [...last].slice(0, 1).join('')).toLocaleUpperCase()
}
