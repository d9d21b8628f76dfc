/** One person: what we know of them, their accounts with the reason each is theirs, and what can be changed. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { change, type Output } from '../../api/query.ts'
import { done } from '../../parts/done.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { ToolTile } from '../../parts/Marks.tsx'
import { Remove } from '../../parts/Remove.tsx'
import { SidePanel } from '../../parts/SidePanel.tsx'
import { toolName } from '../../words/en.ts'
import { peopleWords } from '../../words/people.ts'
import { languageName, workingDays } from '../../words/week.ts'
import styles from './People.module.css'
import { EditPerson } from './PersonForm.tsx'
import { useWhose } from './whose.ts'

type Person = Output<'get', '/api/people'>['people'][number]

const words = peopleWords.panel

export function PersonPanel({ person, onClose }: { person: Person; onClose: () => void }) {
  const { name, email, timeZone, language, worksBy } = person
  const [editing, edit] = useDisclosure(false)
  const taking = useMutation(change('delete', '/api/people/{email}'))
  return (
    <SidePanel label={name} head={words.facts} onClose={onClose}>
      <Stack gap="lg">
        <h2>{name}</h2>
        <dl className="tl-facts">
          <Fact label={peopleWords.heads.email}>{email}</Fact>
          <Fact label={peopleWords.heads.zone}>{timeZone}</Fact>
          <Fact label={peopleWords.heads.language}>{languageName(language)}</Fact>
          <Fact label={words.days}>
            {worksBy.map(({ calendar, team, workingDays: days }) => (
              <span key={`${team} ${calendar}`} style={{ display: 'block' }}>
                {workingDays(days)}
                <Text span size="xs" c="dimmed" display="block">
                  {words.daysFrom(calendar, team)}
                </Text>
              </span>
            ))}
          </Fact>
        </dl>
        <Theirs {...person} />
        <Group gap="sm">
          <Button onClick={edit.open}>{words.edit}</Button>
          <Remove
            label={words.remove}
            title={peopleWords.remove.title(name)}
            kept={peopleWords.remove.kept}
            deleted={peopleWords.remove.deleted}
            action={peopleWords.remove.action}
            failed={peopleWords.remove.failed}
            onConfirm={async () => {
              await taking.mutateAsync({ path: { email } })
              done(peopleWords.done.removed(name))
              onClose()
            }}
          />
        </Group>
      </Stack>
      <EditPerson person={person} opened={editing} onClose={edit.close} />
    </SidePanel>
  )
}

const Fact = ({ label, children }: { label: string; children: React.ReactNode }) => (
  <div style={{ marginBottom: 12 }}>
    <dt style={{ color: 'var(--tl-text-3)', fontSize: 12, lineHeight: '16px' }}>{label}</dt>
    <dd style={{ overflowWrap: 'anywhere' }}>{children}</dd>
  </div>
)

function Theirs({ accounts, email }: Person) {
  const whose = useWhose()
  return (
    <section>
      <h3>{words.accounts}</h3>
      {whose.error && <Failed what={peopleWords.suggestions.failed} error={whose.error} />}
      {accounts.length === 0 ? (
        <Text size="sm" c="dimmed" mt={4}>
          {words.none}
        </Text>
      ) : (
        <ul>
          {accounts.map((account) => (
            <li key={account.id} className={styles.account}>
              <ToolTile tool={account.tool} size="lg" />
              <span className={styles.said}>
                {account.name}
                <small>{words.because[account.because]}</small>
              </span>
              <Button
                size="xs"
                aria-label={words.apartOf(account.name, toolName(account.tool))}
                disabled={whose.busy}
                onClick={() => (account.because === 'word' ? whose.nobodys(account, email) : whose.nobodys(account))}
              >
                {words.apart}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
