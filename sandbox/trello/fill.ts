/**
 * Fills hand-made exports up to what Trello would give in 2026. What a real export says stays as it is, absent keys of
 * older years included: a card that has a short link, or a board that has names for its label colours, is a real one.
 */
import type {
  BoardExport,
  BoardFacts,
  CardFacts,
  CustomFieldFacts,
  LabelFacts,
  ListFacts,
  MemberFacts,
  Row
} from './facts.ts'

const GAP = 65536

/** Parts of an export that are objects of their own and no fields of the board. */
const NESTED = [
  'lists',
  'cards',
  'actions',
  'labels',
  'members',
  'memberships',
  'checklists',
  'customFields',
  'organization',
  'pluginData'
]

export function fillBoard(source: BoardExport, shortLink: () => string): BoardFacts {
  const own = Object.fromEntries(Object.entries(source).filter(([key]) => !NESTED.includes(key)))
  const link = typeof own.shortLink === 'string' ? own.shortLink : shortLink()
  const defaults = own.labelNames
    ? {}
    : {
        desc: '',
        descData: null,
        closed: false,
        dateClosed: null,
        idOrganization: null,
        idEnterprise: null,
        pinned: false,
        url: `https://trello.com/b/${link}/${slug(source.name)}`,
        shortUrl: `https://trello.com/b/${link}`,
        prefs: { permissionLevel: 'private', comments: 'members', voting: 'disabled', isTemplate: false },
        labelNames: {},
        dateLastActivity: null,
        idMemberCreator: null
      }
  return { closed: false, ...defaults, ...own, shortLink: link } as BoardFacts
}

export function fillList(source: Row, index: number, idBoard: string): ListFacts {
  return {
    closed: false,
    pos: (index + 1) * GAP,
    softLimit: null,
    subscribed: false,
    ...source,
    idBoard: (source.idBoard as string) ?? idBoard
  } as unknown as ListFacts
}

export function fillLabel(source: Row, idBoard: string): LabelFacts {
  return { name: '', color: null, ...source, idBoard } as unknown as LabelFacts
}

export function fillMember(source: Row): MemberFacts {
  const fullName = (source.fullName as string) ?? (source.username as string) ?? 'Someone'
  return {
    username: slug(fullName).replaceAll('-', ''),
    initials: initials(fullName),
    activityBlocked: false,
    avatarHash: null,
    avatarUrl: null,
    ...source,
    fullName
  } as unknown as MemberFacts
}

export function fillCustomField(source: Row, idBoard: string): CustomFieldFacts {
  return {
    idModel: idBoard,
    modelType: 'board',
    fieldGroup: source.id,
    pos: 16384,
    display: { cardFront: true },
    ...source
  } as unknown as CustomFieldFacts
}

/** A new card, or a hand-made one, with every key that a 2026 payload has. */
export function fillCard(
  source: Row,
  given: { idBoard: string; idOrganization: unknown; index: number; shortLink: () => string; labels: LabelFacts[] }
): CardFacts {
  if (typeof source.shortLink === 'string') {
    // Years before 2018 leave some of these out; the stand-in's own bookkeeping cannot do without them.
    const { idMembers, labels } = source
    const idLabels = (source.idLabels ?? (labels as Row[] | undefined)?.map((label) => label.id) ?? []) as string[]
    return {
      ...source,
      idBoard: given.idBoard,
      idMembers: idMembers ?? [],
      idLabels,
      labels: labels ?? given.labels.filter((label) => idLabels.includes(label.id))
    } as unknown as CardFacts
  }
  const shortLink = given.shortLink()
  const idShort = (source.idShort as number) ?? given.index + 1
  const name = (source.name as string) ?? ''
  const desc = (source.desc as string) ?? ''
  const idLabels = (source.idLabels as string[]) ?? []
  return {
    closed: false,
    dateClosed: null,
    dateCompleted: null,
    dateLastActivity: new Date(Number.parseInt(String(source.id).slice(0, 8), 16) * 1000).toISOString(),
    desc,
    descData: { emoji: {} },
    due: null,
    dueComplete: false,
    dueReminder: null,
    start: null,
    email: null,
    idAttachmentCover: null,
    idChecklists: [],
    idMemberCreator: null,
    idMembersVoted: [],
    idOrganization: given.idOrganization ?? null,
    manualCoverAttachment: false,
    checkItemStates: [],
    subscribed: false,
    isTemplate: false,
    cardRole: null,
    mirrorSourceId: null,
    cover: { idAttachment: null, color: null, idUploadedBackground: null, size: 'normal', brightness: 'dark' },
    shortUrl: `https://trello.com/c/${shortLink}`,
    url: `https://trello.com/c/${shortLink}/${idShort}-${slug(name)}`,
    nodeId: `ari:cloud:trello::card/workspace/${given.idOrganization ?? 'none'}/${source.id}`,
    pos: (given.index + 1) * GAP,
    badges: {
      attachmentsByType: { trello: { board: 0, card: 0 } },
      location: false,
      votes: 0,
      viewingMemberVoted: false,
      subscribed: false,
      fogbugz: '',
      checkItems: 0,
      checkItemsChecked: 0,
      checkItemsEarliestDue: null,
      comments: 0,
      attachments: 0,
      description: desc !== '',
      due: source.due ?? null,
      dueComplete: source.dueComplete ?? false,
      start: source.start ?? null
    },
    ...source,
    name,
    idBoard: given.idBoard,
    idShort,
    shortLink,
    idMembers: (source.idMembers as string[]) ?? [],
    idLabels,
    labels: given.labels.filter((label) => idLabels.includes(label.id))
  } as unknown as CardFacts
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')

const initials = (fullName: string): string =>
  fullName
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 4)
    .toUpperCase()
