/** Webhooks that ClickUp publishes, and one that was recorded: what each says is to be read again. */
import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { receiver } from '../../adapters/clickup/webhook.ts'
import { describeWithShared } from '../helpers/shared.ts'
import { DOCS, OF_LISTS, OF_NO_LIST, OF_TASKS, payload, RECORDED_HOOK } from './payloads.ts'

describeWithShared('Webhooks as published and recorded', () => {
  const notice = (path: string) => {
    const body = Buffer.from(JSON.stringify(payload(path)))
    return receiver.read({ method: 'POST', headers: {}, body, url: '', at: '' })
  }
  const docs = (name: string) => notice(`${DOCS}/${name}`)

  it.each(OF_TASKS)('%s names the task %s', (file, externalId, at, deleted) => {
    const by = at === null ? null : '183'
    expect(docs(file).hints).toEqual([{ kind: 'task', externalId, deleted, at, by }])
  })

  it.each(OF_LISTS)('%s names the list %s', (file, externalId) => {
    expect(docs(file).hints).toEqual([{ kind: 'project', externalId }])
  })

  it.each(OF_NO_LIST)('%s is about no list', (name) => {
    expect(docs(name).hints).toEqual([])
  })

  it('the recorded one has numbers as texts and reads alike', () => {
    expect(notice(RECORDED_HOOK)).toEqual({
      key: '4c21a84b-d0d8-41f7-978e-4fea0776f150:3945907824924417727',
      hints: [{ kind: 'task', externalId: '86cvyxabb', deleted: false, at: '2024-03-21T03:09:33.849Z', by: '37621629' }]
    })
  })

  it.each([
    ['taskStatusUpdated', 'taskUpdated_status'],
    ['taskPriorityUpdated', 'taskUpdated_priority'],
    ['taskCommentPosted', 'taskUpdated_comment']
  ])('%s and %s are one change', (one, twin) => {
    expect(docs(one).key).toBe(docs(twin).key)
  })

  it('an edited comment is another change than its first words, though its history item is the same', () => {
    expect(docs('taskCommentUpdated').key).not.toBe(docs('taskCommentPosted').key)
  })

  it('all others differ', () => {
    const names = [...OF_TASKS.map(([file]) => file), ...OF_LISTS.map(([file]) => file), ...OF_NO_LIST]
    const single = names.filter((name) => !/^taskUpdated_(status|priority|comment)$/.test(name))
    expect(new Set(single.map((name) => docs(name).key)).size).toBe(single.length)
  })

  it('a good signature passes, and every other one is refused', async () => {
    const body = Buffer.from(JSON.stringify(payload(`${DOCS}/taskMoved`)))
    const sign = (secret: string) => createHmac('sha256', secret).update(body).digest('hex')
    const verify = (signature: string | undefined, secret: string | null = 'SECRET') =>
      receiver.verify(
        { method: 'POST', headers: { 'x-signature': signature }, body, url: '', at: '' },
        { url: '', secret }
      )
    expect(await verify(sign('SECRET'))).toBeNull()
    expect(await verify(sign('SECRET').toUpperCase())).toBeNull()
    expect(await verify(sign('OTHER'))).toBe('forged')
    expect(await verify(sign('SECRET').slice(0, 32))).toBe('forged')
    expect(await verify('nonsense')).toBe('forged')
    expect(await verify(undefined)).toBe('unsigned')
    expect(await verify('')).toBe('unsigned')
    expect(await verify(sign(''), null)).toBe('no_secret')
    expect(await verify(sign(''), '')).toBe('no_secret')
  })
})
