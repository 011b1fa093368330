import type { Model } from '@atlas/linkage'
import type { Queryable } from '@atlas/runtime'

/** Remembers a model the first time it is used: a score is only comparable with others of its version. */
export async function saveModel(db: Queryable, model: Model): Promise<void> {
  await db.query('insert into models (model_version, parameters) values ($1, $2) on conflict do nothing', [
    model.version,
    JSON.stringify(model),
  ])
}
