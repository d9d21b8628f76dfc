/** Everything the hub can be asked to do. */
import { connections, connectTool, refreshConnection } from './connections.ts'
import type { Operation } from './operation.ts'
import { choose, columns, projects, setColumn } from './projects.ts'
import { sync, syncRuns } from './sync.ts'

export const operations = [
  connectTool,
  connections,
  refreshConnection,
  projects,
  choose,
  columns,
  setColumn,
  sync,
  syncRuns
] as unknown as readonly Operation[]
