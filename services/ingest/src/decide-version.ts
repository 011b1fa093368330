/** When a version was true, by the three clocks there are. Milliseconds since 1970. */
export interface Times {
  /** The source's own update stamp, inside the bytes. */
  readonly stamp: number | null
  /** When the sender fetched it, where he said so. */
  readonly fetchedAt: number | null
  readonly receivedAt: number
}

/** What of a version's content can matter to others. */
export interface Substance {
  readonly identity: string
  readonly bibliographic: string
  readonly volatile: string
  readonly deleted: boolean
  readonly suppressed: boolean
}

/** A record as it is stored: its current version, and what was last published of it. */
export interface Standing {
  /** Versions kept, stale ones included: they are numbered densely. */
  readonly rawVersions: number
  readonly current: Times & { readonly checksum: string }
  /** Published snapshots; 0 when there was none yet. */
  readonly version: number
  readonly published: Substance | undefined
  /** When it was published; null where nothing was, or where that is not known. */
  readonly publishedAt: number | null
  /** Not before this time the current version is to be published for what is volatile in it; null: it differs in nothing. */
  readonly volatileDueAt: number | null
}

/** Bytes that arrived for a record. */
export interface Arrival extends Times {
  readonly checksum: string
  /** A deletion has no content of its own: the rest stays what was last known. */
  readonly content: Omit<Substance, 'deleted'> | 'deletion'
  /** These bytes were kept before, as current or as stale. */
  readonly keptBefore: boolean
}

/** How a kept version differs from what was published when it came. */
export type VersionClass =
  | 'first'
  | 'identity'
  | 'bibliographic'
  | 'volatile'
  | 'cosmetic'
  | 'deleted'
  | 'restored'
  | 'suppression'
  | 'stale'

export type Decision =
  | { readonly outcome: 'duplicate' }
  | { readonly outcome: 'stale'; readonly rawVersion: number; readonly versionClass: 'stale' }
  | {
      readonly outcome: 'stored' | 'updated'
      readonly rawVersion: number
      readonly versionClass: VersionClass
      /** The number of the snapshot to publish; undefined: nothing that matters changed, or not yet. */
      readonly publish: number | undefined
      /** See `Standing`. */
      readonly volatileDueAt: number | null
    }

/**
 * Says what becomes of bytes that arrived. The current version's time never goes back, the same bytes are never kept
 * twice in a row, and nothing is published unless what others can see of the record changed; for what is volatile in it
 * no sooner than `volatileMs` after the record's last publication.
 */
export function decideVersion(standing: Standing | undefined, arrival: Arrival, volatileMs: number): Decision {
  if (standing === undefined) return kept('stored', 1, undefined, arrival, volatileMs)
  if (arrival.checksum === standing.current.checksum) return { outcome: 'duplicate' }
  if (arrival.keptBefore && !returnsLater(arrival, standing.current)) return { outcome: 'duplicate' }
  const rawVersion = standing.rawVersions + 1
  if (isOlder(arrival, standing.current)) return { outcome: 'stale', rawVersion, versionClass: 'stale' }
  return kept('updated', rawVersion, standing, arrival, volatileMs)
}

/** The time by which fetches are ordered: receipt, where the sender did not say. */
export function fetchedAtOf({ fetchedAt, receivedAt }: Times): number {
  return fetchedAt ?? receivedAt
}

/** Bytes seen before are a new version only when a sender says that he fetched them later, and the bytes say nothing. */
export function returnsLater(arrival: Times, current: Times): boolean {
  return arrival.stamp === null && arrival.fetchedAt !== null && arrival.fetchedAt > fetchedAtOf(current)
}

function isOlder(arrival: Times, current: Times): boolean {
  if (arrival.stamp !== null && current.stamp !== null && arrival.stamp !== current.stamp)
    return arrival.stamp < current.stamp
  // Where the sender does not say, or says the same, receipt decides: what arrives now was received last.
  return arrival.fetchedAt !== null && arrival.fetchedAt < fetchedAtOf(current)
}

function kept(
  outcome: 'stored' | 'updated',
  rawVersion: number,
  standing: Standing | undefined,
  arrival: Arrival,
  volatileMs: number,
): Decision {
  const { content } = arrival
  const published = standing?.published
  const versionClass = classOfChange(published, content)
  const silent = { outcome, rawVersion, versionClass, publish: undefined, volatileDueAt: null }
  if (versionClass === 'cosmetic' || (content === 'deletion' && published === undefined)) return silent
  const volatileDueAt = versionClass === 'volatile' && standing ? publishedAtOf(standing) + volatileMs : null
  if (volatileDueAt !== null && arrival.receivedAt < volatileDueAt) return { ...silent, volatileDueAt }
  return { ...silent, publish: (standing?.version ?? 0) + 1 }
}

/** Where it is not known: it was not after the current version came. */
function publishedAtOf({ publishedAt, current }: Standing): number {
  return publishedAt ?? current.receivedAt
}

function classOfChange(published: Substance | undefined, content: Arrival['content']): VersionClass {
  if (content === 'deletion') return published?.deleted ? 'cosmetic' : 'deleted'
  if (published === undefined) return 'first'
  if (published.identity !== content.identity) return 'identity'
  if (published.bibliographic !== content.bibliographic) return 'bibliographic'
  if (published.deleted) return 'restored'
  if (published.suppressed !== content.suppressed) return 'suppression'
  return published.volatile === content.volatile ? 'cosmetic' : 'volatile'
}
