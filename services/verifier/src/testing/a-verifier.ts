import { randomBytes, randomUUID } from 'node:crypto'
import { candidateIdOf } from '@atlas/identifiers'
import {
  createOutbox,
  type Database,
  type Failpoints,
  type Handler,
  noFailpoints,
  type Outcome,
  openDatabase,
  type Principal,
  systemClock,
  systemIds,
} from '@atlas/runtime'
import { type Candidate, type Profile, TOPICS, type Work } from '@atlas/schemas'
import { createMemoryCodec } from '@atlas/schemas/testing'
import { aDatabase, aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll } from 'vitest'
import { type Deciding, decideQuestion } from '../answer-question.ts'
import { handleCandidates } from '../handlers/candidates.ts'
import { handleProfiles } from '../handlers/profiles.ts'
import { handleWorks } from '../handlers/works.ts'
import type { DecisionBody } from '../requests.ts'
import { settleSome } from '../settle.ts'
import { subjectKeys } from '../store/subject-keys.ts'
import { aCandidate, aProfile, aWork, idOf } from './messages.ts'

export interface QuestionState {
  readonly status: string
  readonly version: number
  readonly flags: string[]
  readonly revision: number
}

/** The verifier on real databases of its own, without a broker: messages are handed to its handlers. */
export async function aVerifier(failpoints: Failpoints = noFailpoints) {
  const config = await aDatabaseConfig('verifier')
  const database = openDatabase({ ...config, poolMax: 40 }, quiet)
  afterAll(() => database.close())
  const keysDatabase = await aDatabase('keys')
  const masterKey = randomBytes(32)
  const keys = subjectKeys(keysDatabase, masterKey, { clock: systemClock, ids: systemIds })
  const codec = await createMemoryCodec()
  const deciding: Deciding = {
    database,
    outbox: createOutbox(TOPICS),
    keys,
    codec,
    clock: systemClock,
    ids: systemIds,
    failpoints,
  }

  async function settle(): Promise<void> {
    while (await settleSome(deciding));
  }
  async function receive<T>(handler: Handler<T>, values: readonly T[]): Promise<readonly Outcome[]> {
    const raw = { topic: '', partition: 0, offset: 0n, key: '', value: null, headers: new Map(), timestampMs: 0 }
    const outcomes = await database.transaction((tx) =>
      handler(
        tx,
        values.map((value) => ({ value, raw })),
      ),
    )
    return outcomes
  }
  async function question(profile: string, slot: string): Promise<QuestionState> {
    const { rows } = await database.query<QuestionState>(
      'select status, version, flags, revision from questions where candidate_id = $1',
      [candidateIdOf(idOf(slot), idOf(profile))],
    )
    if (!rows[0]) throw new Error(`no question of ${profile} about ${slot}`)
    return rows[0]
  }

  return {
    config,
    database,
    keysDatabase,
    masterKey,
    keys,
    codec,
    deciding,
    admin: (): Database => asAdmin(config),
    settle,
    works: async (...works: readonly Work[]) => receive(handleWorks, works),
    candidates: async (...candidates: readonly Candidate[]) => receive(handleCandidates(systemIds), candidates),
    profiles: async (...profiles: readonly Profile[]) => receive(handleProfiles, profiles),
    question,
    async authorships(): Promise<readonly { id: string; state: string; status: string; work: string }[]> {
      const { rows } = await database.query<{ id: string; state: string; status: string; work: string }>(
        'select authorship_id as id, state, status, work_id as work from authorships order by authorship_id',
      )
      return rows
    },
    async acts(): Promise<readonly { kind: string; status_after: string; question_version: number }[]> {
      const { rows } = await database.query<{ kind: string; status_after: string; question_version: number }>(
        'select kind, status_after, question_version from verification_acts order by chain_seq',
      )
      return rows
    },
    /** One work `w` with one slot `a`, and the question whether it is `p`. */
    async oneQuestion(): Promise<void> {
      await this.profiles(aProfile('p'))
      await this.works(aWork('w', ['a']))
      await this.candidates(aCandidate('p', 'w', 'a'))
      await settle()
    },
    /** Decides as the person himself, on what is there now unless told otherwise. */
    async decide(profile: string, slot: string, decision: DecisionBody['decision'], over: Partial<DecideOptions> = {}) {
      const now = await question(profile, slot)
      const { key = randomUUID(), principal = researcher(profile), byHeader = false, ...body } = over
      const version = over.version ?? now.version
      return decideQuestion(
        {
          candidateId: candidateIdOf(idOf(slot), idOf(profile)),
          principal,
          key,
          fingerprint: Buffer.from(`${slot}${decision}`),
          precondition: { version, byHeader },
          body: { confidence: null, notes: null, evidence: [], via: 'web', revision: now.revision, ...body, decision },
        },
        deciding,
      )
    },
  }
}

export type AVerifier = Awaited<ReturnType<typeof aVerifier>>

interface DecideOptions extends DecisionBody {
  readonly version: number
  readonly key: string
  readonly principal: Principal
  readonly byHeader: boolean
}

export function researcher(profile: string): Principal {
  return { actor: idOf(profile), onBehalfOf: null, roles: ['researcher'] }
}
