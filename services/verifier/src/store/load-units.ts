import { type Queryable, readAsJson } from '@atlas/runtime'
import type { ActMention } from '@atlas/schemas'
import type { ProfileSettings } from '../automatic.ts'
import type { Answer } from '../fold.ts'
import type { Entry, LoadedUnit, Place, Question, StoredAuthorship } from '../question.ts'
import type { Decision, Flag, Status } from '../vocabulary.ts'

// A mention is where the live work with the highest revision says it is.
const LOCATED = `
located as (
  select distinct on (m.mention_key) m.work_id, m.slot_id
    from slot_mentions m join works w using (work_id)
   where m.mention_key = any($1::uuid[])
   order by m.mention_key, w.revision desc)`

/**
 * The slots that these mentions are in now, with every question and act that bears on them. The questions stay locked
 * until the transaction ends, and what is returned was read under those locks.
 */
export async function lockUnits(tx: Queryable, seeds: readonly string[]): Promise<readonly LoadedUnit[]> {
  const locked = new Set<string>()
  for (;;) {
    for (const id of await lockQuestions(tx, seeds)) locked.add(id)
    const places = await loadPlaces(tx, seeds)
    const keys = [...new Set([...seeds, ...places.flatMap(({ keys }) => [...keys.keys()])])]
    const questions = await loadQuestions(tx, keys)
    // A slot that grew between the two statements brings questions that are not locked yet.
    if (questions.every(({ candidateId }) => locked.has(candidateId))) return assemble(tx, places, questions)
  }
}

/** Where to look for a question, and whose it is. */
export async function findSlotOf(
  db: Queryable,
  candidateId: string,
): Promise<{ readonly slotId: string; readonly profileId: string } | undefined> {
  const { rows } = await db.query<{ slot_id: string; profile_id: string }>(
    'select slot_id, profile_id from questions where candidate_id = $1',
    [candidateId],
  )
  return rows[0] && { slotId: rows[0].slot_id, profileId: rows[0].profile_id }
}

/** In id order, in one statement: commands and consumers cannot deadlock with each other. */
async function lockQuestions(tx: Queryable, seeds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await tx.query<{ candidate_id: string }>(
    `with ${LOCATED}
     select q.candidate_id from questions q
      where q.slot_id = any($1::uuid[])
         or q.slot_id in (select m.mention_key from located l join slot_mentions m using (work_id, slot_id))
      order by q.candidate_id for update`,
    [seeds],
    'lock-questions',
  )
  return rows.map((row) => row.candidate_id)
}

interface LoadedPlace {
  readonly place: Place
  readonly collective: boolean
  readonly ambiguous: boolean
  readonly suspicious: boolean
  /** From keys and earlier keys to entries. */
  readonly keys: ReadonlyMap<string, string>
}

interface PlaceRow {
  readonly work_id: string
  readonly slot_id: string
  readonly slot_position: number
  readonly collective: boolean
  readonly corresponding: boolean
  readonly ambiguous: boolean
  readonly suspicious: boolean
  readonly title: string | null
  readonly year: number | null
  readonly type: string
  readonly doi: string | null
  readonly revision: number
  readonly mentions: readonly {
    readonly mention_key: string
    readonly entry_key: string
    readonly record_id: string
    readonly version: number
    readonly position: number
    readonly name: string
    readonly source: string | null
  }[]
}

async function loadPlaces(db: Queryable, seeds: readonly string[]): Promise<readonly LoadedPlace[]> {
  const rows = await readAsJson<PlaceRow>(
    db,
    `with ${LOCATED}
     select s.work_id, s.slot_id, s.position as slot_position, s.collective, s.corresponding, s.ambiguous,
            w.suspicious, w.title, w.year, w.type, w.doi, w.revision,
            json_agg(json_build_object('mention_key', m.mention_key, 'entry_key', m.entry_key, 'record_id', m.record_id,
              'version', m.version, 'position', m.position, 'name', m.name, 'source', w.sources ->> m.record_id::text)
              order by m.record_id, m.mention_key) as mentions
       from (select distinct work_id, slot_id from located) l
       join slots s using (work_id, slot_id) join works w using (work_id) join slot_mentions m using (work_id, slot_id)
      where not exists (
        select from slot_mentions o join works other on other.work_id = o.work_id
         where o.mention_key = m.mention_key and other.revision > w.revision)
      group by s.work_id, s.slot_id, w.work_id`,
    [seeds],
    'load-places',
  )
  return rows.map(toPlace)
}

