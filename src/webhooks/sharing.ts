/**
 * The same question asked by many at once is asked once more, not once each: who comes while it is under way gets the
 * answer of the next asking, so that no answer is older than the question.
 */
export function sharing<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const underWay = new Map<string, { now: Promise<unknown>; next: Promise<T> | null }>()
  const begin = (key: string): Promise<T> => {
    const asked = ask(key)
    const turn = { now: asked.catch(() => {}), next: null }
    underWay.set(key, turn)
    void turn.now.then(() => {
      if (underWay.get(key) === turn && turn.next === null) underWay.delete(key)
    })
    return asked
  }
  return (key) => {
    const turn = underWay.get(key)
    if (!turn) return begin(key)
    turn.next ??= turn.now.then(() => begin(key))
    return turn.next
  }
}
