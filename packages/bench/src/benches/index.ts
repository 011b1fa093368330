import type { Bench } from '../bench.ts'
import { bulkMode } from './bulk.ts'
import { fullModel } from './full-model.ts'
import { refusedKeys } from './h23-keys.ts'
import { latency } from './latency.ts'
import { landing } from './p02-landing.ts'
import { gigabyte, pushBesideImport } from './p03-push.ts'
import { importAgain } from './p04-again.ts'
import { produce } from './p05-produce.ts'
import { consume } from './p06-consume.ts'
import { loop } from './p07-loop.ts'
import { codec } from './p08-codec.ts'
import { matcherAgainstSql } from './p11-matcher.ts'
import { nameKernel } from './p11b-names.ts'
import { blocks } from './p12-blocks.ts'
import { workers } from './p13-workers.ts'
import { memory } from './p14-memory.ts'
import { outboxDrain } from './p19-outbox.ts'
import { smallWorkLookup, workLookup } from './p21-works.ts'
import { growth } from './p22-growth.ts'
import { largeMatcherGrowth, matcherGrowth } from './p22-matcher.ts'
import { idle } from './p24-idle.ts'
import { cpuARecord } from './p25-cpu.ts'
import { largeImport, smallImport } from './p26-import.ts'
import { smallWorksGrowth, worksGrowth } from './works-growth.ts'
import { largeWorks } from './works-large.ts'
import { worksYardstick } from './works-yardstick.ts'

/** Everything that is measured, in the order in which it is run. */
export const BENCHES: readonly Bench[] = [
  landing,
  pushBesideImport,
  importAgain,
  produce,
  consume,
  loop,
  codec,
  matcherAgainstSql,
  nameKernel,
  blocks,
  fullModel,
  workers,
  memory,
  outboxDrain,
  smallWorkLookup,
  workLookup,
  smallWorksGrowth,
  worksGrowth,
  largeWorks,
  worksYardstick,
  growth,
  matcherGrowth,
  largeMatcherGrowth,
  idle,
  cpuARecord,
  smallImport,
  largeImport,
  bulkMode,
  gigabyte,
  refusedKeys,
  latency,
]
