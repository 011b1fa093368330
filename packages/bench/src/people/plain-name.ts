import { foldText } from '@atlas/identifiers'
import type { MadeName } from './names.ts'

/** Given names, then the family name, folded: as a kernel compares them. */
export function plainName({ family, given }: MadeName): string {
  return foldText([...given, family].join(' '))
}
