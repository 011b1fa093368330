import { readFile } from 'node:fs/promises'
import {
  type AttributionModel,
  COMPARISON_NAMES,
  COMPARISONS,
  NOBODY_FROM,
  RARITIES,
  RARITY_NAMES,
} from '@atlas/linkage'

/** A file of a model cannot be used; the message says why. */
export class BadModelError extends Error {
  override readonly name = 'BadModelError'
}

/** A model as `atlas train` writes it, checked: every level has a weight, and none weighs less than the one before it. */
export async function readModel(file: string): Promise<AttributionModel> {
  let model: AttributionModel
  try {
    model = JSON.parse(await readFile(file, 'utf8')) as AttributionModel
  } catch (cause) {
    throw new BadModelError(`"${file}" is no model: it cannot be read as JSON`, { cause })
  }
  const fault = faultOf(model)
  if (fault !== undefined) throw new BadModelError(`"${file}" is no model: ${fault}`)
  return model
}

/** A name stays a name; what ends in `.json` is read. */
export async function modelWanted(nameOrFile: string): Promise<string | AttributionModel> {
  return nameOrFile.endsWith('.json') ? readModel(nameOrFile) : nameOrFile
}

export function faultOf(model: AttributionModel): string | undefined {
  if (typeof model !== 'object' || model === null) return 'it is not an object'
  if (typeof model.version !== 'string' || model.version === '') return '"version" is missing'
  for (const field of ['prior', 'pairPrior', 'unproven', 'publish', 'threshold', 'pairThreshold'] as const)
    if (!Number.isFinite(model[field])) return `"${field}" is not a number`
  for (const of of RARITY_NAMES) {
    const weights = RARITIES[of].map((level) => model.rarity?.[of]?.[level] ?? Number.NaN)
    if (!isRising(weights, weights.length)) return `the weights of "rarity" of the ${of} do not rise`
  }
  if (!isRising(model.nobody ?? [], NOBODY_FROM.length)) return '"nobody" does not rise over its steps'
  for (const comparison of COMPARISON_NAMES) {
    const weights = COMPARISONS[comparison].map((level) => model.weights?.[comparison]?.[level] ?? Number.NaN)
    if (!isRising(weights, weights.length)) return `the weights of "${comparison}" do not rise over its levels`
  }
  return undefined
}

function isRising(weights: readonly number[], length: number): boolean {
  return (
    weights.length === length &&
    weights.every((weight, at) => Number.isFinite(weight) && weight >= (weights[at - 1] ?? Number.NEGATIVE_INFINITY))
  )
}

/** The file's text: readable, the same bytes for the same model. */
export function modelText(model: AttributionModel): string {
  return `${JSON.stringify(model, null, 2)}\n`
}
