import { learnFrequencies } from './frequencies.ts'
import type { AttributionModel } from './model.ts'
import shipped from './model-2.json' with { type: 'json' }

/** The model that is shipped; `atlas train` made the file, and says in it from what. */
export const ATTRIBUTION_2: AttributionModel = shipped

/** How often words and venues are met, frozen with the model: nothing depends on what has arrived so far. */
export const SHIPPED_FREQUENCIES = learnFrequencies([], ATTRIBUTION_2.frequencies)
