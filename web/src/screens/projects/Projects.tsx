/** Boards that are read, at the left; what one's columns mean and whether it gets notes, beside it. */
import { Anchor, Button, Group, Modal, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { change, get } from '../../api/query.ts'
import { done } from '../../parts/done.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { ToolTile } from '../../parts/Marks.tsx'
import { Page } from '../../parts/Page.tsx'
import { PickLine, PickOne, usePicked } from '../../parts/PickOne.tsx'
import { Status } from '../../parts/Status.tsx'
import { useUrl } from '../../parts/useUrl.ts'
import { Waiting } from '../../parts/Waiting.tsx'
import { When } from '../../parts/When.tsx'
import { words as common, toolName } from '../../words/en.ts'
import { projectsWords as words } from '../../words/projects.ts'
import { tendingWords } from '../../words/tending.ts'
import { BoardChoice, type Project } from '../tending/BoardChoice.tsx'
import { Columns } from './Columns.tsx'
import { Notes } from './Notes.tsx'
import styles from './Projects.module.css'

const START = { project: null as string | null, q: '', choose: false }

export default function Projects() {
  const [{ project, q, choose }, show] = useUrl(START)
  const { data, error, refetch } = useQuery(get('/api/projects'))
  const chosen = data?.projects.filter((one) => one.chosen) ?? []
  const found = chosen.filter(({ name }) => name.toLocaleLowerCase().includes(q.trim().toLocaleLowerCase()))
  const open = usePicked(chosen, project, found[0])
  const choosing = <Button onClick={() => show({ choose: true }, { add: true })}>{words.choose}</Button>
  return (
    <Page
      title={words.title}
      sub={data && words.sub(chosen.length, data.projects.length)}
      actions={data && data.projects.length > 0 && choosing}
    >
      {error && <Failed what={words.failed} error={error} again={refetch} />}
      {!data && !error && <Waiting rows={8} />}
      {data && chosen.length === 0 && (
        <Empty
          title={words.empty}
          why={words.emptyWhy}
          action={data.projects.length > 0 ? choosing : <Link to="/welcome">{words.connect}</Link>}
        />
      )}
      {chosen.length > 0 && (
        <PickOne
          label={words.list}
          back={words.all}
          onBack={() => show({ project: null })}
          find={
            <TextInput
              aria-label={words.find}
              placeholder={words.find}
              leftSection={<IconSearch />}
              value={q}
              onChange={(event) => show({ q: event.currentTarget.value })}
              mb="sm"
            />
          }
          list={
            <>
              {found.slice(0, SHOWN).map((one) => (
                <Line
                  key={one.id}
                  project={one}
                  current={one.id === open?.id}
                  onOpen={() => show({ project: one.id }, { add: true })}
                />
              ))}
              {found.length === 0 && <p className={styles.meta}>{tendingWords.boards.nothing}</p>}
              {found.length > SHOWN && <p className={styles.meta}>{tendingWords.boards.more(found.length - SHOWN)}</p>}
            </>
          }
        >
          {open && (
            <div className={styles.project}>
              <Head project={open} />
              <Columns key={`columns ${open.id}`} project={open} />
              <Notes key={`notes ${open.id}`} project={open} />
            </div>
          )}
        </PickOne>
      )}
      {data && <Choosing opened={choose} projects={data.projects} onClose={() => show({ choose: false })} />}
    </Page>
  )
}

/** Further ones are found by their name. */
const SHOWN = 200

function Line({ project, current, onOpen }: { project: Project; current: boolean; onOpen: () => void }) {
  const { name, tool, openTasks, openFindings, unmappedColumns, alerts } = project
  return (
    <PickLine
      icon={<ToolTile tool={tool} />}
      name={name}
      facts={words.line(openTasks, openFindings)}
      state={
        unmappedColumns > 0 ? (
          <Status kind="waiting">{words.toChoose(unmappedColumns)}</Status>
        ) : (
          alerts && <Status kind="fine">{words.on}</Status>
        )
      }
      current={current}
      onPick={onOpen}
    />
  )
}

function Head({ project }: { project: Project }) {
  const { name, tool, url, tasks, openTasks, openFindings, quarantined, freshness } = project
  return (
    <header className={styles.head}>
      <ToolTile tool={tool} size="lg" />
      <div className={styles.names}>
        <h2>{name}</h2>
        <p className={styles.meta}>
          {words.facts(tasks, openTasks)} ·{' '}
          {freshness.lookedAt ? (
            <>
              {words.asOf} <When at={freshness.lookedAt} />
            </>
          ) : (
            words.unread
          )}{' '}
          ·{' '}
          <Link to="/findings" search={{ project: project.id } as never}>
            {words.findings(openFindings)}
          </Link>
          {quarantined > 0 && ` · ${words.setAside(quarantined)}`}
        </p>
      </div>
      {freshness.lostAt ? (
        <Status kind="waiting">{words.lost}</Status>
      ) : (
        freshness.tooOld && <Status kind="waiting">{words.old}</Status>
      )}
      {/^https?:/.test(url) && (
        <Anchor href={url} target="_blank" rel="noreferrer" size="sm">
          {words.openIn(toolName(tool))}
        </Anchor>
      )}
    </header>
  )
}

function Choosing({
  opened,
  projects,
  onClose
}: {
  opened: boolean
  projects: readonly Project[]
  onClose: () => void
}) {
  const [ticked, tick] = useState<ReadonlySet<string> | null>(null)
  const save = useMutation({
    ...change('put', '/api/projects/choice'),
    onSuccess: ({ chosen }) => {
      done(tendingWords.boards.saved(chosen.length))
      leave()
    }
  })
  const leave = () => {
    tick(null)
    save.reset()
    onClose()
  }
  const chosen = ticked ?? new Set(projects.filter((one) => one.chosen).map(({ id }) => id))
  return (
    <Modal
      opened={opened}
      onClose={leave}
      size={640}
      title={words.chooseTitle}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <p className={styles.meta}>{words.chooseWhy}</p>
      <div className={styles.choice}>
        <BoardChoice projects={projects} chosen={chosen} onChoose={tick} />
      </div>
      {save.error && <Failed what={tendingWords.boards.notSaved} error={save.error} />}
      <Group justify="flex-end" gap="sm" mt="md">
        <Button onClick={leave}>{common.cancel}</Button>
        <Button
          variant="filled"
          loading={save.isPending}
          disabled={ticked === null}
          onClick={() => save.mutate({ body: { projects: [...chosen] } })}
        >
          {words.keep(chosen.size)}
        </Button>
      </Group>
    </Modal>
  )
}
