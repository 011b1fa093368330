import { type Elsewhere, idsOf, type Later } from './ids.ts'
import { ARCHIVES } from './import/archives.ts'
import type { FileCase } from './import/file-case.ts'
import { FORMATS } from './import/formats.ts'
import { LINE_FILES } from './import/lines.ts'

export { PATHS } from './import/paths.ts'

/** Every number of the corpus about imports. */
export const IMPORT_IDS = idsOf('I', 82)

export const FILE_CASES: readonly FileCase[] = [...FORMATS, ...ARCHIVES, ...LINE_FILES]

const IMPORT = 'services/ingest/src/import'
const FILES = `${IMPORT}/import-files.int.test.ts`
const JOBS = `${IMPORT}/import-jobs.int.test.ts`
const MEMORY = 'tests/corpus/memory.int.test.ts'
const LARGE = 'tests/corpus/large.delivery.test.ts'

/** Those about time, uploads, several workers, or a process or disk that ends. */
export const IMPORT_ELSEWHERE: readonly Elsewhere[] = [
  { id: 'I07', in: [FILES] },
  { id: 'I08', in: [FILES] },
  { id: 'I09', in: [FILES, JOBS] },
  { id: 'I10', in: [FILES, JOBS] },
  { id: 'I11', in: [LARGE] },
  { id: 'I12', in: [FILES, MEMORY] },
  { id: 'I13', in: [JOBS] },
  { id: 'I14', in: [FILES, JOBS] },
  { id: 'I15', in: [FILES] },
  { id: 'I16', in: [FILES] },
  { id: 'I17', in: [FILES, JOBS] },
  { id: 'I21', in: [JOBS, MEMORY] },
  { id: 'I26', in: [MEMORY] },
  { id: 'I28', in: [MEMORY] },
  { id: 'I46', in: [MEMORY] },
  { id: 'I60', in: [MEMORY, LARGE] },
  { id: 'I65', in: [JOBS] },
  { id: 'I68', in: [JOBS] },
  { id: 'I69', in: [JOBS] },
  { id: 'I70', in: [JOBS] },
  { id: 'I71', in: [JOBS] },
  { id: 'I72', in: [JOBS] },
  { id: 'I73', in: [FILES, JOBS] },
  { id: 'I80', in: [JOBS] },
  { id: 'I82', in: [JOBS] },
]

const HARVEST = ['I55', 'I56', 'I57', 'I58', 'I59', 'I61', 'I74', 'I75', 'I76', 'I77', 'I78', 'I79', 'I81']

/** Fetching from the sources' own interfaces is not built yet. */
export const IMPORT_LATER: readonly Later[] = HARVEST.map((id) => ({ id, why: 'about harvesting, which is not built' }))
