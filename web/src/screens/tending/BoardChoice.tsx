/** All boards that connected accounts see, to be ticked. */
import { Button, Checkbox, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { Output } from '../../api/query.ts'
import { ToolTile } from '../../parts/Marks.tsx'
import { tendingWords } from '../../words/tending.ts'
import styles from './tending.module.css'

export type Project = Output<'get', '/api/projects'>['projects'][number]

const words = tendingWords.boards
/** More than that nobody ticks by looking. */
const SHOWN = 200

export function BoardChoice({
  projects,
  chosen,
  onChoose
}: {
  projects: readonly Project[]
  chosen: ReadonlySet<string>
  onChoose: (chosen: ReadonlySet<string>) => void
}) {
  const [wanted, want] = useState('')
  // Those that were chosen come first; ticking one does not move it.
  const found = useMemo(() => {
    const word = wanted.trim().toLocaleLowerCase()
    return projects.filter(({ name }) => name.toLocaleLowerCase().includes(word))
  }, [projects, wanted])
  const shown = found.slice(0, SHOWN)
  const all = shown.length > 0 && shown.every(({ id }) => chosen.has(id))
  const tick = (ids: string[], on: boolean) => {
    const next = new Set(chosen)
    for (const id of ids) on ? next.add(id) : next.delete(id)
    onChoose(next)
  }
  return (
    <div>
      <div className={styles.finding}>
        <TextInput
          aria-label={words.find}
          placeholder={words.find}
          leftSection={<IconSearch />}
          value={wanted}
          onChange={(event) => want(event.currentTarget.value)}
        />
        <span className={styles.quiet}>{words.chosen(chosen.size, projects.length)}</span>
        <Button
          size="xs"
          onClick={() =>
            tick(
              shown.map(({ id }) => id),
              !all
            )
          }
        >
          {all ? words.none : words.all}
        </Button>
      </div>
      <ul className={styles.boards}>
        {shown.map(({ id, name, tool, archived, audience }) => (
          <li key={id}>
            <Checkbox
              checked={chosen.has(id)}
              onChange={(event) => tick([id], event.currentTarget.checked)}
              label={
                <span className={styles.board}>
                  <ToolTile tool={tool} />
                  <span className={styles.name} title={name}>
                    {name}
                  </span>
                  <span className={styles.meta}>
                    {[archived ? words.archived : '', ['guests', 'public'].includes(audience) ? words.guests : '']
                      .filter(Boolean)
                      .join(', ')}
                  </span>
                </span>
              }
            />
          </li>
        ))}
        {shown.length === 0 && <li className={styles.quiet}>{words.nothing}</li>}
        {found.length > SHOWN && <li className={styles.quiet}>{words.more(found.length - SHOWN)}</li>}
      </ul>
    </div>
  )
}
