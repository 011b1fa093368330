import type { Queryable } from '@atlas/runtime'
import type { ChainedAct } from '../chain.ts'
import type { SealedAct } from '../seal-act.ts'

/** What an acknowledged act can be held against. */
export interface Receipt {
  readonly actId: string
  readonly chainSeq: number
  readonly hash: string
}

/** Which mentions the answers are about; before the acts themselves, whose append is the last statement. */
export async function saveActMentions(db: Queryable, acts: readonly SealedAct[]): Promise<void> {
  const rows = acts.flatMap(({ act, mentionKeys }) =>
    mentionKeys.map((key) => ({ key, actId: act.id, profileId: act.profileId })),
  )
  if (rows.length === 0) return
  await db.query(
    `insert into act_mentions (mention_key, act_id, profile_id) select * from unnest($1::uuid[], $2::uuid[], $3::uuid[])`,
    [rows.map((row) => row.key), rows.map((row) => row.actId), rows.map((row) => row.profileId)],
  )
}

/** Appends to the chain, in this order, with the messages that tell of it. Must be the transaction's last statement. */
export async function appendActs(db: Queryable, acts: readonly SealedAct[]): Promise<readonly Receipt[]> {
  if (acts.length === 0) return []
  const { rows } = await db.query<{ id: string; chain_seq: number; hash: Buffer }>(
    'select id, chain_seq, hash from append_acts($1)',
    [JSON.stringify(acts.map(toRow))],
    'append-acts',
  )
  return rows.map(({ id, chain_seq, hash }) => ({ actId: id, chainSeq: chain_seq, hash: hash.toString('hex') }))
}

function toRow({ act, wire, partition, causedBy }: SealedAct): Record<string, unknown> {
  return {
    id: act.id,
    profile_id: act.profileId,
    question_ref: act.questionRef,
    question_version: act.questionVersion,
    kind: act.kind,
    status_after: act.statusAfter,
    flags_after: act.flagsAfter,
    state_changing: act.stateChanging,
    confidence: act.confidence,
    decided_at_ms: act.decidedAtMs,
    actor: act.actor,
    actor_role: act.actorRole,
    on_behalf_of: act.onBehalfOf,
    via: act.via,
    batch_id: act.batchId,
    supersedes: act.supersedes,
    command_key: act.commandKey,
    candidate_revision: act.candidateRevision,
    score: act.score,
    model_version: act.modelVersion,
    threshold: act.threshold,
    reason: act.reason,
    key_id: act.keyId,
    about: `\\x${act.about.toString('hex')}`,
    private: act.private && `\\x${act.private.toString('hex')}`,
    client_key_id: act.clientKeyId,
    client: act.client && `\\x${act.client.toString('hex')}`,
    wire: wire.map((piece) => piece.toString('hex')),
    partition,
    caused_by: causedBy,
  }
}

/** The receipt of an act, whenever it is asked for. */
export async function findReceipt(db: Queryable, actId: string): Promise<Receipt | undefined> {
  const { rows } = await db.query<{ chain_seq: number; hash: Buffer }>(
    'select chain_seq, hash from verification_acts where id = $1',
    [actId],
  )
  return rows[0] && { actId, chainSeq: rows[0].chain_seq, hash: rows[0].hash.toString('hex') }
}

interface ActRow {
  readonly chain_seq: number
  readonly id: string
  readonly profile_id: string
  readonly seq: number
  readonly question_ref: string
  readonly question_version: number
  readonly kind: string
  readonly status_after: string
  readonly flags_after: string[]
  readonly state_changing: boolean
  readonly confidence: string | null
  readonly decided_at_ms: number
  readonly actor: string
  readonly actor_role: string | null
  readonly on_behalf_of: string | null
  readonly via: string
  readonly batch_id: string | null
  readonly supersedes: string | null
  readonly command_key: string | null
  readonly candidate_revision: number | null
  readonly score: number | null
  readonly model_version: string | null
  readonly threshold: number | null
  readonly reason: string | null
  readonly key_id: string
  readonly about: Buffer
  readonly private: Buffer | null
  readonly client_key_id: string | null
  readonly client: Buffer | null
  readonly hash_version: number
  readonly prev_hash: Buffer
  readonly hash: Buffer
}

const COLUMNS = `chain_seq, id, profile_id, seq, question_ref, question_version, kind, status_after, flags_after,
  state_changing, confidence, decided_at_ms, actor, actor_role, on_behalf_of, via, batch_id, supersedes, command_key,
  candidate_revision, score, model_version, threshold, reason, key_id, about, private, client_key_id, client, hash_version, prev_hash, hash`

/** The next acts of the chain. */
export async function listActs(db: Queryable, afterChainSeq: number, limit: number): Promise<readonly ChainedAct[]> {
  const { rows } = await db.query<ActRow>(
    `select ${COLUMNS} from verification_acts where chain_seq > $1 order by chain_seq limit $2`,
    [afterChainSeq, limit],
  )
  return rows.map(toAct)
}

/** The acts of one question, oldest first. */
export async function listActsOf(db: Queryable, questionRef: string): Promise<readonly ChainedAct[]> {
  const { rows } = await db.query<ActRow>(
    `select ${COLUMNS} from verification_acts where question_ref = $1 order by chain_seq`,
    [questionRef],
  )
  return rows.map(toAct)
}

function toAct(row: ActRow): ChainedAct {
  return {
    chainSeq: row.chain_seq,
    id: row.id,
    profileId: row.profile_id,
    seq: row.seq,
    questionRef: row.question_ref,
    questionVersion: row.question_version,
    kind: row.kind,
    statusAfter: row.status_after,
    flagsAfter: row.flags_after,
    stateChanging: row.state_changing,
    confidence: row.confidence,
    decidedAtMs: row.decided_at_ms,
    actor: row.actor,
    actorRole: row.actor_role,
    onBehalfOf: row.on_behalf_of,
    via: row.via,
    batchId: row.batch_id,
    supersedes: row.supersedes,
    commandKey: row.command_key,
    candidateRevision: row.candidate_revision,
    score: row.score,
    modelVersion: row.model_version,
    threshold: row.threshold,
    reason: row.reason,
    keyId: row.key_id,
    about: row.about,
    private: row.private,
    clientKeyId: row.client_key_id,
    client: row.client,
    hashVersion: row.hash_version,
    prevHash: row.prev_hash,
    hash: row.hash,
  }
}

export interface ChainHead {
  readonly chainSeq: number
  readonly hash: Buffer
}

export async function readHead(db: Queryable): Promise<ChainHead> {
  const { rows } = await db.query<{ chain_seq: number; hash: Buffer }>('select chain_seq, hash from chain_head')
  const head = rows[0]
  if (!head) throw new Error('the chain has no head row')
  return { chainSeq: head.chain_seq, hash: head.hash }
}
