/** What every JSON of Basecamp is made of: ids, people, recordings, parents. */
import { ACCOUNT, type Bucket, type Person, type World } from './world.ts'

/** A number as long as it is: `JSON.parse` elsewhere may round it, we do not. */
export const digits = (id: string): unknown => (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(id)

export const APP = `https://3.basecamp.com/${ACCOUNT}`
export const at = (ms: number): string => new Date(ms).toISOString()

export function basics(world: World) {
  const person = (one: Person) => ({
    id: digits(one.id),
    attachable_sgid: one.sgid,
    name: one.name,
    personable_type: one.client ? 'Client' : 'User',
    title: null,
    created_at: at(one.created),
    updated_at: at(one.created),
    email_address: one.email,
    bio: null,
    admin: false,
    owner: false,
    client: one.client,
    employee: !one.client,
    time_zone: 'Etc/UTC',
    avatar_url: `${world.api()}/people/${one.id}/avatar`
  })
  const bucketStub = (one: Bucket) => ({ id: digits(one.id), name: one.name, type: 'Project' })
  /** What every recording has. `path` below the project. */
  const recording = (
    id: string,
    bucket: Bucket,
    type: string,
    path: string,
    title: string,
    dates: { created: number; updated?: number },
    status: string,
    creator: Person
  ) => ({
    id: digits(id),
    status,
    visible_to_clients: bucket.clients,
    created_at: at(dates.created),
    updated_at: at(dates.updated ?? dates.created),
    title,
    inherits_status: true,
    type,
    url: `${world.api()}/buckets/${bucket.id}/${path}.json`,
    app_url: `${APP}/buckets/${bucket.id}/${path}`,
    bucket: bucketStub(bucket),
    creator: person(creator)
  })
  const parent = (id: string, title: string, type: string, bucket: Bucket, path: string) => ({
    id: digits(id),
    title,
    type,
    url: `${world.api()}/buckets/${bucket.id}/${path}.json`,
    app_url: `${APP}/buckets/${bucket.id}/${path}`
  })

  return { person, recording, parent }
}
