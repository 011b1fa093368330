import type { VerdictStatus } from '../types.ts'

/** What an operator wants otherwise than a build ships it; plain data that a file or a store may keep as JSON. */
export interface RuleVariation {
  /** Part of the version that works made with it carry: `strict`. */
  readonly name: string
  /** Rules that never hold. */
  readonly disable: readonly string[]
  /** What a pair is when this rule is the first that holds. */
  readonly statuses: Readonly<Record<string, VerdictStatus>>
}

const STATUSES: readonly VerdictStatus[] = ['exact', 'strong', 'weak', 'ambiguous', 'different']
const KEYS = ['name', 'disable', 'statuses']
const NAME = /^[a-z0-9][a-z0-9-]{0,30}$/

/**
 * Reads `{"name":"strict","disable":["short-title-same-team"],"statuses":{"like-title-year":"ambiguous"}}`; throws a
 * RangeError that says what is wrong with it. Whether the rules exist is for `variedRules` to say.
 */
export function parseVariation(value: unknown): RuleVariation {
  if (!isObject(value)) throw new RangeError('a rule set is an object with name, disable and statuses')
  const other = Object.keys(value).find((key) => !KEYS.includes(key))
  if (other !== undefined) throw new RangeError(`a rule set has no "${other}"; it has ${KEYS.join(', ')}`)
  const { name, disable = [], statuses = {} } = value
  if (typeof name !== 'string' || !NAME.test(name))
    throw new RangeError(`the name ${JSON.stringify(name)} is not 1 to 31 small letters, digits and hyphens`)
  if (!Array.isArray(disable) || !disable.every((reason): reason is string => typeof reason === 'string'))
    throw new RangeError('"disable" is a list of rules')
  const given = isObject(statuses) ? Object.entries(statuses) : undefined
  if (given === undefined) throw new RangeError('"statuses" says a status for each of some rules')
  const checked = given.map(([reason, status]): readonly [string, VerdictStatus] => {
    const known = STATUSES.find((one) => one === status)
    if (known === undefined)
      throw new RangeError(`the status ${JSON.stringify(status)} of "${reason}" is none of ${STATUSES.join(', ')}`)
    return [reason, known]
  })
  if (disable.length === 0 && checked.length === 0) throw new RangeError('the rule set changes nothing')
  return { name, disable, statuses: Object.fromEntries(checked) }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
