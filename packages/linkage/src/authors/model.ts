/** Everything a score depends on besides the pair: plain data, frozen under its version. */
export interface Model {
  readonly version: string
  readonly thresholds: { readonly publish: number }
}

export const MODEL_1: Model = { version: 'linkage/1', thresholds: { publish: 0.5 } }
