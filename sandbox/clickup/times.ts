/** How long a task has been where (https://developer.clickup.com/reference/gettaskstimeinstatus). */
import type { Task } from './world.ts'

/** Minutes are counted up to now. */
export function timeInStatus(task: Task, now: number) {
  const { history } = task
  const spent = (index: number) => ({
    by_minute: Math.floor(((history[index + 1]?.since ?? now) - history[index]!.since) / 60_000),
    since: String(history[index]!.since)
  })
  const last = history.length - 1
  return {
    current_status: { status: task.status.status, color: task.status.color, total_time: spent(last) },
    status_history: history.map(({ status }, index) => ({
      status: status.status,
      color: status.color,
      type: status.type,
      total_time: spent(index),
      orderindex: status.orderindex
    }))
  }
}
