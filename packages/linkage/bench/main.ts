import { labelledSets } from './labelled-sets.ts'
import { asysd, dblpAcm } from './works.ts'

// node --conditions=development packages/linkage/bench/main.ts
const folder = labelledSets(process.env['ATLAS_SHARED'])
if (folder === undefined) console.log('no labelled sets under ATLAS_SHARED: nothing to measure')
else {
  const { wrong, missed, ...pairs } = dblpAcm(folder)
  console.log('dblp-acm', { ...pairs, wrong: wrong.length, missed: missed.length })
  console.log('asysd-diabetes', asysd(folder))
}
