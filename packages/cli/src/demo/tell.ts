import { asOperator, type Deployment, type Researcher, signIn } from '@atlas/testing/deployment'
import type { World } from '@atlas/testing/world'
import { answerQueue, isMine } from './answer.ts'
import type { DemoOptions } from './options.ts'
import type { Story } from './story.ts'
import { truthOf } from './truth.ts'

interface Proposal {
  readonly mentions: readonly { readonly recordId: string; readonly position: number }[]
}

/** How much of the truth was proposed, and how much of what was proposed is true. */
export async function tellMatching(
  deployment: Deployment,
  world: World,
  options: DemoOptions,
  story: Story,
): Promise<void> {
  const truth = truthOf(world, options.publications)
  const { rows } = await deployment.open.matcher.query<{ works: number; members: number }>(
    `select (select count(*)::int from works where state = 'live') as works,
            (select count(*)::int from work_members where to_revision is null) as members`,
  )
  story.say(`${rows[0]?.members} records describe ${rows[0]?.works} works; there are ${options.publications} in truth`)
  const found = new Set<string>()
  let right = 0
  let asked = 0
  for (const profile of world.profiles()) {
    const researcher = await signIn(deployment, profile.profileId)
    for (const question of await researcher.queue()) {
      const detail = await researcher.get<Proposal>(`/v1/candidates/${question.candidateId}`)
      asked++
      if (!isMine(detail, profile.profileId, truth)) continue
      right++
      for (const { recordId } of detail.mentions) found.add(`${truth.publicationOf(recordId)} ${profile.profileId}`)
    }
  }
  const hit = [...truth.authorships].filter((pair) => found.has(pair)).length
  story.say(`${asked} questions are asked; ${percent(right, asked)} of them are about the right person`)
  story.say(
    `${hit} of ${truth.authorships.size} true authorships are among them (${percent(hit, truth.authorships.size)})`,
  )
}

/** Researchers answer; every answer is kept, proved, and visible at once. */
export async function tellDecisions(
  deployment: Deployment,
  world: World,
  options: DemoOptions,
  story: Story,
): Promise<void> {
  const truth = truthOf(world, options.publications)
  let confirmed = 0
  let rejected = 0
  let example: { researcher: Researcher; name: string } | undefined
  for (const profile of [...world.profiles()].slice(0, options.deciders)) {
    const researcher = await signIn(deployment, profile.profileId)
    const answers = await answerQueue(researcher, truth)
    confirmed += answers.confirmed
    rejected += answers.rejected
    if (!example && answers.confirmed > 0) example = { researcher, name: profile.displayName }
    story.progress(`${confirmed + rejected} answers`)
  }
  story.say(
    `${options.deciders} researchers answered: ${confirmed} confirmed, ${rejected} rejected, each with a receipt`,
  )
  await deployment.settled(60_000)
  if (example) {
    const works = await example.researcher.get<{ items: { title: string; year: number }[] }>(
      '/v1/profile/works?perPage=3',
    )
    story.say(`${example.name} has now, among others:`)
    for (const work of works.items) story.say(`  ${work.year}  ${work.title}`)
  }
  const chain = await asOperator<{ acts: number; fault?: { detail: string } }>(
    deployment,
    'verifier',
    'GET',
    '/internal/audit/verify',
  )
  if (chain.fault) throw new Error(`the chain of acts does not verify: ${chain.fault.detail}`)
  story.say(`the chain of ${chain.acts} acts is intact`)
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`
}
