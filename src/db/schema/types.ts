/** Column types that every room uses. */
import { customType, timestamp } from 'drizzle-orm/pg-core'

/** An instant, read as PostgreSQL writes it; see `db/database.ts`. */
export const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'string' })

export const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })
