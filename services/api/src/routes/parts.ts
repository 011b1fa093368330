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
}

/** For whom a command is done: the person who is signed in. */
export function principalOf(session: Session): Principal {
  return { actor: session.profileId, onBehalfOf: null, roles: session.roles }
}
