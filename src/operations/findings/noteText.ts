import { z } from 'zod'

const Inline = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('bold'), text: z.string() }),
  z.object({ kind: z.literal('code'), text: z.string() }),
  z.object({ kind: z.literal('link'), text: z.string(), href: z.string() }),
  z.object({
    kind: z.literal('mention'),
    externalId: z.string(),
    username: z.string().nullable(),
    name: z.string()
  })
])

/** What a note says, before it becomes a tool's markup (`model/richText.ts`). */
export const NoteText = z
  .array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('paragraph'), inlines: z.array(Inline) }),
      z.object({ kind: z.literal('list'), items: z.array(z.array(Inline)) })
    ])
  )
  .meta({ id: 'NoteText' })
