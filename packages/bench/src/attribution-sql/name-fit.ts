import { NAME_LEVELS, type NameLevel } from '@atlas/linkage'
import { type Fragment, levelNo, steps } from './fragment.ts'
import { rankOf } from './given-names.ts'
import { withNameLevels } from './name-levels.ts'

const NAME_EDGES = [-9, -7, -5, -3, -1.5, 0, 1.5]
const FAMILY_EDGES = [-9, -7, -5]

const isWhole = (level: string) => `${level} in (${rankOf('exact')}, ${rankOf('compatible')})`
const isPartly = (level: string) => `${level} in (${rankOf('similar')}, ${rankOf('initials')})`

// Level and rarity of a pair of forms in one number, the best the least: of equal levels the rarer form counts.
const RARITIES = 8
const SCORE = `level * ${RARITIES} + ${RARITIES - 1}
  - case when ${isWhole('level')} then ${steps('a_bits', NAME_EDGES)} else ${steps('a_family_bits', FAMILY_EDGES)} end`
const NO_FORM = rankOf('other') * RARITIES + RARITIES - 1

/** The level of the best pair of forms, 0 for the best. */
export const FIT_LEVEL = `(coalesce(fit.score, ${NO_FORM}) // ${RARITIES})`

/** The best pair of forms of two people's names. */
export const NAME_FIT: Fragment = {
  gathered: {
    name: 'fit',
    sql: `select pair, min(${SCORE}) as score from (${withNameLevels(
      'select * from pairs join slot_names using (slot) join profile_names using (profile)',
    )}) group by pair`,
  },
  levels: { name: `case ${FIT_LEVEL} ${NAME_LEVELS.map(asComparison).join(' ')} end` },
}

/** `fitting` and `rarity`: of the whole name where all of it agrees, else of the family name. */
export const FIT_COLUMNS = `
  case when ${isWhole(FIT_LEVEL)} then 2 when ${isPartly(FIT_LEVEL)} then 1 else 0 end as fitting,
  case when ${isWhole(FIT_LEVEL)} or ${isPartly(FIT_LEVEL)} then ${RARITIES - 1} - fit.score % ${RARITIES}
    else ${steps('s.rarest_family', FAMILY_EDGES)} end as rarity`

function asComparison(level: NameLevel, rank: number): string {
  return `when ${rank} then ${levelNo('name', level)}`
}
