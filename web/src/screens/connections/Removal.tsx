/** What is kept and what is deleted, before anybody asks and once more when they do. */
import { Anchor } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { change, get, type Output } from '../../api/query.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { done } from '../../parts/done.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { connectionsWords } from '../../words/connections.ts'
import { words as common, toolName } from '../../words/en.ts'
import styles from './Connections.module.css'
import type { Line } from './Connections.tsx'

const words = connectionsWords.removal

export function Removal({
  line,
  asked,
  onAsk,
  onClose,
  onGone,
  onHandOver
}: {
  line: Line
  asked: boolean
  onAsk: () => void
  onClose: () => void
  onGone: () => void
  onHandOver: () => void
}) {
  const { data } = useQuery(get('/api/connections/{id}/removal', { path: { id: line.id } }))
  const remove = useMutation(change('delete', '/api/connections/{id}'))
  return (
    <Sheet title={words.title}>
      {data ? (
        <dl className={styles.removal}>
          <dt>{common.confirm.kept}</dt>
          <dd>{keptOf(data)}</dd>
          <dt>{common.confirm.deleted}</dt>
          <dd>{deletedOf(data)}</dd>
        </dl>
      ) : (
        <p className={styles.meta}>{words.looking}</p>
      )}
      <p className={styles.links}>
        <Anchor component="button" type="button" size="sm" onClick={onHandOver}>
          {words.instead}
        </Anchor>
        <Anchor component="button" type="button" size="sm" c="var(--tl-bad)" onClick={onAsk}>
          {words.go}
        </Anchor>
      </p>
      {data && (
        <Confirm
          opened={asked}
          onClose={onClose}
          title={words.question(toolName(line.tool), line.accountName)}
          kept={keptOf(data)}
          deleted={deletedOf(data)}
          name={line.accountName}
          action={words.go}
          failed={words.failed}
          onConfirm={async () => {
            await remove.mutateAsync({ path: { id: line.id } })
            done(words.done)
            onGone()
          }}
        />
      )}
    </Sheet>
  )
}

type Parting = Output<'get', '/api/connections/{id}/removal'>

const keptOf = ({ cards, notes, goesOn }: Parting): string =>
  [words.kept(cards, notes), goesOn.length > 0 ? words.goesOn(goesOn.map(({ name }) => name)) : ''].join(' ').trim()

const deletedOf = ({ webhooks, findings, stops }: Parting): string =>
  [words.deleted(webhooks, findings), stops.length > 0 ? words.stops(stops.map(({ name }) => name)) : '']
    .join(' ')
    .trim()
