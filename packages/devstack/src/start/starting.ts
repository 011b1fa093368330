import type { Guard } from '../guard.ts'
import type { StackOptions } from '../options.ts'
import type { PartProcess } from '../part-process.ts'
import type { Prerequisites } from '../plain/prerequisites.mjs'

/** What the starters of the parts share. */
export interface Starting {
  readonly options: Required<Omit<StackOptions, 'parts' | 'secured'>> & Pick<StackOptions, 'secured'>
  readonly guard: Guard
  readonly programs: Prerequisites
  readonly logsDir: string
  /** Every process begun, in order of starting, so that a failed start can end them too. */
  readonly begun: PartProcess[]
  /** Folders outside `dataDir` that end with a throw-away stack. */
  readonly elsewhere: string[]
}
