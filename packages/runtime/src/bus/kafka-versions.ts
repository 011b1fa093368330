/** The versions of each API that a broker speaks, by API key. */
export type BrokerVersions = Readonly<Record<number, { readonly minVersion: number; readonly maxVersion: number }>>

/** What we use, and the versions kafkajs 2.2.4 implements. It ignores a broker's minimum, so we do not. */
export const CLIENT_VERSIONS: readonly {
  readonly key: number
  readonly api: string
  readonly min: number
  readonly max: number
}[] = [
  { key: 0, api: 'Produce', min: 0, max: 7 },
  { key: 1, api: 'Fetch', min: 0, max: 11 },
  { key: 2, api: 'ListOffsets', min: 0, max: 3 },
  { key: 3, api: 'Metadata', min: 0, max: 6 },
  { key: 8, api: 'OffsetCommit', min: 0, max: 5 },
  { key: 9, api: 'OffsetFetch', min: 1, max: 4 },
  { key: 10, api: 'FindCoordinator', min: 0, max: 2 },
  { key: 11, api: 'JoinGroup', min: 0, max: 5 },
  { key: 12, api: 'Heartbeat', min: 0, max: 3 },
  { key: 13, api: 'LeaveGroup', min: 0, max: 3 },
  { key: 14, api: 'SyncGroup', min: 0, max: 3 },
  { key: 18, api: 'ApiVersions', min: 0, max: 2 },
  { key: 32, api: 'DescribeConfigs', min: 0, max: 2 },
]

/** One line for each API the broker and this client have no version of in common. */
export function incompatibilities(broker: BrokerVersions): readonly string[] {
  return CLIENT_VERSIONS.flatMap(({ key, api, min, max }) => {
    const spoken = broker[key]
    if (!spoken) return [`broker does not speak ${api}, this client needs ${min}–${max}`]
    const { minVersion, maxVersion } = spoken
    if (minVersion <= max && maxVersion >= min) return []
    return [`broker speaks ${api} ${minVersion}–${maxVersion}, this client speaks ${min}–${max}`]
  })
}
