/**
 * `node door.ts hub`: the hub's own server on the database and folder of the environment, without anybody who works on
 * what comes in. `node door.ts bare URL SECRET`: a route that checks the signature of Trello's deliveries and no more.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { fastify } from 'fastify'
import { readConfig } from '../../src/config.ts'
import { openHub } from '../../src/hub.ts'
import { buildServer } from '../../src/server/app.ts'
import { say } from './child.ts'

const [kind, url = '', secret = ''] = process.argv.slice(2)
const app = kind === 'hub' ? await hubDoor() : bareDoor()
say({ address: await app.listen({ host: '127.0.0.1', port: 0 }) })

async function hubDoor() {
  const hub = await openHub(readConfig())
  return buildServer({ hub, jobs: null, operations: [], access: null })
}

function bareDoor() {
  const bare = fastify()
  bare.removeAllContentTypeParsers()
  bare.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  bare.post('/hooks/:tool/:address', async (request, reply) => {
    const right = createHmac('sha1', secret)
      .update(request.body as Buffer)
      .update(url)
      .digest()
    const given = Buffer.from(String(request.headers['x-trello-webhook']), 'base64')
    return reply.code(given.length === right.length && timingSafeEqual(given, right) ? 200 : 403).send()
  })
  return bare
}
