/** Nothing to see yet: because nothing was read, or because no board was given to who reads. */
import { useMe } from '../api/me.ts'
import { words } from '../words/en.ts'
import { Empty } from './Empty.tsx'

/** `title`, `why`: when nothing was read. */
export function NoCards(read: { title: string; why: string }) {
  return <Empty {...(useMe().sees === 'nothing' ? words.noBoards : read)} />
}
