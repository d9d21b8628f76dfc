/** Every fault that is played, in the order of their numbers. */
import type { Fault } from '../rig/rig.ts'
import { killedMidPage } from './f01-killed-mid-page.ts'
import { killedAfterComment } from './f02-killed-after-comment.ts'
import { betweenCommitAndDispatch } from './f03-between-commit-and-dispatch.ts'
import { allAtOnce } from './f04-all-at-once.ts'
import { doublesPlanted } from './f05-doubles-planted.ts'
import { leaseExpires } from './f06-lease-expires.ts'
import { dayUsedUp, refusedForAWhile } from './f07-refused-for-a-while.ts'
import { errorsInside, loginPage } from './f09-no-answers.ts'
import { brokenAnswers } from './f10-broken-answers.ts'
import { lostForADay, sameDelivery, shuffled } from './f12-webhooks-astray.ts'
import { forged } from './f15-forged-webhooks.ts'
import { hooksAtTheirAddress } from './f16-hooks-at-their-address.ts'
import { ourFault } from './f17-our-fault.ts'
import { editWhileReading } from './f18-edit-while-reading.ts'
import { clocksApart } from './f19-clocks-apart.ts'
import { crashThenDeletionPass } from './f20-crash-then-deletion-pass.ts'
import { waysToGo } from './f21-ways-to-go.ts'
import { accessLost, boardGone } from './f22-out-of-sight.ts'
import { refreshedAtOnce, tokenRevoked } from './f24-credentials.ts'
import { databaseAway } from './f27-database-away.ts'
import { redisAway } from './f28-redis-away.ts'
import { orders, poisoned, scripts, tooMuch, unstorable } from './f29-hostile-cards.ts'
import { hostileRequests } from './f34-hostile-requests.ts'
import { answered, fixedAndBroken } from './f35-answered.ts'
import { downAcrossSendTime } from './f40-down-across-send-time.ts'
import { mailAnswerLost } from './f41-mail-answer-lost.ts'
import { columnsChanged } from './f42-columns.ts'
import { addressesPeopleGive } from './f46-addresses-people-give.ts'
import { keys } from './f47-keys.ts'

export const faults: readonly Fault[] = [
  killedMidPage,
  killedAfterComment,
  betweenCommitAndDispatch,
  allAtOnce,
  doublesPlanted,
  leaseExpires,
  refusedForAWhile,
  dayUsedUp,
  errorsInside,
  brokenAnswers,
  loginPage,
  sameDelivery,
  shuffled,
  lostForADay,
  forged,
  hooksAtTheirAddress,
  ourFault,
  editWhileReading,
  clocksApart,
  crashThenDeletionPass,
  waysToGo,
  boardGone,
  accessLost,
  tokenRevoked,
  refreshedAtOnce,
  databaseAway,
  redisAway,
  poisoned,
  unstorable,
  tooMuch,
  scripts,
  orders,
  hostileRequests,
  answered,
  fixedAndBroken,
  downAcrossSendTime,
  mailAnswerLost,
  columnsChanged,
  addressesPeopleGive,
  keys
]
