import type { AttributionModel } from '@atlas/linkage'
import type { Queryable } from '@atlas/runtime'

/**
 * Remembers a model the first time it is used, and says whether this was it: a score is only comparable with others of its
 * version.
 */
export async function saveModel(db: Queryable, model: AttributionModel): Promise<boolean> {
  const { rowCount } = await db.query(
    'insert into models (model_version, parameters) values ($1, $2) on conflict do nothing',
    [model.version, JSON.stringify(model)],
  )
  return rowCount > 0
}
