/** Edits one filter, and says when it is to be used. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import Conditions from '../../parts/filter/Conditions.tsx'
import type { Node } from '../../parts/filter/tree.ts'
import { tasksWords as words } from '../../words/tasks.ts'
import styles from './Filters.module.css'

const FIRST: Node = { field: 'category', is: 'in', value: ['doing'] }

export default function Builder({ node, onUse }: { node: Node | null; onUse: (node: Node) => void }) {
  const [made, make] = useState<Node | null>(node ?? FIRST)
  return (
    <form
      className={styles.builder}
      onSubmit={(event) => {
        event.preventDefault()
        if (made) onUse(made)
      }}
    >
      <Conditions start={node ?? FIRST} onChange={make} />
      <Button type="submit" variant="filled" disabled={made === null}>
        {words.apply}
      </Button>
    </form>
  )
}
