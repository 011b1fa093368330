import type { KnownSchema } from './known-schemas.ts'

/** What an id in a message turned out to be. */
export type Resolution =
  | { readonly type: 'schema'; readonly entry: KnownSchema }
  | { readonly type: 'unsupported'; readonly schemaType: string }
  | { readonly type: 'unknown' }
