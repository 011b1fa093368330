import { describe, expect, it } from 'vitest'
import { faultsOf } from './topic-check.ts'

const topic = {
  topic: 't',
  partitions: 4,
  replication: 3,
  compression: 'producer',
  cleanupPolicy: 'delete',
  maxMessageBytes: 1,
}

describe('the settings of a topic', () => {
  it.each([
    [{}, []],
    [{ partitions: 8 }, ['partition_count_changed']],
    [{ compression: 'lz4' }, ['codec_unsupported']],
    [{ compression: 'snappy' }, ['codec_unsupported']],
    [{ compression: 'zstd' }, []],
    [{ cleanupPolicy: 'compact' }, ['cleanup_policy_changed']],
    [{ partitions: 8, compression: 'lz4' }, ['partition_count_changed', 'codec_unsupported']],
  ])('%j: %j', (changes, names) => {
    expect(faultsOf({ ...topic, ...changes }, 4).map(({ name }) => name)).toEqual(names)
  })
})