function toPlace(row: PlaceRow): LoadedPlace {
  const entries = row.mentions
    .filter((mention) => mention.mention_key === mention.entry_key)
    .map(
      (mention): Entry => ({
        recordId: mention.record_id,
        version: mention.version,
        position: mention.position,
        key: mention.entry_key,
        name: mention.name,
        source: mention.source ?? 'unknown',
      }),
    )
  const { title, year, type, doi, collective, ambiguous, suspicious, corresponding } = row
  return {
    place: {
      workId: row.work_id,
      workRevision: row.revision,
      slotId: row.slot_id,
      position: row.slot_position,
      corresponding,
      entries,
      title,
      year,
      type,
      doi,
    },
    collective,
    ambiguous,
    suspicious,
    keys: new Map(row.mentions.map((mention) => [mention.mention_key, mention.entry_key])),
  }
}

async function assemble(
  db: Queryable,
  places: readonly LoadedPlace[],
  questions: readonly Question[],
): Promise<readonly LoadedUnit[]> {
  const placeOfKey = new Map(places.flatMap((loaded) => [...loaded.keys.keys()].map((key) => [key, loaded] as const)))
  const groups = Map.groupBy(questions, ({ slotId }) => placeOfKey.get(slotId) ?? slotId)
  const units = [...groups].map(([where, questions]) => {
    const loaded = typeof where === 'string' ? undefined : where
    const entryOf = loaded?.keys ?? new Map(questions.flatMap(keysOf).map((key) => [key, key]))
    return { loaded, questions, entryOf, seed: questions[0]?.slotId ?? '' }
  })
  const answers = await loadAnswers(db, [...new Set(units.flatMap(({ entryOf }) => [...entryOf.keys()]))])
  const profiles = await profilesOf(db, questions, answers)
  return units.map(({ loaded, questions, entryOf, seed }) => ({
    seed,
    place: loaded?.place,
    slot: loaded && {
      slotId: loaded.place.slotId,
      collective: loaded.collective,
      ambiguous: loaded.ambiguous,
      suspicious: loaded.suspicious,
    },
    entryOf,
    questions,
    answers: answers.filter(({ mentionKeys }) => mentionKeys.some((key) => entryOf.has(key))),
    profiles,
  }))
}

function keysOf({ slotId, mentions }: Question): readonly string[] {
  return [slotId, ...mentions.map(({ key }) => key)]
}

/** The acts of persons about these mentions. */
async function loadAnswers(db: Queryable, keys: readonly string[]): Promise<readonly Answer[]> {
  const { rows } = await db.query<{
    id: string
    profile_id: string
    question_ref: string
    chain_seq: number
    kind: Decision
    decided_at_ms: number
    score: number | null
    mention_keys: string[]
  }>(
    `select a.id, a.profile_id, a.question_ref, a.chain_seq, a.kind, a.decided_at_ms, a.score, array_agg(m.mention_key::text) as mention_keys
       from act_mentions m join verification_acts a on a.id = m.act_id
      where m.mention_key = any($1::uuid[]) group by a.chain_seq`,
    [keys],
    'load-answers',
  )
  return rows.map((row) => ({
    actId: row.id,
    profileId: row.profile_id,
    questionRef: row.question_ref,
    chainSeq: row.chain_seq,
    decision: row.kind,
    decidedAtMs: row.decided_at_ms,
    score: row.score,
    mentionKeys: row.mention_keys,
  }))
}

