import type { Database } from '@atlas/runtime'
import { type Digest, type DigestObject, digestOfObjects } from './digest.ts'

/** The two databases whose content the digest is about, as their app roles see them. */
export interface DigestDatabases {
  readonly matcher: Database
  readonly verifier: Database
}

/**
 * Live works, live candidates and standing of a deployment that has settled: what any order, any redelivery and any
 * crash must leave the same. Redirects, withdrawn claims, revisions and the number of acts are not part of it.
 */
export async function digestOf(databases: DigestDatabases): Promise<Digest> {
  const [works, candidates, standing] = await Promise.all([
    readWorks(databases.matcher),
    readCandidates(databases.matcher),
    readStanding(databases.verifier),
  ])
  return digestOfObjects([...works, ...candidates, ...standing])
}

interface WorkContent {
  readonly [field: string]: unknown
  readonly members: readonly { readonly recordId: string; readonly role: string }[]
  readonly slots: readonly {
    readonly [field: string]: unknown
    readonly slotId: string
    readonly mentions: readonly { readonly key: string }[]
  }[]
}

async function readWorks(matcher: Database): Promise<readonly DigestObject[]> {
  const { rows } = await matcher.query<{ work_id: string; content: WorkContent; additions: object }>(
    "select work_id, content, additions from works where state = 'live'",
  )
  return rows.map(({ work_id: id, content, additions }) => ({
    kind: 'work',
    id,
    text: workText({ ...content, ...additions }),
  }))
}

const CANONICAL = [
  'title',
  'type',
  'published',
  'language',
  'venue',
  'doi',
  'identifiers',
  'subjects',
  'retracted',
  'openAccess',
  'openAccessLocations',
  'licence',
  'funders',
  'referenceCount',
  'references',
  'citedByCount',
  'citedBy',
  'enrichments',
  'saysRetracted',
  'flags',
] as const

function workText({ members, slots, ...canonical }: WorkContent): string {
  return JSON.stringify([
    members.map(({ recordId, role }) => `${recordId} ${role}`).sort(),
    CANONICAL.map((field) => canonical[field] ?? null),
    slots.map(({ slotId, position, name, orcid, mentions }) => [
      slotId,
      position,
      name,
      orcid,
      mentions.map(({ key }) => key).sort(),
    ]),
  ])
}

async function readCandidates(matcher: Database): Promise<readonly DigestObject[]> {
  const { rows } = await matcher.query<{ id: string; slot: string; profile: string; work: string; score: number }>(
    `select candidate_id as id, slot_id as slot, profile_id as profile, work_id as work, score
       from candidates where not withdrawn`,
  )
  return rows.map(({ id, slot, profile, work, score }) => ({
    kind: 'candidate',
    id,
    text: JSON.stringify([slot, profile, work, score.toFixed(4)]),
  }))
}

/** How profiles stand on slots, named by the mentions that are in the slot now, not by ids that depend on what came first. */
async function readStanding(verifier: Database): Promise<readonly DigestObject[]> {
  const { rows } = await verifier.query<{
    profile: string
    slot: string
    mentions: string[]
    status: string
    flags: string[]
  }>(
    `select q.profile_id as profile, q.slot_id as slot, q.status, q.flags,
            coalesce((select array_agg(distinct m.entry_key::text order by m.entry_key::text) from slot_mentions m
                       join works w using (work_id)
                      where m.slot_id = q.slot_id and w.state = 'live'), '{}') as mentions
       from questions q where q.status not in ('expired', 'merged')`,
  )
  return rows.map(({ profile, slot, mentions, status, flags }) => ({
    kind: 'standing',
    id: `${profile} on ${mentions[0] ?? `the former slot ${slot}`}`,
    text: JSON.stringify([status, flags, mentions]),
  }))
}
