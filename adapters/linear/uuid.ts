/**
 * Ids of our own choosing: Linear takes a version 4 UUID for what we make, so what is made twice with the same id is made
 * once (`CommentCreateInput.id`, `IssueCreateInput.id`, `WebhookCreateInput.id`).
 */
import { createHash } from 'node:crypto'

/** The same for the same parts, on every machine; in the form of a version 4 UUID. */
export function uuidOf(...parts: string[]): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify(['throughline', ...parts]))
    .digest()
    .subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
