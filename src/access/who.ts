/** Who asks, what they may do, and which projects they see. What is not known to be theirs is not seen. */
import { ids, type Queryable, type SQL, sql } from '../db/database.ts'

/** From the least to the most. */
export const ROLES = ['member', 'manager', 'ops', 'owner'] as const
export type Role = (typeof ROLES)[number]

/**
 * see: look at what is theirs · steer: objectives, key results, reports · tend: accounts, boards, columns, rules, people ·
 * own: who comes in, and the data as a whole
 */
export type Right = 'see' | 'steer' | 'tend' | 'own'

const LEAST: Record<Right, Role> = { see: 'member', steer: 'manager', tend: 'ops', own: 'owner' }

export interface Who {
  /** Of a user; null for the command line of this machine. */
  id: string | null
  name: string
  email: string | null
  via: 'web' | 'key' | 'command line'
  role: Role
  /** A key that may only read. */
  readsOnly: boolean
  /** Hub ids of the projects they see; null: all of them. */
  projects: readonly string[] | null
}

/** Whoever can start programs on this machine with the hub's settings can read all of its data anyway. */
export const COMMAND_LINE: Who = {
  id: null,
  name: 'Command line',
  email: null,
  via: 'command line',
  role: 'owner',
  readsOnly: false,
  projects: null
}

export const isAtLeast = (role: Role, least: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(least)

export const may = ({ role }: Pick<Who, 'role'>, right: Right): boolean => isAtLeast(role, LEAST[right])

/** True of the rows of projects that they see. `project`: an expression of a hub id. */
export const seen = ({ projects }: Pick<Who, 'projects'>, project: SQL): SQL =>
  projects === null ? sql`true` : sql`${project} = any(${ids(projects)})`

/**
 * What a user sees: those who tend the hub everything; others what was given to them or to a team of theirs, and what
 * their own account in the tool is a member of.
 */
export async function projectsSeenBy(
  db: Queryable,
  { id, role, personId }: { id: string; role: Role; personId: string | null }
): Promise<string[] | null> {
  if (isAtLeast(role, 'ops')) return null
  const rows = await db.rows<{ id: string }>(sql`
    select project_id as id from user_projects where user_id = ${id}
    union
    select tp.project_id from team_projects tp join team_members tm on tm.team_id = tp.team_id where tm.user_id = ${id}
    union
    select p.id from identities i join projects p on p.tool = i.tool and substr(i.id, length(i.tool) + 2) = any(p.members)
    where i.person_id = ${personId} and p.lost_at is null`)
  return rows.map((row) => row.id)
}
