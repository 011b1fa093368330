import type { Proposal } from '../engine/port.ts'
import { FieldError, type Fields, fieldsOf, inside, listOf, optionalText, textOf } from '../neutral/fields.ts'
import { readLines } from '../neutral/lines.ts'
import { pairOf, slotRefOf } from '../neutral/record.ts'
import type { AuthorMatch } from './authors.ts'
import type { PairMatch } from './pairs.ts'

/** Lines as `matchAuthors` makes them, whoever wrote them. */
export function readAuthorMatches(file: string): Promise<readonly AuthorMatch[]> {
  return readLines(file, (fields): AuthorMatch => {
    const proposals = listOf(fields, 'proposals', proposalOf)
    const worse = proposals.findIndex(({ p }, at) => p > (proposals[at - 1]?.p ?? 1))
    if (worse > 0) throw new FieldError(`"proposals[${worse}]" is better than the one before it`)
    const accepted = optionalText(fields, 'accepted')
    if (accepted !== null && accepted !== proposals[0]?.profile)
      throw new FieldError(`"accepted" is "${accepted}", which is not the first proposal`)
    return { ...slotRefOf(fields), accepted, proposals }
  })
}

export function readPairMatches(file: string): Promise<readonly PairMatch[]> {
  return readLines(file, (fields): PairMatch => {
    const { same } = fields
    if (typeof same !== 'boolean') throw new FieldError('"same" is neither true nor false')
    return { ...pairOf(fields), p: probabilityOf(fields), same }
  })
}

function proposalOf(value: unknown, what: string): Proposal {
  const fields = fieldsOf(value, what)
  return inside(what, () => ({ profile: textOf(fields, 'profile'), p: probabilityOf(fields) }))
}

function probabilityOf({ p }: Fields): number {
  if (typeof p !== 'number' || !(p >= 0 && p <= 1)) throw new FieldError('"p" is not a probability')
  return p
}
