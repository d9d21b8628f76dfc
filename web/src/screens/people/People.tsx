/** Who there is, and which accounts in the tools are theirs: what may belong together first, then everybody. */
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus, IconSearch, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { get, type Output } from '../../api/query.ts'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { useKeys } from '../../parts/keys.ts'
import { Named, PersonAvatar, ToolTile } from '../../parts/Marks.tsx'
import { Page } from '../../parts/Page.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { useUrl } from '../../parts/useUrl.ts'
import { Waiting } from '../../parts/Waiting.tsx'
import { peopleWords as words } from '../../words/people.ts'
import { number } from '../../words/say.ts'
import { city } from '../../words/time.ts'
import { languageName, workingDays } from '../../words/week.ts'
import { Loose } from './Loose.tsx'
import styles from './People.module.css'
import { AddPerson } from './PersonForm.tsx'
import { PersonPanel } from './PersonPanel.tsx'
import { Suggestions } from './Suggestions.tsx'

type Answer = Output<'get', '/api/people'>
type Person = Answer['people'][number]

const START = { q: '', view: 'people', open: null as string | null }
const FIND = [{ key: '/', does: words.find }]

export default function People() {
  const [{ q, view, open }, show] = useUrl(START)
  const [asked] = useDebouncedValue(q, 200)
  const [adding, setAdding] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useKeys(FIND, () => field.current?.focus())
  const read = useQuery(get('/api/people', { query: { q: asked } }))
  const { data } = read
  const person = data?.people.find(({ id }) => id === open)
  return (
    <Page
      title={words.title}
      sub={data && asked === '' && words.sub(data.total, data.loose)}
      actions={
        <Button variant="filled" leftSection={<IconPlus aria-hidden />} onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      }
      panel={person && <PersonPanel key={person.id} person={person} onClose={() => show({ open: null })} />}
    >
      <div className={styles.bar}>
        <TextInput
          ref={field}
          type="search"
          className={styles.find}
          aria-label={words.find}
          placeholder={words.find}
          leftSection={<IconSearch aria-hidden />}
          value={q}
          onChange={(event) => show({ q: event.currentTarget.value })}
        />
        <SegmentedControl
          aria-label={words.views.label}
          value={view}
          onChange={(next) => show({ view: next, open: null })}
          data={[
            { value: 'people', label: counted(words.views.people, data?.total) },
            { value: 'accounts', label: counted(words.views.accounts, data?.loose) }
          ]}
        />
      </div>
      {read.error ? (
        <Failed what={words.failed} error={read.error} again={read.refetch} />
      ) : !data ? (
        <Waiting rows={12} />
      ) : view === 'accounts' ? (
        <Loose accounts={data.accounts} all={data.loose} searched={asked !== ''} loading={read.isFetching} />
      ) : (
        <div className={styles.sheets}>
          <Suggestions accounts={data.accounts} onAll={() => show({ view: 'accounts' }, { add: true })} />
          <Sheet label={words.list} flush>
            <Everybody
              {...{ data, open, q: asked, loading: read.isFetching }}
              onOpen={(one) => show({ open: one }, { add: one !== null })}
              onAll={() => show({ q: '' })}
            />
          </Sheet>
        </div>
      )}
      <AddPerson opened={adding} onClose={() => setAdding(false)} />
    </Page>
  )
}

const counted = (label: string, n: number | undefined): string => (n === undefined ? label : `${label} ${number(n)}`)

function Everybody({
  data: { people, total },
  open,
  q,
  loading,
  onOpen,
  onAll
}: {
  data: Answer
  open: string | null
  q: string
  loading: boolean
  onOpen: (id: string | null) => void
  onAll: () => void
}) {
  if (people.length === 0 && q !== '') {
    return (
      <Empty
        title={words.empty.noHit(q)}
        why={words.empty.noHitWhy}
        action={<Button onClick={onAll}>{words.empty.all}</Button>}
      />
    )
  }
  if (people.length === 0) return <Empty icon={<IconUsers />} title={words.empty.title} why={words.empty.why} />
  return (
    <>
      <DataTable
        label={words.list}
        columns={COLUMNS}
        rows={people}
        keyOf={({ id }) => id}
        nameOf={({ name }) => name}
        open={open}
        onOpen={({ id }) => onOpen(id)}
        onClose={() => onOpen(null)}
        loading={loading}
      />
      {people.length < total && <p className={styles.foot}>{words.more(people.length, total)}</p>}
    </>
  )
}

const COLUMNS: readonly Column<Person>[] = [
  {
    id: 'name',
    head: words.heads.name,
    width: 'minmax(0, 3fr)',
    phone: 'title',
    cell: ({ name }) => <Named name={name} mark={<PersonAvatar name={name} />} />
  },
  {
    id: 'email',
    head: words.heads.email,
    width: 'minmax(0, 3fr)',
    phone: 'below',
    cell: ({ email }) => <span title={email}>{email}</span>
  },
  {
    id: 'accounts',
    head: words.heads.accounts,
    width: '132px',
    phone: 'end',
    cell: ({ accounts }) =>
      accounts.length === 0 ? (
        <span className={styles.quiet}>{words.noAccounts}</span>
      ) : (
        <span className={styles.tools}>
          {accounts.map(({ id, tool }) => (
            <ToolTile key={id} tool={tool} />
          ))}
        </span>
      )
  },
  {
    id: 'zone',
    head: words.heads.zone,
    width: 'minmax(0, 120px)',
    phone: 'below',
    cell: ({ timeZone }) => <span title={timeZone}>{city(timeZone)}</span>
  },
  {
    id: 'language',
    head: words.heads.language,
    width: 'minmax(0, 100px)',
    phone: 'hidden',
    cell: ({ language }) => languageName(language)
  },
  {
    id: 'days',
    head: words.heads.days,
    width: 'minmax(0, 2fr)',
    phone: 'hidden',
    cell: ({ worksBy: [first] }) => first && words.days(workingDays(first.workingDays), first.team)
  }
]
