import type { AttributionModel } from './model.ts'
import shipped from './model-1.json' with { type: 'json' }

/** The model that is shipped; `atlas train` made the file, and says in it from what. */
export const ATTRIBUTION_1: AttributionModel = shipped
