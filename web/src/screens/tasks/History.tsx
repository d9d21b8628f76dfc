/** How a card came to where it is: who, when, and how we know. Times in the project's zone. */
import { Timeline } from '@mantine/core'
import type { ReactNode } from 'react'
import { CategoryGlyph } from '../../parts/Category.tsx'
import { useClock } from '../../parts/clock.ts'
import { When } from '../../parts/When.tsx'
import { cardWords as words } from '../../words/tasks.ts'
import { moment } from '../../words/time.ts'
import styles from './Card.module.css'
import type { Detail } from './Card.tsx'

type Event = Detail['events'][number]

export function History({ task }: { task: Detail }) {
  const clock = { ...useClock(), zone: task.zone }
  if (task.events.length === 0) return <p className={styles.quiet}>{words.noHistory}</p>
  return (
    <Timeline
      bulletSize={16}
      lineWidth={1}
      active={-1}
      className={styles.history}
      classNames={{ itemTitle: styles.event, itemBullet: styles.bullet }}
    >
      {task.events.map((event) => (
        <Timeline.Item
          key={`${event.type} ${event.at} ${event.from} ${event.to}`}
          bullet={event.toCategory ? <CategoryGlyph category={event.toCategory as never} label={false} /> : <i />}
          title={<What event={event} write={(at) => moment(at, clock)} />}
        >
          <span className={styles.quiet}>
            {event.notBefore ? (
              <>
                {words.between} <When at={event.notBefore} zone={task.zone} /> {words.and}{' '}
                <When at={event.at} zone={task.zone} />
              </>
            ) : (
              <When at={event.at} zone={task.zone} />
            )}
            {event.actor && ` · ${event.actor}`}
            {' · '}
            {event.source === 'observed' ? words.seen : words.told(task.tool)}
          </span>
        </Timeline.Item>
      ))}
    </Timeline>
  )
}

const INSTANT = /^\d{4}-\d\d-\d\dT/

function What({ event: { type, from, to }, write }: { event: Event; write: (at: string) => string }): ReactNode {
  const named = (value: string) => <b>{INSTANT.test(value) ? write(value) : value}</b>
  const { events } = words
  if (type === 'created')
    return to ? (
      <>
        {events.created[0]} {named(to)}
      </>
    ) : (
      events.created[1]
    )
  if (type === 'moved') {
    if (from && to)
      return (
        <>
          {events.moved[0]} {named(from)} {events.moved[1]} {named(to)}
        </>
      )
    return to ? (
      <>
        {events.movedTo} {named(to)}
      </>
    ) : (
      events.changed
    )
  }
  if (type === 'assigned' || type === 'unassigned') {
    const whom = to ?? from
    const gone = type === 'unassigned' || to === null
    return whom ? (
      <>
        {gone ? events.unassigned : events.assigned} {named(whom)}
      </>
    ) : (
      events.changed
    )
  }
  if (type === 'due_changed') {
    if (from && to)
      return (
        <>
          {events.dueMoved} {named(from)} {events.moved[1]} {named(to)}
        </>
      )
    if (to)
      return (
        <>
          {events.dueSet} {named(to)}
        </>
      )
    return from ? (
      <>
        {events.dueRemoved} {named(from)}
      </>
    ) : (
      events.changed
    )
  }
  const plain = (events as Record<string, unknown>)[type]
  return typeof plain === 'string' ? plain : events.changed
}
