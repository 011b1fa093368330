import type { Principal } from '@atlas/runtime'

/** Roles in which one may decide for somebody else. */
const FOR_OTHERS = ['curator', 'proxy', 'admin'] as const

/** In which role a principal may decide a profile's questions; undefined: not at all. */
export function roleFor(principal: Principal, profileId: string): string | undefined {
  const { actor, onBehalfOf, roles } = principal
  if (onBehalfOf === null) return actor === profileId && roles.includes('researcher') ? 'researcher' : undefined
  if (onBehalfOf !== profileId) return undefined
  return FOR_OTHERS.find((role) => roles.includes(role))
}