async function profilesOf(
  db: Queryable,
  questions: readonly Question[],
  answers: readonly Answer[],
): Promise<ReadonlyMap<string, ProfileSettings>> {
  const known = new Map(questions.map(({ profileId, settings }) => [profileId, settings]))
  // Somebody may have answered about these mentions elsewhere, and have no question here.
  const others = [...new Set(answers.map(({ profileId }) => profileId))].filter((profileId) => !known.has(profileId))
  if (others.length === 0) return known
  const { rows } = await db.query<{ profile_id: string; active: boolean }>(
    `select profile_id, state = 'active' as active from profiles where profile_id = any($1::uuid[])`,
    [others],
  )
  for (const { profile_id, active } of rows)
    known.set(profile_id, { active, autoConfirmThreshold: null, autoRejectThreshold: null })
  return known
}

interface QuestionRow {
  readonly candidate_id: string
  readonly question_ref: string
  readonly profile_id: string
  readonly slot_id: string
  readonly work_id: string
  readonly kind: string
  readonly revision: number
  readonly first_revision: number
  readonly slot_position: number
  readonly collective: boolean
  readonly title: string | null
  readonly year: number | null
  readonly score: number
  readonly model_version: string
  readonly evidence: string
  readonly evidence_items: string[]
  readonly mentions: ActMention[]
  readonly withdrawn: boolean
  readonly caused_by: string[]
  readonly status: Status
  readonly version: number
  readonly flags: Flag[]
  readonly last_act: string | null
  readonly last_decided_at_ms: number
  readonly decided_evidence: string | null
  readonly decided_withdrawn: boolean
  readonly active: boolean
  readonly auto_confirm_threshold: number | null
  readonly auto_reject_threshold: number | null
  readonly authorship: StoredAuthorship | null
}

async function loadQuestions(db: Queryable, slotIds: readonly string[]): Promise<readonly Question[]> {
  const rows = await readAsJson<QuestionRow>(
    db,
    `select q.candidate_id, q.question_ref, q.profile_id, q.slot_id, q.work_id, q.kind, q.revision, q.first_revision,
            q.slot_position, q.collective, q.title, q.year, q.score, q.model_version, q.evidence, q.evidence_items,
            q.mentions, q.withdrawn, q.caused_by, q.status, q.version, q.flags, q.last_act, q.last_decided_at_ms,
            q.decided_evidence, q.decided_withdrawn,
            coalesce(p.state = 'active', true) as active, p.auto_confirm_threshold, p.auto_reject_threshold,
            case when a.authorship_id is not null then json_build_object('state', a.state, 'workId', a.work_id,
              'slotId', a.slot_id, 'status', a.status, 'actId', a.act_id, 'questionVersion', a.question_version,
              'verifiedAtMs', a.verified_at_ms, 'score', a.score, 'workRevision', a.work_revision,
              'position', a.position, 'corresponding', a.corresponding, 'flags', a.flags, 'contributions', a.contributions,
              'title', a.title, 'year', a.year, 'type', a.type, 'doi', a.doi) end as authorship
       from questions q left join profiles p using (profile_id) left join authorships a on a.authorship_id = q.candidate_id
      where q.slot_id = any($1::uuid[]) order by q.candidate_id`,
    [slotIds],
    'load-questions',
  )
  return rows.map(toQuestion)
}

function toQuestion(row: QuestionRow): Question {
  return {
    candidateId: row.candidate_id,
    questionRef: row.question_ref,
    profileId: row.profile_id,
    slotId: row.slot_id,
    workId: row.work_id,
    kind: row.kind,
    revision: row.revision,
    firstRevision: row.first_revision,
    slotPosition: row.slot_position,
    collective: row.collective,
    title: row.title,
    year: row.year,
    score: row.score,
    modelVersion: row.model_version,
    evidence: row.evidence,
    evidenceItems: row.evidence_items,
    mentions: row.mentions,
    withdrawn: row.withdrawn,
    causedBy: row.caused_by,
    status: row.status,
    version: row.version,
    flags: row.flags,
    lastAct: row.last_act,
    lastDecidedAtMs: row.last_decided_at_ms,
    decidedEvidence: row.decided_evidence,
    decidedWithdrawn: row.decided_withdrawn,
    settings: {
      active: row.active,
      autoConfirmThreshold: row.auto_confirm_threshold,
      autoRejectThreshold: row.auto_reject_threshold,
    },
    authorship: row.authorship,
  }
}
