import type { KeyObject } from 'node:crypto'
import { type CommandVerifier, type Database, Problem, quoted } from '@atlas/runtime'
import { Router } from 'express'
import { idOf } from './routes-decisions.ts'
import { actMessage } from './seal-act.ts'
import { settleUnit } from './settle-unit.ts'
import { listActs, listActsOf, readHead } from './store/acts.ts'
import { DIGEST_ENTITIES, type DigestEntity, digestOf } from './store/digest.ts'
import { findQuestionView, listQuestionsOfWork } from './store/explain.ts'
import { lockUnits } from './store/load-units.ts'
import { findAuthorships } from './store/read-authorships.ts'
import type { SubjectKeys } from './store/subject-keys.ts'
import { countWaiting } from './store/to-settle.ts'
import { verifyChain } from './verify-chain.ts'

export interface InternalParts {
  readonly database: Database
  readonly keys: SubjectKeys
  readonly verifier: CommandVerifier
  readonly checkpointDir: string
  readonly publicKey: KeyObject
}

/** For the other services' checks and for operators; the ingress routes nothing of it. */
export function internalRoutes({ database, keys, verifier, checkpointDir, publicKey }: InternalParts): Router {
  let running: ReturnType<typeof verifyChain> | undefined
  return Router()
    .use('/internal', (request, _response, next) => {
      verifier.verifyService(request.headers)
      next()
    })
    .get('/internal/acts', async (request, response) => {
      const after = numberOf(request.query['after'], 0)
      const acts = await listActs(database, after, Math.min(Math.max(numberOf(request.query['limit'], 500), 1), 1_000))
      response.json({ acts: acts.map(shown), next: acts.at(-1)?.chainSeq ?? null })
    })
    .get('/internal/head', async (_request, response) => {
      const { chainSeq, hash } = await readHead(database)
      response.json({ chainSeq, hash: hash.toString('hex') })
    })
    .get('/internal/audit/verify', async (_request, response) => {
      // However many ask, one runs, and they share its result.
      running ??= verifyChain({ database, checkpointDir, publicKey }).finally(() => {
        running = undefined
      })
      response.json(await running)
    })
    .get('/internal/backlog', async (_request, response) => {
      response.json({ toSettle: await countWaiting(database) })
    })
    .get('/internal/digest', async (request, response) => {
      response.json(await digestOf(database, entityOf(request.query['entity'])))
    })
    .get('/internal/explain/work/:workId', async (request, response) => {
      response.json({ questions: await listQuestionsOfWork(database, idOf(request.params.workId)) })
    })
    .get('/internal/explain/candidate/:candidateId', async (request, response) => {
      response.json(await explain(database, keys, idOf(request.params.candidateId)))
    })
}

/** The path of one question: what was claimed, where its slot is, how it stands and by which acts. */
async function explain(database: Database, keys: SubjectKeys, candidateId: string): Promise<unknown> {
  const question = await findQuestionView(database, candidateId)
  if (!question) throw new Problem(404, 'not_found', 'there is no such question')
  const acts = await listActsOf(database, question.questionRef)
  const subjectKeys = await keys.find(acts.map(({ keyId }) => keyId))
  const [unit] = await database.transaction((tx) => lockUnits(tx, [question.slotId]))
  const stands = unit && settleUnit(unit).find((settled) => settled.question.candidateId === candidateId)
  return {
    question,
    place: unit?.place ?? null,
    stands: stands && {
      status: stands.status,
      flags: stands.flags,
      decision: stands.standing.decision ?? null,
      byAct: stands.standing.act?.actId ?? null,
    },
    others: unit?.questions
      .filter((other) => other.candidateId !== candidateId)
      .map(({ candidateId, status }) => ({ candidateId, status })),
    authorship: (await findAuthorships(database, [candidateId]))[0] ?? null,
    acts: acts.map((act) => ({ ...shown(act), about: actMessage(act, subjectKeys).about })),
  }
}

/** Bytes as hex; what is sealed stays out. */
function shown<
  T extends {
    readonly prevHash: Buffer
    readonly hash: Buffer
    readonly about: Buffer
    readonly private: Buffer | null
    readonly client: Buffer | null
  },
>(act: T) {
  const { about: _about, private: _private, client: _client, prevHash, hash, ...clear } = act
  return { ...clear, prevHash: prevHash.toString('hex'), hash: hash.toString('hex') }
}

function numberOf(value: unknown, fallback: number): number {
  if (value === undefined) return fallback
  const number = Number(value)
  if (typeof value === 'string' && Number.isSafeInteger(number) && number >= 0) return number
  throw new Problem(400, 'invalid_parameter', `${quoted(value)} is not a whole number`)
}

function entityOf(value: unknown): DigestEntity {
  const entity = DIGEST_ENTITIES.find((candidate) => candidate === value)
  if (entity) return entity
  throw new Problem(400, 'invalid_enum', `entity is one of ${DIGEST_ENTITIES.join(', ')}`)
}
