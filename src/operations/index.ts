/** Everything the hub can be asked to do. */
import { deliver, previewAlerts, removeAllComments, setAlerts } from './alerts.ts'
import { changes } from './audit.ts'
import { checkSample } from './check.ts'
import { previewColumn } from './columnPreview.ts'
import { connectionAccount, connectionDetails } from './connectionDetails.ts'
import {
  connections,
  connectOAuth,
  connectTool,
  handOverConnection,
  pauseConnection,
  previewRemoval,
  refreshConnection,
  removeConnection
} from './connections.ts'
import { dataKept, deleteData } from './data.ts'
import { doctor } from './doctor.ts'
import { filterFields, filterReading } from './filters.ts'
import { findingGroups, findings } from './findings.ts'
import { keyResult, previewKeyResult, setKeyResult } from './keyResults.ts'
import { addKey, keys, removeKey } from './keys.ts'
import { ledger } from './ledger.ts'
import { mailSettings, testMail } from './mail.ts'
import { me, setMe } from './me.ts'
import { addKeyResult, addObjective, objectives, removeKeyResult } from './okr.ts'
import type { Operation } from './operation.ts'
import { overview } from './overview.ts'
import { addPerson, leaveOpen, linkAccount, people, removePerson, unlinkAccount } from './people.ts'
import { progressNow } from './progress.ts'
import { choose, columns, projects, setColumn, setOption } from './projects.ts'
import { reportMail, reportMails } from './reportMails.ts'
import { previewReport, reportSubscriptions, sendReport, subscribe, unsubscribe } from './reports.ts'
import { retryCards, retryInbox, retryOutbox, setAside } from './retry.ts'
import { previewRule, rules, setRule } from './rules.ts'
import { sync, syncRuns } from './sync.ts'
import { task } from './task.ts'
import { taskGroups, tasks } from './tasks.ts'
import { calendars, removeTeam, setCalendar, setTeam, teams } from './teams.ts'
import { tools } from './tools.ts'
import { invitations, invite, removeUser, setGiven, setRole, signOut, uninvite, users } from './users.ts'
import { removeView, saveView, views } from './views.ts'

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
  keys,
  addKey,
  removeKey,
  changes,
  mailSettings,
  testMail,
  dataKept,
  deleteData
] as unknown as readonly Operation[]
