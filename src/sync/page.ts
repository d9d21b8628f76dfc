import type { Page } from '../adapter.ts'

/** A page that says nothing yet. `at`: ISO instant. */
export const emptyPage = (at: string): Page => ({
  projects: [],
  columns: [],
  people: [],
  tasks: [],
  events: [],
  comments: [],
  unreadable: [],
  seen: [],
  history: [],
  cursor: null,
  at
})
