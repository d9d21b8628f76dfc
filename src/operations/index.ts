/** Everything the hub can be asked to do. */

import { checkSample } from './check/check.ts'
import {
  connections,
  connectOAuth,
  connectTool,
  handOverConnection,
  pauseConnection,
  previewRemoval,
  refreshConnection,
  removeConnection
} from './connections/connections.ts'
import { connectionAccount, connectionDetails } from './connections/details.ts'
import { tools } from './connections/tools.ts'
import { deliver, previewAlerts, removeAllComments, setAlerts } from './findings/alerts.ts'
import { findingGroups, findings } from './findings/findings.ts'
import { previewRule, rules, setRule } from './findings/rules.ts'
import { keyResult, previewKeyResult, setKeyResult } from './okr/keyResults.ts'
import { ledger } from './okr/ledger.ts'
import {
  addKeyResult,
  addObjective,
  objectives,
  removeKeyResult,
  removeObjective,
  setObjective
} from './okr/objectives.ts'
import type { Operation } from './operation.ts'
import { overview } from './overview.ts'
import { addKey, keys, removeKey } from './people/keys.ts'
import { me, setMe } from './people/me.ts'
import { addPerson, leaveOpen, linkAccount, people, removePerson, unlinkAccount } from './people/people.ts'
import { calendars, removeCalendar, removeTeam, setCalendar, setTeam, teams } from './people/teams.ts'
import { invitations, invite, removeUser, setGiven, setRole, signOut, uninvite, users } from './people/users.ts'
import { previewColumn } from './projects/columnPreview.ts'
import { choose, columns, projects, setColumn, setOption } from './projects/projects.ts'
import { reportMail, reportMails } from './reports/mails.ts'
import { previewReport, reportSubscriptions, sendReport, subscribe, unsubscribe } from './reports/reports.ts'
import { changes } from './settings/audit.ts'
import { dataKept, deleteData } from './settings/data.ts'
import { mailSettings, testMail } from './settings/mail.ts'
import { doctor } from './sync/doctor.ts'
import { progressNow } from './sync/progress.ts'
import { retryCards, retryInbox, retryOutbox, setAside } from './sync/retry.ts'
import { sync, syncRuns } from './sync/sync.ts'
import { filterFields, filterReading } from './tasks/filters.ts'
import { find } from './tasks/find.ts'
import { taskGroups } from './tasks/grouping.ts'
import { task } from './tasks/task.ts'
import { tasks } from './tasks/tasks.ts'
import { removeView, saveView, views } from './tasks/views.ts'
import { tasksWithout } from './tasks/without.ts'

export const operations = [
  connectTool,
  connectOAuth,
  connections,
  tools,
  connectionDetails,
  connectionAccount,
  refreshConnection,
  pauseConnection,
  handOverConnection,
  previewRemoval,
  removeConnection,
  projects,
  choose,
  columns,
  setColumn,
  previewColumn,
  setOption,
  sync,
  syncRuns,
  progressNow,
  checkSample,
  tasks,
  taskGroups,
  tasksWithout,
  find,
  task,
  filterReading,
  filterFields,
  views,
  saveView,
  removeView,
  findings,
  findingGroups,
  rules,
  previewRule,
  setRule,
  previewAlerts,
  setAlerts,
  deliver,
  removeAllComments,
  overview,
  objectives,
  addObjective,
  setObjective,
  removeObjective,
  addKeyResult,
  removeKeyResult,
  previewKeyResult,
  keyResult,
  setKeyResult,
  ledger,
  people,
  addPerson,
  removePerson,
  linkAccount,
  unlinkAccount,
  leaveOpen,
  reportSubscriptions,
  subscribe,
  unsubscribe,
  previewReport,
  sendReport,
  reportMails,
  reportMail,
  doctor,
  retryOutbox,
  retryInbox,
  setAside,
  retryCards,
  me,
  setMe,
  users,
  setRole,
  setGiven,
  signOut,
  removeUser,
  invitations,
  invite,
  uninvite,
  teams,
  setTeam,
  removeTeam,
  calendars,
  setCalendar,
  removeCalendar,
  keys,
  addKey,
  removeKey,
  changes,
  mailSettings,
  testMail,
  dataKept,
  deleteData
] as unknown as readonly Operation[]
