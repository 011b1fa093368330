import { writeFileSync } from 'node:fs'
import { TOPIC_NAMES } from '../topics.ts'
import { formatGolden, GOLDEN_FOLDER } from './golden-file.ts'
import { nextGolden } from './next-golden.ts'

// Adds a file for each schema that has changed since its newest golden file; none is ever written twice.
for (const topic of TOPIC_NAMES) {
  const golden = nextGolden(topic)
  if (golden === undefined) continue
  const name = `${topic}.v${golden.version}.json`
  writeFileSync(new URL(name, GOLDEN_FOLDER), formatGolden(golden), { flag: 'wx' })
  console.log(`golden/${name}`)
}
