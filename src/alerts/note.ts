/**
 * The words of the living comment, as a tree that each adapter writes in its tool's markup. Pure: facts in, text out.
 *
 * Order: who, what and since when, what would help, why. At most 700 characters as generously rendered Markdown, links
 * included; the limit is kept by saying less, and only a link or token that alone is longer can break it. The words
 * themselves never hold a group mention; people's words are kept raw, made one line and isolated in their direction.
 */
import { z } from 'zod'
import { type Block, bold, type Inline, link, list, paragraph, type RichText, text } from '../model/richText.ts'
import { type NoteRule, type NoteWords, noteWords } from './words/index.ts'
import { cut, isolate, languageOf, type Place, writeDay, writeList, writeMoment, writeNumber } from './words/writing.ts'

/** Where a reader finds the reasons: a page, or a short reference where the hub has no public address. */
export type Why = { kind: 'link'; href: string } | { kind: 'reference'; token: string }

export interface NoteFacts {
  /** BCP 47 tag; one without a catalogue is answered in English. */
  language: string
  /** IANA zone of the project; times carry its abbreviation, because several people read the same text. */
  zone: string
  /** ISO instant. */
  now: string
  /** The card's column, for a finding whose evidence names none. */
  column: string | null
  addressees: { externalId: string; username: string | null; name: string }[]
  /** What is open, in any order; at least one. */
  findings: { rule: NoteRule; since: string; evidence: Record<string, unknown> }[]
  why: Why
  /** ISO instant of an edit; null on a new note. */
  updatedAt: string | null
}

/**
 * What the hub's comment on a card should say. Throws a RangeError without findings, and a ZodError when evidence is not
 * what its rule gives.
 */
export function note(facts: NoteFacts): RichText {
  if (facts.findings.length === 0) throw new RangeError('A note needs at least one finding.')
  const findings = facts.findings.toSorted((a, b) => Date.parse(a.since) - Date.parse(b.since))
  const shown = findings.length > 5 ? 4 : findings.length
  // From everything to ever less, until it fits: first without what would help, then fewer findings, then fewer people.
  let people = facts.addressees.length
  let said = compose({ ...facts, findings }, { shown, help: true, people })
  for (let lines = shown; lengthOf(said) > MOST && lines > 0; lines--)
    said = compose({ ...facts, findings }, { shown: lines, help: false, people })
  while (lengthOf(said) > MOST && people > 0)
    said = compose({ ...facts, findings }, { shown: 1, help: false, people: --people })
  return said
}

export interface AllClearFacts {
  language: string
  zone: string
  now: string
  /** ISO instant since when nothing is open. */
  at: string
  column: string | null
  dueAt: string | null
  dueIsDate: boolean
  /** What was done about it, as far as we know. */
  changed: ('moved' | 'due' | 'assigned' | 'done')[]
  /** Names to thank. */
  people: string[]
  why: Why
}

/** The last edit of an episode: since when all is clear, what changed, thanks. */
export function allClear(facts: AllClearFacts): RichText {
  for (let people = facts.people.length; ; people--) {
    const said = clear({ ...facts, people: facts.people.slice(0, people) })
    if (people === 0 || lengthOf(said) <= MOST) return said
  }
}

/** `No deadline`, `Stale in Doing`, …: a built-in rule's name for people. */
export const ruleName = (rule: NoteRule, language: string): string => noteWords(language).rule[rule]

const MOST = 700
const LONGEST_COLUMN = 40

const Evidence = {
  'missing-deadline': z.object({ removedAt: z.string().nullish() }),
  'no-assignee': z.object({}),
  'stale-doing': z.object({
    column: z.string().nullish(),
    enteredAt: z.string(),
    known: z.enum(['reported', 'observed', 'at_least']),
    workingDays: z.number(),
    limit: z.number()
  }),
  overdue: z.object({ dueAt: z.string(), dueIsDate: z.boolean(), workingDays: z.number() })
} satisfies Record<NoteRule, z.ZodType>

type Finding = NoteFacts['findings'][number]

function compose(facts: NoteFacts, say: { shown: number; help: boolean; people: number }): RichText {
  const words = noteWords(facts.language)
  const place = placeOf(facts)
  const [first] = facts.findings
  const mentions = facts.addressees.slice(0, say.people).map(mention)
  const opening = (sentence: Inline[]): Block =>
    mentions.length === 0
      ? paragraph(...capitalised(sentence))
      : paragraph(...joined(mentions, place.language), text(words.address), ...sentence)
  const blocks: Block[] = []
  if (facts.findings.length === 1 && first) {
    blocks.push(opening(prose(first, facts, words, place)))
    if (say.help) blocks.push(paragraph(text(words.help[first.rule])))
  } else {
    const rest = facts.findings.length - say.shown
    const items = facts.findings
      .slice(0, say.shown)
      .map((finding) => [bold(words.rule[finding.rule]), text(': '), ...line(finding, facts, words, place)])
    if (rest > 0) items.push([more(words.andMore(rest), facts.why)])
    const steps = [...new Set(facts.findings.map(({ rule }) => words.step[rule]))]
    blocks.push(opening([text(words.several(facts.findings.length))]), list(...items))
    if (say.help) blocks.push(paragraph(text(words.steps(writeList(place.language, steps)))))
  }
  const updated = facts.updatedAt === null ? [] : [text(words.updated(writeMoment(facts.updatedAt, place)))]
  blocks.push(paragraph(...whyLine(words.whyThisNote, words.reference, facts.why), ...updated))
  return blocks
}

