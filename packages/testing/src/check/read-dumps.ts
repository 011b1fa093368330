import type { Bus, Clock, Database } from '@atlas/runtime'
import { type Codec, TOPIC_NAMES } from '@atlas/schemas'
import type { Access, Dumps, Samples, ServiceName } from './dumps.ts'
import { readLog } from './read-log.ts'
import { readPositions } from './read-positions.ts'
import { type OwnedDatabase, readActsOpenTo, readConnectRights, readWeakTriggers } from './store-access.ts'
import { readContents, readRows, readShownQuestions, readStoredByApi } from './store-api.ts'
import { readApplied, readFacts, readOwned, readQuarantine, readReferences } from './store-delivery.ts'
import { readHeads, readRawRecords } from './store-ingest.ts'
import { readCandidates, readRecordStates, readRulings, readStoredByMatcher } from './store-matcher.ts'
import {
  readActs,
  readAnswers,
  readAuthorships,
  readChainHead,
  readPlaces,
  readQuestions,
  readStoredByVerifier,
} from './store-verifier.ts'

export const SERVICES: readonly ServiceName[] = ['ingest', 'profiles', 'matcher', 'verifier', 'api']

export interface Parts {
  readonly open: Readonly<Record<ServiceName, Database>>
  readonly bus: Bus
  readonly topicPrefix: string
  readonly codec: Codec
  readonly clock: Clock
  readonly databases: readonly OwnedDatabase[]
  readonly samples: Samples
  /** A read model made anew, beside that of the api. */
  readonly rebuilt: Database | undefined
  readonly onProgress: (line: string) => void
}

/** Everything the invariants are about, read once. Right only when nothing is under way. */
export async function readDumps(parts: Parts): Promise<Dumps> {
  const { open, onProgress } = parts
  const all = <T>(read: (db: Database, service: ServiceName) => Promise<readonly T[]>) =>
    Promise.all(SERVICES.map((service) => read(open[service], service))).then((lists) => lists.flat())
  const logs = []
  for (const topic of TOPIC_NAMES) {
    onProgress(`reading the log of ${topic}`)
    logs.push(await readLog(parts, topic))
  }
  onProgress('reading what ingest keeps')
  const records = { rawRecords: await readRawRecords(open.ingest), heads: await readHeads(open.ingest) }
  onProgress('reading outboxes, positions and quarantine')
  const delivery = {
    references: await all(readReferences),
    facts: await all(readFacts),
    owned: await all(readOwned),
    applied: await all(readApplied),
    progress: await readPositions(parts),
    samples: parts.samples,
    quarantine: await all(readQuarantine),
  }
  onProgress('reading candidates, questions and acts')
  const { matcher, verifier, api } = open
  return {
    ...records,
    ...delivery,
    ...(await readPlaces(verifier)),
    log: logs.flatMap(({ messages }) => messages),
    ends: logs.flatMap(({ ends }) => ends),
    stored: (
      await Promise.all([readStoredByMatcher(matcher), readStoredByVerifier(verifier), readStoredByApi(api)])
    ).flat(),
    recordStates: await readRecordStates(matcher),
    ...(await readRulings(matcher)),
    candidates: await readCandidates(matcher),
    questions: await readQuestions(verifier),
    acts: await readActs(verifier),
    head: await readChainHead(verifier),
    authorships: await readAuthorships(verifier),
    answers: await readAnswers(verifier),
    readModel: {
      questions: await readShownQuestions(api),
      contents: await readContents(api),
      told: logs.flatMap(({ told }) => told),
      rebuilt: parts.rebuilt && { shown: await readRows(api), anew: await readRows(parts.rebuilt) },
    },
    access: await readAccess(parts),
  }
}

async function readAccess({ open, databases }: Parts): Promise<Access> {
  const [tried, actsOpenTo, ofActs, ofRecords, ofRulings] = await Promise.all([
    readConnectRights(open.verifier, databases),
    readActsOpenTo(open.verifier),
    readWeakTriggers(open.verifier, ['verification_acts']),
    readWeakTriggers(open.ingest, ['raw_records', 'raw_blocks']),
    readWeakTriggers(open.matcher, ['work_rulings']),
  ])
  return { tried, actsOpenTo, weakTriggers: [...ofActs, ...ofRecords, ...ofRulings] }
}
