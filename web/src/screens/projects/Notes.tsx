/** Notes on a board's cards: off, seen first, on. Switching on goes through the preview of every note. */
import { Alert, Button, SegmentedControl } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { change, get } from '../../api/query.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { done } from '../../parts/done.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { NoteView } from '../../parts/NoteView.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { projectsWords } from '../../words/projects.ts'
import type { Project } from '../tending/BoardChoice.tsx'
import styles from './Projects.module.css'

const words = projectsWords.notes
const SHOWN = 20

export function Notes({ project }: { project: Project }) {
  const [looking, look] = useState(false)
  const [leaving, leave] = useState(false)
  const set = useMutation(change('put', '/api/projects/{project}/alerts'))
  const path = { project: project.id }
  const state = project.alerts ? 'on' : looking ? 'preview' : 'off'
  const choose = (wanted: string) => {
    if (wanted === state) return
    if (project.alerts) leave(true)
    // On is reached through what it would write.
    else look(wanted !== 'off')
  }
  return (
    <Sheet
      title={words.title}
      actions={
        <SegmentedControl
          aria-label={words.label}
          value={state}
          onChange={choose}
          data={(['off', 'preview', 'on'] as const).map((value) => ({ value, label: words.states[value] }))}
        />
      }
    >
      {state === 'preview' ? (
        <Preview
          project={project}
          busy={set.isPending}
          onOn={() =>
            set.mutate(
              { path, body: { on: true } },
              { onSuccess: () => done(words.switchedOn, () => set.mutate({ path, body: { on: false } })) }
            )
          }
        />
      ) : (
        <p className={styles.quiet}>{project.alerts ? words.on : words.off}</p>
      )}
      {set.error && <Failed what={words.failed} error={set.error} />}
      <Confirm
        opened={leaving}
        onClose={() => leave(false)}
        title={words.offTitle}
        kept={words.offKept}
        deleted={words.offDeleted(project.openFindings)}
        action={words.offGo}
        failed={words.failed}
        onConfirm={async () => {
          await set.mutateAsync({ path, body: { on: false } })
          look(false)
          done(words.switchedOff)
        }}
      />
    </Sheet>
  )
}

function Preview({ project, busy, onOn }: { project: Project; busy: boolean; onOn: () => void }) {
  const { data, error, refetch } = useQuery(
    get('/api/projects/{project}/alerts/preview', { path: { project: project.id } })
  )
  if (error) return <Failed what={words.previewFailed} error={error} again={refetch} />
  if (!data) return <Waiting rows={4} />
  const { comments } = data
  return (
    <>
      <div className={styles.switch}>
        <p>{words.preview(comments.length)}</p>
        <Button variant="filled" loading={busy} onClick={onOn}>
          {words.switchOn(comments.length)}
        </Button>
      </div>
      {['guests', 'public'].includes(data.project.audience) && (
        <Alert icon={<IconAlertTriangle />} color="yellow" mt="sm">
          {words.audience}
        </Alert>
      )}
      {data.project.tooOld && (
        <Alert icon={<IconAlertTriangle />} color="yellow" mt="sm">
          {words.tooOld}
        </Alert>
      )}
      <ul className={styles.notes} aria-label={words.list}>
        {comments.slice(0, SHOWN).map(({ task, title, said }) => (
          <li key={task}>
            <p className={styles.card} title={title}>
              {title}
            </p>
            <div className={styles.noteBox}>
              <NoteView said={said} />
            </div>
          </li>
        ))}
      </ul>
      {comments.length > SHOWN && <p className={styles.quiet}>{words.more(comments.length - SHOWN)}</p>}
    </>
  )
}
