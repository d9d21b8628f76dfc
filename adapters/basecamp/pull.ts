/**
 * Reading a Basecamp project: its chosen card tables and to-do lists. A sweep is the furniture, then cards and to-dos by
 * status (active, archived, trashed); an incremental pull walks the same listing from the last change backwards until it
 * meets the mark, and asks the feed of events for moves only when something changed.
 *
 * The mark is the tool's clock when the run began, less a minute. A sweep goes along the date of creation, so an edit
 * meanwhile moves no row; one that is deleted meanwhile can hide one other at the edge of a page, which the settling of
 * absences finds. Changes come newest first, so an edit meanwhile can only bring a row twice.
 */
import type { Page, PullFrom, Scope } from '../../src/adapter.ts'
import type { Api } from './api.ts'
import { beginChanges, changesPage, movesPage } from './changes.ts'
import { Cursor, type Step } from './cursor.ts'
import { Mark } from './mark.ts'
import { beginSweep, historyPage, sweepPage } from './sweep.ts'

export async function* pull(api: Api, scope: Scope, from: PullFrom): AsyncIterable<Page> {
  const former = Mark.safeParse(from.mark).data ?? null
  let cursor = Cursor.safeParse(from.cursor).data ?? null
  // A list that was chosen since has never been read.
  const isKnown = former !== null && scope.projects.every((one) => former.chosen.includes(one))
  if (!cursor) {
    const begun: Step | Cursor =
      from.sweep || !isKnown ? await beginSweep(api, scope, former, isKnown) : beginChanges(scope, former)
    if ('page' in begun) {
      yield { ...begun.page, cursor: begun.cursor }
      cursor = begun.cursor
    } else cursor = begun
  }
  for (let isLast = false; !isLast; ) {
    const step: Step = await next(api, scope, cursor)
    cursor = step.cursor
    isLast = cursor.legs.length === 0 && cursor.ask.length === 0 && !cursor.feed
    yield isLast ? { ...step.page, cursor: null, mark: cursor.mark } : { ...step.page, cursor }
  }
}

const next = (api: Api, scope: Scope, cursor: Cursor): Promise<Step> => {
  const [leg] = cursor.legs
  if (leg) return leg.as === 'changes' ? changesPage(api, scope, cursor, leg) : sweepPage(api, scope, cursor, leg)
  return cursor.ask.length > 0 ? historyPage(api, cursor) : movesPage(api, scope, cursor)
}
