/** The built-in rules. Their ids are public. */
import { missingDeadline } from './missingDeadline.ts'
import { noAssignee } from './noAssignee.ts'
import { overdue } from './overdue.ts'
import type { Rule } from './rule.ts'
import { staleDoing } from './staleDoing.ts'

export const rules: readonly Rule[] = [missingDeadline, noAssignee, staleDoing as unknown as Rule, overdue]

export const ruleOf = (id: string): Rule | undefined => rules.find((rule) => rule.id === id)
