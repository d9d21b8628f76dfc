import type { Ambiguity } from './words.ts'

/** Phrases whose meaning no list of words can settle. They win over the languages' own lists; each says why. */
export const ambiguous: readonly Ambiguity[] = [
  // Not begun when it stands before the work, held up when it stands behind it.
  { phrase: 'pending', language: 'en', before: 'todo', after: 'blocked', alone: 'todo' },
  { phrase: 'pendente', language: 'pt', before: 'todo', after: 'blocked', alone: 'todo' },
  { phrase: 'ожидание', language: 'ru', before: 'todo', after: 'blocked', alone: 'blocked' },
  // Ready to begin, or ready to be handed over: unfinished either way.
  { phrase: 'ready', language: 'en', before: 'todo', after: 'doing', alone: 'todo' },
  { phrase: 'bereit', language: 'de', before: 'todo', after: 'doing', alone: 'todo' },
  // Portuguese "done", Italian and Spanish "ready" or "soon".
  { phrase: 'pronto', language: 'pt', before: 'todo', after: 'done', alone: 'unmapped' },
  // Being manufactured, or live for its users.
  { phrase: 'en producción', language: 'es', before: 'unmapped', after: 'done', alone: 'unmapped' },
  { phrase: 'em produção', language: 'pt', before: 'unmapped', after: 'done', alone: 'unmapped' },
  { phrase: 'in produzione', language: 'it', before: 'unmapped', after: 'done', alone: 'unmapped' },
  { phrase: 'en production', language: 'fr', before: 'unmapped', after: 'done', alone: 'unmapped' },
  { phrase: 'in productie', language: 'nl', before: 'unmapped', after: 'done', alone: 'unmapped' },
  // Approved to be done, or approved after it was.
  { phrase: 'approved', language: 'en', before: 'todo', after: 'done', alone: 'unmapped' },
  { phrase: 'aprobado', language: 'es', before: 'todo', after: 'done', alone: 'unmapped' },
  { phrase: 'aprovado', language: 'pt', before: 'todo', after: 'done', alone: 'unmapped' },
  { phrase: 'approvato', language: 'it', before: 'todo', after: 'done', alone: 'unmapped' },
  { phrase: 'approuvé', language: 'fr', before: 'todo', after: 'done', alone: 'unmapped' },
  { phrase: 'genehmigt', language: 'de', before: 'todo', after: 'done', alone: 'unmapped' },
  { phrase: 'goedgekeurd', language: 'nl', before: 'todo', after: 'done', alone: 'unmapped' },
  { phrase: 'zatwierdzone', language: 'pl', before: 'todo', after: 'done', alone: 'unmapped' }
]
