/** How a key result goes, as a word with its icon and as the tone of its bar. */
import type { Output } from '../../api/query.ts'
import { Status, type StatusKind } from '../../parts/Status.tsx'

export type Objective = Output<'get', '/api/objectives'>['objectives'][number]
export type KeyResult = Objective['keyResults'][number]
type Pace = KeyResult['pace']

const KINDS: Record<Pace, StatusKind> = { 'on track': 'fine', 'at risk': 'risk', 'off track': 'off' }

export const PaceStatus = ({ pace }: { pace: Pace }) => <Status kind={KINDS[pace]} />

export const toneOf = (pace: Pace | null): 'accent' | 'warn' | 'bad' =>
  pace === 'at risk' ? 'warn' : pace === 'off track' ? 'bad' : 'accent'
