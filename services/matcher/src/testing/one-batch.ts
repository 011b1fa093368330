import { lastOf, type World } from './a-history.ts'
import type { Matcher } from './a-matcher.ts'
import { saidOfPairs } from './said-of-pairs.ts'

/** What a matcher says of a world that reaches it whole, in its last state: what every other arrival must end in. */
export async function inOneBatch(matcher: Matcher, world: World) {
  const { records, profiles, acts } = lastOf(world)
  await matcher.clear()
  await matcher.profiles(...profiles)
  await matcher.records(...records)
  await matcher.acts(...acts)
  await matcher.settle()
  return { said: await saidOfPairs(matcher.database), digest: await matcher.digest() }
}
