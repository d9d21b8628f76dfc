/** How things stand: an icon of its own outline and a word, never a colour alone. Good is quiet: ordinary ink. */
import {
  IconAlertTriangle,
  IconArrowBarToRight,
  IconCalendarOff,
  IconCircleCheck,
  IconCircleDotted,
  IconCircleMinus,
  IconClock,
  IconHourglassEmpty,
  IconMessages,
  IconPlayerPause,
  IconUserQuestion
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { words } from '../words/en.ts'
import { Octagon } from './Octagon.tsx'
import styles from './Status.module.css'

const KINDS = {
  fine: { Icon: IconCircleCheck, tone: 'good' },
  risk: { Icon: IconAlertTriangle, tone: 'warn' },
  waiting: { Icon: IconAlertTriangle, tone: 'warn' },
  off: { Icon: Octagon, tone: 'bad' },
  broken: { Icon: Octagon, tone: 'bad' },
  overdue: { Icon: IconClock, tone: 'bad' },
  stale: { Icon: IconHourglassEmpty, tone: 'warn' },
  blocked: { Icon: IconCircleMinus, tone: 'warn' },
  noDeadline: { Icon: IconCalendarOff, tone: 'plain' },
  noAssignee: { Icon: IconUserQuestion, tone: 'plain' },
  postponed: { Icon: IconArrowBarToRight, tone: 'plain' },
  thread: { Icon: IconMessages, tone: 'plain' },
  paused: { Icon: IconPlayerPause, tone: 'plain' },
  unknown: { Icon: IconCircleDotted, tone: 'plain' }
} as const

export type StatusKind = keyof typeof KINDS

/** How the built-in rules' findings look; a custom rule looks like `waiting`. */
const OF_RULE: Record<string, StatusKind> = {
  'missing-deadline': 'noDeadline',
  'no-assignee': 'noAssignee',
  'stale-doing': 'stale',
  overdue: 'overdue',
  'blocked-too-long': 'blocked',
  'long-thread': 'thread',
  postponed: 'postponed'
}

export const statusOfRule = (rule: string): StatusKind => OF_RULE[rule] ?? 'waiting'

/** `children`: other words than the kind's own. `quiet`: without the warm colour, where many stand below each other. */
export function Status({ kind, children, quiet = false }: { kind: StatusKind; children?: ReactNode; quiet?: boolean }) {
  const { Icon, tone } = KINDS[kind]
  return (
    <span className={styles.status} data-tone={quiet && tone !== 'good' ? 'plain' : tone}>
      <Icon aria-hidden />
      <span>{children ?? words.statuses[kind]}</span>
    </span>
  )
}
