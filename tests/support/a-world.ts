import { outcomesOf, type Recorder } from '@atlas/testing/check'
import { createPushKey, type Deployment, introduce, push } from '@atlas/testing/deployment'
import { createWorld, type World } from '@atlas/testing/world'

const PUSHED = ['openalex', 'crossref', 'hal'] as const

/** A small made-up world: its people are known, its records are pushed, and everything has settled. */
export async function feedSmallWorld(
  deployment: Deployment,
  size: { readonly seed: string; readonly researchers: number; readonly publications: number },
  recorder?: Recorder,
): Promise<{ readonly world: World; readonly profileIds: readonly string[] }> {
  const world = createWorld({ seed: size.seed, researchers: size.researchers, strangers: size.researchers })
  const profileIds = await introduce(deployment, world.profiles())
  const records = [...world.records(0, size.publications)]
  const key = await createPushKey(deployment, PUSHED)
  for (const source of PUSHED) {
    const lines = records.filter((record) => record.source === source).map(({ line }) => line)
    const answer = await push(deployment, key, source, lines)
    recorder?.pushed(`source ${source}`, source, lines, outcomesOf(lines, answer))
  }
  await deployment.settled()
  return { world, profileIds }
}
