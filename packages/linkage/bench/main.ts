import { join } from 'node:path'
import { MODEL_1 } from '../src/index.ts'
import { authorMatching } from './authors.ts'
import { kernels } from './kernel.ts'
import { type LabelledRecord, labelledSets, readLines, recordOf } from './labelled-sets.ts'
import { asysd, dblpAcm } from './works.ts'

// node --conditions=development packages/linkage/bench/main.ts
const folder = labelledSets(process.env['ATLAS_SHARED'])
if (folder === undefined) console.log('no labelled sets under ATLAS_SHARED: nothing to measure')
else {
  const { wrong, missed, ...pairs } = dblpAcm(folder)
  console.log('dblp-acm', { ...pairs, wrong: wrong.length, missed: missed.length })
  console.log('asysd-diabetes', asysd(folder))
  for (const set of ['acl', 'acl-collided']) console.log(set, authorMatching(join(folder, set), MODEL_1))
  const records = readLines<LabelledRecord>(join(folder, 'acl/records.jsonl.gz')).map(recordOf)
  console.log('kernels', kernels(records, 300_000))
}
