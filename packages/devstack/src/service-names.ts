/** The databases of the pipeline. `keys` belongs to the verifier and is apart so that a backup of one is not one of both. */
export const DATABASES = ['ingest', 'matcher', 'verifier', 'profiles', 'api', 'keys'] as const
