/** ⌘ K: type a few letters of what you look for – a page, a card, a board, a key result, a person. Opens each time `asked` grows. */
import '@mantine/spotlight/styles.layer.css'
import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconKeyboard, IconSearch, IconSitemap } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { get, type Output } from '../api/query.ts'
import { CategoryGlyph } from '../parts/Category.tsx'
import { PersonAvatar, ToolTile } from '../parts/Marks.tsx'
import { words } from '../words/en.ts'
import styles from './Finder.module.css'
import { useNavScreens } from './navScreens.ts'

const [store, finder] = createSpotlight()

interface Hit {
  id: string
  label: string
  /** Beside its name: where it is. */
  where?: string
  mark: ReactNode
  go: () => void
}

interface Group {
  group: string
  found: Hit[]
}

/** As few letters as the hub looks for. */
const LEAST = 2

export default function Finder({ asked, onKeys }: { asked: number; onKeys: () => void }) {
  const [query, setQuery] = useState('')
  const { pages, help } = usePages(query, onKeys)
  const { hits, looking, failed } = useHits(query)
  useEffect(() => {
    if (asked > 0) finder.open()
  }, [asked])
  // What comes later stands below what is there, so that Enter never means another one all of a sudden.
  const shown = [pages, ...hits, help].filter(({ found }) => found.length > 0)
  useFirstChosen(shown)
  return (
    <Spotlight.Root
      store={store}
      title={words.finder.placeholder}
      shortcut={null}
      centered={false}
      query={query}
      onQueryChange={setQuery}
      returnFocus
      scrollable
      maxHeight={440}
      radius="lg"
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      classNames={{
        header: styles.spoken,
        content: styles.content,
        search: styles.search,
        actionsGroup: styles.group,
        action: styles.action,
        actionSection: styles.section
      }}
      transitionProps={{ duration: 120 }}
    >
      <Spotlight.Search
        leftSection={<IconSearch />}
        placeholder={words.finder.placeholder}
        aria-label={words.finder.placeholder}
      />
      {shown.length > 0 && (
        <Spotlight.ActionsList id={LIST} aria-busy={looking}>
          {shown.map(({ group, found }) => (
            <Spotlight.ActionsGroup key={group} label={group} role="group" aria-label={group}>
              {found.map(({ id, label, where, mark, go }) => (
                <Spotlight.Action
                  key={id}
                  label={label}
                  highlightQuery
                  leftSection={mark}
                  rightSection={where && <span className={styles.where}>{where}</span>}
                  onClick={go}
                />
              ))}
            </Spotlight.ActionsGroup>
          ))}
        </Spotlight.ActionsList>
      )}
      {shown.length === 0 && (
        <Spotlight.Empty>
          {failed ? words.finder.failed : looking ? words.finder.looking : words.finder.empty}
        </Spotlight.Empty>
      )}
    </Spotlight.Root>
  )
}

const LIST = 'found'

/** Mantine marks the first one when a letter is typed; what the hub finds comes after that. */
function useFirstChosen(shown: readonly Group[]): void {
  const first = shown[0]?.found[0]?.id
  useEffect(() => {
    const list = document.getElementById(LIST)
    if (first === undefined || list === null || list.querySelector('[data-selected]')) return
    list.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
    store.updateState((state) => ({ ...state, selected: 0 }))
  }, [first])
}

/** Pages, and the keys. */
function usePages(query: string, onKeys: () => void): { pages: Group; help: Group } {
  const navigate = useNavigate()
  const screens = useNavScreens()
  const named = ({ label }: Hit) => label.toLocaleLowerCase().includes(query.trim().toLocaleLowerCase())
  const pages: Hit[] = screens.map(({ path, nav }) => ({
    id: path,
    label: nav.label,
    mark: <nav.icon aria-hidden />,
    go: () => void navigate({ to: path })
  }))
  const keys: Hit = { id: 'keys', label: words.finder.keys, mark: <IconKeyboard aria-hidden />, go: onKeys }
  return {
    pages: { group: words.finder.screens, found: pages.filter(named) },
    help: { group: words.finder.help, found: [keys].filter(named) }
  }
}

type Found = Output<'get', '/api/find'>
const NONE: Found = { cards: [], boards: [], keyResults: [], people: [] }

/** What the hub finds, kept while the next letters are looked for. */
function useHits(query: string) {
  const navigate = useNavigate()
  const typed = query.trim()
  const [q] = useDebouncedValue(typed, 150)
  const enabled = q.length >= LEAST && typed.length >= LEAST
  const { data, isFetching, error } = useQuery({ ...get('/api/find', { query: { q } }), enabled })
  const { cards, boards, keyResults, people } = (enabled && data) || NONE
  const go = (to: string, search: object) => () => void navigate({ to, search: search as never })
  const hits: Group[] = [
    {
      group: words.finder.cards,
      found: cards.map(({ id, tool, title, projectName, category }) => ({
        id,
        label: title,
        where: projectName,
        mark: (
          <span className={styles.marks}>
            <ToolTile tool={tool} />
            <CategoryGlyph category={category} />
          </span>
        ),
        go: go('/tasks', { search: q, open: id })
      }))
    },
    {
      group: words.finder.boards,
      found: boards.map(({ id, tool, name }) => ({
        id,
        label: name,
        mark: <ToolTile tool={tool} />,
        go: go('/tasks', { filter: `project = "${name.replace(/["\\]/g, '\\$&')}"` })
      }))
    },
    {
      group: words.finder.keyResults,
      found: keyResults.map(({ id, title, objective }) => ({
        id,
        label: title,
        where: objective,
        mark: <IconSitemap aria-hidden />,
        go: go('/objectives', { open: id })
      }))
    },
    {
      group: words.finder.people,
      found: people.map(({ id, name, email }) => ({
        id,
        label: name,
        where: email,
        mark: <PersonAvatar name={name} />,
        go: go('/people', { open: id, q: name })
      }))
    }
  ]
  return { hits, looking: typed.length >= LEAST && (isFetching || q !== typed), failed: enabled && error !== null }
}
