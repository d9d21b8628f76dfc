/** O3: each mail at most once per recipient and local period. */
import type { Stage } from '../rig/stage.ts'

export async function mails({ postbox }: Stage): Promise<string[]> {
  const count = new Map<string, number>()
  for (const mail of (await postbox?.mails()) ?? []) {
    const to = [mail.to].flat().flatMap((one) => one?.value.map(({ address }) => address) ?? [])
    // The period stands before the colon of the subject: `Week 10: 3 done`.
    const key = `${mail.subject?.split(':')[0]} to ${to.join()}`
    count.set(key, (count.get(key) ?? 0) + 1)
  }
  return [...count].filter(([, times]) => times > 1).map(([key, times]) => `the mail ${key} went out ${times} times`)
}
