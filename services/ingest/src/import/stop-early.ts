import type { Counts, PreparedLine } from '../arriving.ts'

/** An import that is given up: what is committed stays. */
export class ImportStopped extends Error {
  override readonly name = 'ImportStopped'
  readonly code: 'source_mismatch' | 'too_many_bad_lines'
  constructor(code: ImportStopped['code'], detail: string) {
    super(detail)
    this.code = code
  }
}

const LOOKED_AT = 100
/** Fewer may all be bad by chance. */
const ENOUGH = 10
const MAX_REFUSED = 1_000

/** Throws where the adapter finds no id in the first 100 records: then they are another source's. */
export function assertSource(source: string, lines: readonly PreparedLine[]): void {
  const first = lines.slice(0, LOOKED_AT)
  const withoutId = first.filter(
    (line) => line.type === 'refused' && line.sourceId === undefined && NO_ID.has(line.errors[0]?.code ?? ''),
  )
  if (first.length < ENOUGH || withoutId.length < first.length) return
  throw new ImportStopped('source_mismatch', `none of the first ${first.length} records has an id of ${source}`)
}

const NO_ID: ReadonlySet<string> = new Set(['missing_field', 'invalid_field', 'invalid_enum'])

/** Throws after the chunk in which the thousandth record was refused. */
export function assertWorthwhile(before: Counts, after: Counts): void {
  if (after.refused < MAX_REFUSED || after.refused === before.refused) return
  throw new ImportStopped('too_many_bad_lines', `${after.refused} records were refused: is this the right source?`)
}
