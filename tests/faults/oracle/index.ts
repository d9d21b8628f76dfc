/** What must hold after every fault, once nothing is left to do. Each answers with what is wrong; nothing is fine. */
import type { Stage } from '../rig/stage.ts'
import { comments } from './comments.ts'
import { facts } from './facts.ts'
import { keyResults } from './keyResults.ts'
import { ledger } from './ledger.ts'
import { mails } from './mails.ts'
import { secrets } from './secrets.ts'
import { sight } from './sight.ts'

const ORACLE: Record<string, (stage: Stage) => Promise<string[]>> = {
  O1: facts,
  O2: comments,
  O3: mails,
  O4: sight,
  O5: secrets,
  O6: ledger,
  O7: keyResults
}

/** Asks all of them, or those named. */
export async function ask(stage: Stage, only: readonly string[] = Object.keys(ORACLE)): Promise<string[]> {
  const said: string[] = []
  for (const name of only) said.push(...((await ORACLE[name]?.(stage)) ?? []).map((words) => `${name}: ${words}`))
  return said
}
