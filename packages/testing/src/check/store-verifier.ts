import type { Queryable } from '@atlas/runtime'
import type { ActRow, AnswerRow, AuthorshipRow, Dumps, QuestionRow, Stored } from './dumps.ts'

/** The whole chain, in its order. */
export async function readActs(db: Queryable): Promise<readonly ActRow[]> {
  const { rows } = await db.query<ActRow>(
    `select chain_seq as "chainSeq", id, profile_id as "profileId", seq, question_ref as "questionRef",
            question_version as "questionVersion", kind, status_after as "statusAfter", flags_after as "flagsAfter",
            state_changing as "stateChanging", confidence, decided_at_ms as "decidedAtMs", actor,
            actor_role as "actorRole", on_behalf_of as "onBehalfOf", via, batch_id as "batchId", supersedes,
            command_key as "commandKey", candidate_revision as "candidateRevision", score,
            model_version as "modelVersion", threshold, reason, key_id as "keyId", encode(about, 'hex') as about,
            encode(private, 'hex') as private, client_key_id as "clientKeyId", encode(client, 'hex') as client,
            hash_version as "hashVersion", encode(prev_hash, 'hex') as "prevHash", encode(hash, 'hex') as hash
       from verification_acts order by chain_seq`,
  )
  return rows
}

export async function readChainHead(db: Queryable): Promise<Dumps['head']> {
  const { rows } = await db.query<Dumps['head']>(
    `select chain_seq as "chainSeq", encode(hash, 'hex') as hash from chain_head`,
  )
  return rows[0] ?? { chainSeq: -1, hash: 'there is no head' }
}

export async function readQuestions(db: Queryable): Promise<readonly QuestionRow[]> {
  const { rows } = await db.query<QuestionRow>(
    `select candidate_id as "candidateId", question_ref as "questionRef", slot_id as "slotId",
            profile_id as "profileId", status, version, flags, withdrawn,
            array(select distinct mention ->> 'recordId' from jsonb_array_elements(mentions) mention) as "recordIds"
       from questions`,
  )
  return rows
}

/** Where mentions are, by the works that live; which acts bear on them; and who no longer decides for himself. */
export async function readPlaces(
  db: Queryable,
): Promise<Pick<Dumps, 'actMentions' | 'slotMentions' | 'inactiveProfiles'>> {
  const [actMentions, slotMentions, inactive] = await Promise.all([
    db.query<Dumps['actMentions'][number]>('select act_id as "actId", mention_key as "mentionKey" from act_mentions'),
    db.query<Dumps['slotMentions'][number]>(
      `select m.slot_id as "slotId", m.mention_key as "mentionKey", m.entry_key as "entryKey"
         from slot_mentions m join works w using (work_id) where w.state = 'live'`,
    ),
    db.query<{ id: string }>("select profile_id as id from profiles where state <> 'active'"),
  ])
  return {
    actMentions: actMentions.rows,
    slotMentions: slotMentions.rows,
    inactiveProfiles: inactive.rows.map(({ id }) => id),
  }
}

export async function readAuthorships(db: Queryable): Promise<readonly AuthorshipRow[]> {
  const { rows } = await db.query<AuthorshipRow>(
    'select authorship_id as "authorshipId", state, act_id as "actId" from authorships',
  )
  return rows
}

export async function readAnswers(db: Queryable): Promise<readonly AnswerRow[]> {
  const { rows } = await db.query<AnswerRow>(
    `select principal, key, status, response ->> 'actId' as "actId" from idempotency_keys`,
  )
  return rows
}

/** What the verifier keeps of the snapshots it reads. */
export async function readStoredByVerifier(db: Queryable): Promise<readonly (Stored & { readonly group: string })[]> {
  const { rows } = await db.query<Stored & { readonly group: string }>(
    `select 'verifier.works.v1' as group, 'works' as topic, work_id as "objectId", revision from works
     union all
     select 'verifier.candidates.v1', 'candidates', candidate_id, revision from questions
     union all
     select 'verifier.profiles.v1', 'profiles', profile_id, revision from profiles`,
  )
  return rows
}
