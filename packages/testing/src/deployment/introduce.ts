import type { WorldProfile } from '../world/index.ts'
import { createProfiles, type NewProfile } from './people.ts'
import type { Deployment } from './start-deployment.ts'

/** A researcher of a made-up world as profiles takes him. */
export function newProfileOf({ profileId, displayName, names, affiliations, orcid }: WorldProfile): NewProfile {
  const identities = orcid === undefined ? [] : [{ type: 'orcid', value: orcid, primary: true, method: 'imported' }]
  return { profileId, displayName, names, affiliations, identities }
}

/** Makes people of a made-up world known; returns their ids. */
export function introduce(deployment: Deployment, people: Iterable<WorldProfile>): Promise<readonly string[]> {
  return createProfiles(deployment, [...people].map(newProfileOf))
}
