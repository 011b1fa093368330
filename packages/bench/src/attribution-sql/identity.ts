import { type Fragment, levelNo } from './fragment.ts'
import { rankOf } from './given-names.ts'
import { FIT_LEVEL } from './name-fit.ts'
import { mayBeOnePerson } from './name-levels.ts'

const orcid = (level: Parameters<typeof levelNo<'orcid'>>[1]) => levelNo('orcid', level)
const authorId = (level: Parameters<typeof levelNo<'author_id'>>[1]) => levelNo('author_id', level)
const decision = (level: Parameters<typeof levelNo<'decision'>>[1]) => levelNo('decision', level)

/** An iD, in full only under a name the person may bear. */
export const ORCID: Fragment = {
  levels: {
    orcid: `case
      when len(s.orcids) = 0 or len(p.orcids) = 0 then null
      when not list_has_any(s.orcids, p.orcids)
        then case when len(p.proved_orcids) > 0 then ${orcid('different')} else ${orcid('different_claimed')} end
      when not (${mayBeOnePerson(FIT_LEVEL)}) then
        case when ${FIT_LEVEL} = ${rankOf('family_changed')} then ${orcid('exact_name_changed')}
        else ${orcid('name_conflict')} end
      when len(s.orcids) > 1 then ${orcid('exact_disputed')}
      when list_has_any(s.orcids, p.proved_orcids) then ${orcid('exact')}
      else ${orcid('claimed')} end`,
  },
}

/** Ids of authors, and addresses. */
export const AUTHOR_ID: Fragment = {
  levels: {
    author_id: `case
      when len(s.ids) = 0 then null
      when list_has_any(s.ids, p.ids_not_mine) then ${authorId('not_mine')}
      when list_has_any(s.ids, p.ids_mine) then ${authorId('mine')}
      when list_has_any(s.ids, p.ids_partly_mine) then ${authorId('partly_mine')}
      when list_has_any(s.ids, p.confirmed_ids) then ${authorId('confirmed')}
      when list_has_any(s.schemes, p.schemes) then ${authorId('other_id')} end`,
  },
}

export const EMAIL: Fragment = {
  levels: { email: `case when list_has_any(s.emails, p.emails) then ${levelNo('email', 'equal')} end` },
}

const LIKE = `(${resembles('confirmed')})`
const UNLIKE = `(${resembles('rejected')} or list_has_any(s.beside, p.others_coauthors))`

/** What was said of the same mention; else of what resembles it. */
export const DECISION: Fragment = {
  levels: {
    decision: `case
      when list_has_any(s.mentions, p.confirmed_mentions) then ${decision('confirmed_same')}
      when list_has_any(s.mentions, p.rejected_mentions) then ${decision('rejected_same')}
      when list_contains(p.works, s.work) then ${decision('elsewhere')}
      when ${LIKE} = ${UNLIKE} then null
      when ${LIKE} then ${decision('confirmed_similar')}
      else ${decision('rejected_similar')} end`,
  },
}

function resembles(decided: 'confirmed' | 'rejected'): string {
  return `list_has_any(s.ids, p.${decided}_ids)
    or list_has_any(s.rors, p.${decided}_rors) and list_has_any(s.name_keys, p.${decided}_names)`
}
