/** Webhooks recorded from Trello in 2015 and 2023: what each says is to be read again, and what happened to the card. */
import { expect, it } from 'vitest'
import * as raw from '../../adapters/trello/raw.ts'
import { hooks } from '../../adapters/trello/webhook.ts'
import type { Row } from '../../sandbox/trello/facts.ts'
import { describeWithShared, readShared } from '../helpers/shared.ts'
import { ACTED, ACTIONS, DELIVERED, FOLDER, SAMPLES } from './payloads.ts'
import { events } from './words.ts'

const read = (body: unknown) =>
  hooks.read({ method: 'POST', headers: {}, body: Buffer.from(JSON.stringify(body)), url: '', at: '' })

/** Asserts everything a delivery says but its date and author, which are the action's own. */
function says(delivery: { action: Row }, [hint, ...happened]: string[]): void {
  const { action } = delivery
  const [deleted, kind, externalId] = hint!.startsWith('deleted ') ? hint!.split(' ') : [null, ...hint!.split(' ')]
  const task = {
    deleted: deleted !== null,
    at: action.date ?? null,
    by: raw.Action.shape.idMemberCreator.parse(action.idMemberCreator)
  }
  expect(read(delivery)).toEqual({
    key: action.id,
    hints: [kind === 'task' ? { kind, externalId, ...task } : { kind, externalId }]
  })
  expect(raw.Action.safeParse(action).success ? events(action) : []).toEqual(happened)
}

describeWithShared('Deliveries of 2023', () => {
  it.each(Object.entries(DELIVERED))('%s says %j', (file, said) => {
    says(readShared(`${FOLDER}/${SAMPLES}/${file}.json`), said)
  })
})

describeWithShared('Actions recorded in 2015', () => {
  const action = (file: string) => readShared<Row>(`${FOLDER}/${ACTIONS}/${file}.json`)

  it.each(Object.entries(ACTED))('%s says %j', (file, said) => {
    says({ action: action(file) }, said)
  })

  it('one that came without its kind and its date is a hint all the same', () => {
    const { type, date } = action('customfielditem-update')
    expect([type, date]).toEqual([undefined, undefined])
    expect(read({ action: action('customfielditem-update') }).hints).toEqual([
      {
        kind: 'task',
        externalId: '65577f4852a41d24266ed328',
        deleted: false,
        at: null,
        by: '5e950f9cf0021a4dde007fe4'
      }
    ])
  })

  it('an author whose id is none is nobody', () => {
    expect(read({ action: action('card-email') }).hints).toMatchObject([{ by: null }])
  })
})
