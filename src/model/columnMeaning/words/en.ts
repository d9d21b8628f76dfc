import type { Words } from './words.ts'

export const en: Words = {
  language: 'en',
  strong: {
    backlog: `backlog, product backlog, project backlog, feature backlog, bug backlog, tech backlog,
      technical backlog, content backlog, idea backlog, ideas backlog, icebox, ice box, someday, someday maybe,
      parking lot, wish list, wishlist, deferred`,
    todo: `to do, todo, to dos, todos, to do list, todo list, things to do, tasks to do, sprint backlog, sprint to do,
      sprint todo, iteration backlog, ready for dev, ready for development, ready to develop, ready for work,
      ready to start, ready to work on, ready to go, selected for development, selected for dev, not started,
      not yet started, next up, up next, to be done`,
    doing: `doing, in progress, inprogress, work in progress, currently doing, doing now, currently working on,
      working on, working on it, in development, in dev, under development, in the works, in process, code review,
      in code review, in review, under review, peer review, in qa, in test, in testing, in work, ready for review,
      ready for code review, waiting for review, awaiting review, pending review, needs review, review in progress,
      ready for qa, ready for test, ready for testing, ready to test, waiting for qa, ready for release,
      ready to release, ready for deploy, ready for deployment, ready to deploy, ready to ship, ready to merge,
      ready for production`,
    blocked: `blocked, on hold, onhold, waiting for client, waiting on client, waiting for customer,
      waiting for feedback, waiting for others, waiting on others, waiting for reply, waiting for response,
      waiting for approval, awaiting feedback, awaiting approval, awaiting response, blocked waiting, blockers,
      impeded, stalled, stuck, needs info, needs more info, need info`,
    done: `done, all done, done done, finished, completed, tasks done, shipped, released, done and dusted,
      tasks completed, completed tasks, finished tasks, done tasks, deployed to production`,
    dropped: `wont do, will not do, wont fix, wontfix, will not fix, not doing, cancelled, canceled, not going to do,
      abandoned`
  },
  weak: {
    backlog: `ideas, idea, idea box, inbox, later, maybe, triage, brainstorm, brainstorming, suggestions, requests,
      feature requests, incoming, unsorted, postponed, future, nice to have, long term, not now, roadmap, might do,
      could do, dreams, proposals, proposed, idea pool, parked`,
    todo: `next, todays, today, this week, next week, this month, this sprint, current sprint, tomorrow, now, open,
      new, queue, queued, up for grabs, planned, plan, planning, upcoming, coming up, scheduled, assigned, to start,
      to work on, tasks, task list, prioritized, prioritised, sprint planning, next sprint, next actions, next steps, soon,
      reopened, short term, to plan, to be started, must do, should do`,
    doing: `review, reviewing, to review, qa, testing, test, to test, qa testing, review qa, verify, verification,
      validation, to verify, to validate, working, wip, active, started, ongoing, on going, in flight, development,
      developing, implementing, implementation, in implementation, building, in build, coding, drafting, writing,
      editing, staging, on staging, uat, in uat, user testing, user acceptance testing, acceptance, deploying,
      to deploy, to release, to merge, current, underway, quality assurance, qa review, design review, final review,
      in design, in production soon, pull request, pull requests, in pr, proofreading, internal review, client review`,
    blocked: 'waiting, waiting for, waiting on, hold, paused, pause, awaiting, snoozed, suspended, frozen, delayed',
    done: `closed, complete, live, published, resolved, fixed, deployed, delivered, launched, merged, solved,
      verified, accepted, accomplished, achieved, sent, finalized, finalised, in production, done yay, went live,
      now live, recently done, recently completed, recently finished`,
    dropped: `obsolete, rejected, declined, duplicate, duplicates, dropped, discarded, trash, invalid, killed,
      deprecated, not planned, out of scope, scrapped, graveyard, no longer needed`,
    reference: `info, information, team info, project info, general info, general information, important info,
      resources, templates, template, read me, read me first, readme, reference, references, notes, meeting notes, links,
      useful links, documentation, docs, guidelines, guides, how to, how to use this board, about, about this board,
      instructions, tools, faq, legend, labels, start here, welcome, team, team members, contacts, credentials,
      board info, rules, project resources, resources and links, help, announcements, card templates, materials`
  },
  openEnded: {
    blocked: 'waiting for, waiting on, awaiting, blocked by, blocked on, on hold until, waiting until'
  }
}
