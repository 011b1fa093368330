import type { Database, Principal } from '@atlas/runtime'
import type { Cursors } from '../cursor.ts'
import type { Owner } from '../owners.ts'
import type { Session, Sessions } from '../session.ts'

/** What the routes work with. */
export interface RouteParts {
  readonly database: Database
  readonly sessions: Sessions
  readonly cursors: Cursors
  readonly verifier: Owner
  readonly profiles: Owner
  readonly matcher: Owner
  /** Profiles of those who may rule on works. */
  readonly curators: ReadonlySet<string>
}

/** For whom a command is done: the person who is signed in. */
export function principalOf({ profileId }: Session): Principal {
  return { actor: profileId, onBehalfOf: null, roles: ['researcher'] }
}

/** A page of rows that were read one further than it is long, and where the next one begins. */
export function pageFrom<Row>(
  rows: readonly Row[],
  perPage: number,
  next: (last: Row) => string,
): { readonly rows: readonly Row[]; readonly next: string | null } {
  const shown = rows.slice(0, perPage)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > perPage && last !== undefined ? next(last) : null }
}
