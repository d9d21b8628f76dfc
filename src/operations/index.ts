/** Everything the hub can be asked to do. */
import { deliver, previewAlerts, removeAllComments, setAlerts } from './alerts.ts'
import { connections, connectOAuth, connectTool, refreshConnection } from './connections.ts'
import { doctor } from './doctor.ts'
import { findings, rules } from './findings.ts'
import { addKeyResult, addObjective, ledger, objectives, removeKeyResult } from './okr.ts'
import type { Operation } from './operation.ts'
import { addPerson, linkAccount, people, removePerson, unlinkAccount } from './people.ts'
import { choose, columns, projects, setColumn, setOption } from './projects.ts'
import { previewReport, reportSubscriptions, sendReport, subscribe, unsubscribe } from './reports.ts'
import { retryCards, retryInbox, retryOutbox, setAside } from './retry.ts'
import { sync, syncRuns } from './sync.ts'
import { tasks } from './tasks.ts'

export const operations = [
  connectTool,
  connectOAuth,
  connections,
  refreshConnection,
  projects,
  choose,
  columns,
  setColumn,
  setOption,
  sync,
  syncRuns,
  tasks,
  findings,
  rules,
  previewAlerts,
  setAlerts,
  deliver,
  removeAllComments,
  objectives,
  addObjective,
  addKeyResult,
  removeKeyResult,
  ledger,
  people,
  addPerson,
  removePerson,
  linkAccount,
  unlinkAccount,
  reportSubscriptions,
  subscribe,
  unsubscribe,
  previewReport,
  sendReport,
  doctor,
  retryOutbox,
  retryInbox,
  setAside,
  retryCards
] as unknown as readonly Operation[]
