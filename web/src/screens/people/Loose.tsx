/** Accounts that are nobody's: what is known of each, and whose it may be said to be. */
import { Button, Select } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { get, type Output } from '../../api/query.ts'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Named, ToolTile } from '../../parts/Marks.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { peopleWords } from '../../words/people.ts'
import styles from './People.module.css'
import { useWhose } from './whose.ts'

type Account = Output<'get', '/api/people'>['accounts'][number]

const words = peopleWords.accounts

export function Loose({
  accounts,
  all,
  searched,
  loading
}: {
  accounts: Account[]
  all: number
  searched: boolean
  loading: boolean
}) {
  const whose = useWhose()
  const everybody = useQuery(get('/api/people', { query: {} }))
  const people = useMemo(() => everybody.data?.people ?? [], [everybody.data])
  const columns: readonly Column<Account>[] = [
    {
      id: 'account',
      head: words.heads.account,
      width: 'minmax(0, 3fr)',
      phone: 'title',
      cell: ({ tool, name }) => <Named name={name} mark={<ToolTile tool={tool} />} />
    },
    {
      id: 'user',
      head: words.heads.user,
      width: 'minmax(0, 2fr)',
      phone: 'hidden',
      cell: ({ username, email, id }) => <span className={styles.beside}>{email ?? username ?? id}</span>
    },
    {
      id: 'state',
      head: words.heads.state,
      width: 'minmax(0, 3fr)',
      phone: 'below',
      cell: (account) => <Known {...account} />
    },
    {
      id: 'whose',
      head: words.heads.whose,
      width: '300px',
      phone: 'end',
      cell: (account) => (
        <span className={styles.buttons}>
          {account.suggestion && (
            <Button
              size="xs"
              aria-label={peopleWords.suggestions.yes(account.suggestion.person)}
              disabled={whose.busy}
              onClick={() => account.suggestion && whose.theirs(account, named(account.suggestion))}
            >
              {words.yes}
            </Button>
          )}
          <Select
            size="xs"
            className={styles.choose}
            aria-label={words.whose(account.name)}
            placeholder={words.choose}
            searchable
            limit={40}
            data={people.map(({ email, name }) => ({ value: email, label: name }))}
            value={null}
            disabled={whose.busy}
            onChange={(email) => {
              const person = people.find((one) => one.email === email)
              if (person) whose.theirs(account, person)
            }}
          />
          {account.nobody && (
            <Button size="xs" disabled={whose.busy} onClick={() => whose.askAgain(account)}>
              {words.ask}
            </Button>
          )}
        </span>
      )
    }
  ]
  if (accounts.length === 0 && !searched)
    return (
      <Sheet label={words.title}>
        <Empty icon={<IconCheck />} title={words.empty} why={words.emptyWhy} />
      </Sheet>
    )
  return (
    <Sheet label={words.title} flush>
      {whose.error && <Failed what={peopleWords.suggestions.failed} error={whose.error} />}
      <DataTable
        label={words.list}
        columns={columns}
        rows={accounts}
        keyOf={({ id }) => id}
        nameOf={({ name }) => name}
        loading={loading}
      />
      {accounts.length < all && <p className={styles.foot}>{words.more(accounts.length, all)}</p>}
    </Sheet>
  )
}

const named = ({ person, email }: NonNullable<Account['suggestion']>) => ({ name: person, email })

function Known({ nobody, suggestion }: Account) {
  if (suggestion) return <span>{words.may(suggestion.person, words.because[suggestion.because])}</span>
  return <span className={styles.quiet}>{nobody ? words.nobody : words.open}</span>
}
