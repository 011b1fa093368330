import { existsSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { orcidProfilesIn } from '@atlas/testing'
import { createProfiles, type Deployment, runImport } from '@atlas/testing/deployment'
import type { Story } from './story.ts'

/** Imports real record files, the top folder naming the source; people come from ORCID records if there are any. */
export async function feedRecords(deployment: Deployment, folder: string, story: Story): Promise<readonly string[]> {
  const root = resolve(folder)
  if (!existsSync(root)) throw new Error(`there is no folder "${folder}"`)
  const people = join(root, 'orcid', 'v2-json')
  const made = existsSync(people) ? await orcidProfilesIn(people) : []
  const profileIds = await createProfiles(
    deployment,
    made.map(({ profile }) => profile),
  )
  story.say(`${profileIds.length} people introduced by their ORCID records`)

  story.chapter('Record files are imported')
  let totals: Readonly<Record<string, number>> = {}
  const reasons = new Map<string, number>()
  const { exitCode, stderr } = await runImport({
    env: deployment.env('ingest'),
    args: [root],
    onEvent(event) {
      if (event.event === 'progress')
        story.progress(`${relative(root, String(event['name'] ?? ''))}: ${JSON.stringify(event['counts'])}`)
      if (event.event === 'file' && event['state'] === 'skipped') count(reasons, `file skipped: ${event['code']}`)
      if (event.event === 'file' && event['state'] === 'failed') count(reasons, `file failed: ${event['code']}`)
      if (event.event === 'refused') {
        const [error] = event['errors'] as readonly { readonly code: string }[]
        count(reasons, `refused: ${error?.code} in ${relative(root, String(event['file']))}`)
      }
      if (event.event === 'done') totals = event['counts'] as Record<string, number>
    },
  })
  if (![0, 3, 5].includes(exitCode)) throw new Error(`the import ended with ${exitCode}: ${stderr}`)
  story.say(
    `records: ${Object.entries(totals)
      .map(([outcome, n]) => `${n} ${outcome}`)
      .join(', ')}`,
  )
  for (const [reason, n] of reasons) story.say(`  ${n} × ${reason}`)
  return profileIds
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
