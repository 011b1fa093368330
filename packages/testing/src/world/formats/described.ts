/** Which description of a publication is meant. */
export interface Described {
  /** The source's own update stamp, ISO 8601. */
  readonly updated: string
  /** The preprint's record, not the article's. */
  readonly preprint: boolean
}