function prose(finding: Finding, facts: NoteFacts, words: NoteWords, place: Place): Inline[] {
  if (finding.rule === 'stale-doing') {
    const { limit, ...stale } = staleFacts(finding, facts, place)
    return words.stale({ ...stale, column: bold(stale.column), limit: writeNumber(place.language, limit) })
  }
  if (finding.rule === 'overdue') return words.overdue(overdueFacts(finding, place))
  if (finding.rule === 'missing-deadline') return words.noDeadline(removedOn(finding, place))
  return words.noAssignee()
}

function line(finding: Finding, facts: NoteFacts, words: NoteWords, place: Place): Inline[] {
  if (finding.rule === 'stale-doing') {
    const stale = staleFacts(finding, facts, place)
    return words.staleLine({ ...stale, column: text(stale.column) })
  }
  if (finding.rule === 'overdue') return words.overdueLine(overdueFacts(finding, place))
  if (finding.rule === 'missing-deadline') return words.noDeadlineLine(removedOn(finding, place))
  return [text(words.noAssigneeLine)]
}

function staleFacts(finding: Finding, facts: NoteFacts, place: Place) {
  const { column, enteredAt, known, workingDays, limit } = Evidence['stale-doing'].parse(finding.evidence)
  return {
    column: columnName(column ?? facts.column ?? '…'),
    age: workingDays,
    atLeast: known === 'at_least',
    since: writeDay({ at: enteredAt }, place),
    limit
  }
}

function overdueFacts(finding: Finding, place: Place) {
  const { dueAt, dueIsDate, workingDays } = Evidence.overdue.parse(finding.evidence)
  return { due: due(dueAt, dueIsDate, place), age: workingDays }
}

function removedOn(finding: Finding, place: Place): string | null {
  const { removedAt } = Evidence['missing-deadline'].parse(finding.evidence)
  return removedAt ? writeDay({ at: removedAt }, place) : null
}

function clear(facts: AllClearFacts): RichText {
  const words = noteWords(facts.language)
  const place = placeOf(facts)
  const column = facts.column === null ? null : bold(columnName(facts.column))
  const changes: Inline[][] = []
  if (facts.changed.includes('done')) changes.push([text(words.allClear.done)])
  if (facts.changed.includes('moved')) changes.push(words.allClear.moved(column))
  if (facts.changed.includes('due')) {
    const day = facts.dueAt === null ? null : due(facts.dueAt, facts.dueIsDate, place)
    changes.push([text(words.allClear.due(day))])
  }
  if (facts.changed.includes('assigned')) changes.push([text(words.allClear.assigned)])
  const sentence = capitalised(changes.flatMap((change, at) => (at === 0 ? change : [text(', '), ...change])))
  const last = sentence.at(-1)
  const stop = last?.kind === 'text' && last.text.endsWith('.') ? [] : [text('.')]
  const changed = sentence.length === 0 ? [] : [text(' '), ...sentence, ...stop]
  const thanks =
    facts.people.length === 0
      ? []
      : [text(` ${words.allClear.thanks(writeList(place.language, facts.people.map(personName)))}`)]
  return [
    paragraph(...words.allClear.since(writeMoment(facts.at, place)), ...changed, ...thanks),
    paragraph(...whyLine(words.allClear.whatWasOpen, words.reference, facts.why))
  ]
}

const placeOf = ({ language, zone, now }: { language: string; zone: string; now: string }): Place => ({
  language: languageOf(language),
  zone,
  now
})

const due = (dueAt: string, dueIsDate: boolean, place: Place): string =>
  dueIsDate ? writeDay({ at: dueAt, dateOnly: true }, place) : writeMoment(dueAt, place)

const columnName = (name: string): string => isolate(cut(name, LONGEST_COLUMN))
const personName = (name: string): string => isolate(cut(name, 60))

const mention = (person: NoteFacts['addressees'][number]): Inline => ({
  kind: 'mention',
  externalId: person.externalId,
  username: person.username,
  name: personName(person.name)
})

/** Mentions as a list, with the language's own commas and "and". */
function joined(mentions: Inline[], language: Place['language']): Inline[] {
  const between = writeList(
    language,
    mentions.map(() => '\u0000')
  ).split('\u0000')
  return mentions.flatMap((person, at) => (at === 0 ? [person] : [text(between[at] ?? ' '), person]))
}

function whyLine(words: string, reference: string, why: Why): Inline[] {
  return why.kind === 'link' ? [link(words, why.href)] : [text(`${reference} `), { kind: 'code', text: why.token }]
}

const more = (words: string, why: Why): Inline => (why.kind === 'link' ? link(words, why.href) : text(words))

function capitalised(sentence: Inline[]): Inline[] {
  const [first, ...rest] = sentence
  if (first?.kind !== 'text') return sentence
  return [text(first.text.charAt(0).toUpperCase() + first.text.slice(1)), ...rest]
}

/** Characters of the longest Markdown that an adapter could make of it: each punctuation mark counts as escaped. */
function lengthOf(said: RichText): number {
  const escaped = (raw: string) => raw.length + (raw.match(/[!-/:-@[-`{-~]/g)?.length ?? 0)
  const plain = (inline: Inline): number => {
    if (inline.kind === 'link') return escaped(inline.text) + inline.href.length + 4
    if (inline.kind === 'mention') return escaped(inline.username ?? inline.name) + 1
    return escaped(inline.text) + (inline.kind === 'text' ? 0 : 4)
  }
  const run = (inlines: Inline[]) => inlines.reduce((sum, inline) => sum + plain(inline), 0)
  return said.reduce(
    (sum, block) =>
      sum +
      2 +
      (block.kind === 'paragraph' ? run(block.inlines) : block.items.reduce((all, item) => all + 3 + run(item), 0)),
    0
  )
}
