/** Accounts that look like somebody's, each with the reason: nothing follows from it until somebody says so. */
import { Button } from '@mantine/core'
import type { Output } from '../../api/query.ts'
import { Failed } from '../../parts/Failed.tsx'
import { ToolTile } from '../../parts/Marks.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { toolName } from '../../words/en.ts'
import { peopleWords } from '../../words/people.ts'
import styles from './People.module.css'
import { useWhose } from './whose.ts'

type Accounts = Output<'get', '/api/people'>['accounts']

const words = peopleWords.suggestions
const SHOWN = 4

export function Suggestions({ accounts, onAll }: { accounts: Accounts; onAll: () => void }) {
  const whose = useWhose()
  const waiting = accounts.flatMap(({ suggestion, ...account }) => (suggestion ? [{ account, suggestion }] : []))
  if (waiting.length === 0) return null
  return (
    <Sheet
      title={words.title}
      aside={words.count(waiting.length)}
      actions={
        waiting.length > SHOWN && (
          <Button size="xs" onClick={onAll}>
            {words.all(waiting.length)}
          </Button>
        )
      }
      flush
    >
      {whose.error && <Failed what={words.failed} error={whose.error} />}
      <ul>
        {waiting.slice(0, SHOWN).map(({ account, suggestion }) => (
          <li key={account.id} className={styles.suggestion}>
            <ToolTile tool={account.tool} size="lg" />
            <p className={styles.said}>
              {words.what(`${account.name} (${toolName(account.tool)})`, suggestion.person)}
              <small>
                {words.because[suggestion.because]}: {suggestion.email}
              </small>
            </p>
            <span className={styles.buttons}>
              <Button
                size="xs"
                disabled={whose.busy}
                onClick={() => whose.theirs(account, { name: suggestion.person, email: suggestion.email })}
              >
                {words.yes(suggestion.person)}
              </Button>
              <Button
                size="xs"
                variant="subtle"
                color="gray"
                disabled={whose.busy}
                onClick={() => whose.nobodys(account)}
              >
                {words.no}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
