import { type FetchedRecord, type FindCodec, isBatches, readRecords } from './kafka-records.ts'

/** What a fetch brought of one partition, as the library knows it; numbers of 64 bits are texts. */
export interface FetchedPartition extends Head {
  readonly highWatermark: string
  readonly lastStableOffset: string
  readonly lastStartOffset: string
  readonly abortedTransactions: readonly { readonly producerId: string; readonly firstOffset: string }[]
  readonly messages: readonly FetchedRecord[]
}

interface Head {
  readonly partition: number
  readonly errorCode: number
  /** −1: none. */
  readonly preferredReadReplica: number
}

/** A whole answer, as the library knows it. */
export interface Fetched {
  readonly throttleTime: number
  readonly clientSideThrottleTime: number
  readonly errorCode: number
  readonly sessionId: number
  readonly responses: readonly { readonly topicName: string | null; readonly partitions: readonly FetchedPartition[] }[]
}

/** Reads records of a format before 2; the bytes begin with their size. */
export type ReadOld = (bytes: Buffer) => Promise<readonly FetchedRecord[]>

// Below it not even the byte that tells the format is there.
const SMALLEST_SET = 17

/**
 * Reads an answer to a fetch (Fetch, version 11). A partition that brought nothing, and of which nothing else is told, is
 * left out: of 24 that are read as they are written most are such, and the library makes a batch and a heartbeat of each.
 */
export async function readFetched(bytes: Buffer, findCodec: FindCodec, readOld: ReadOld): Promise<Fetched> {
  const cursor = new Cursor(bytes)
  const clientSideThrottleTime = cursor.int32()
  const errorCode = cursor.int16()
  const sessionId = cursor.int32()
  const responses = []
  for (let topics = cursor.int32(); topics > 0; topics--) {
    const topicName = cursor.text()
    const partitions: FetchedPartition[] = []
    for (let left = cursor.int32(); left > 0; left--) {
      const head = new Cursor(bytes, cursor.at)
      const told = skipHead(cursor)
      const set = cursor.sized()
      const messages = set ? await readSet(set, findCodec, readOld) : []
      if (messages.length > 0 || told.errorCode !== 0 || told.preferredReadReplica !== -1)
        partitions.push({ ...told, ...readHead(head), messages })
    }
    responses.push({ topicName, partitions })
  }
  // The broker throttles nobody by itself: it asks the client to.
  return { throttleTime: 0, clientSideThrottleTime, errorCode, sessionId, responses }
}

async function readSet(set: Buffer, findCodec: FindCodec, readOld: ReadOld): Promise<readonly FetchedRecord[]> {
  const batches = set.subarray(4)
  if (batches.length < SMALLEST_SET) return []
  return isBatches(batches) ? readRecords(batches, findCodec) : readOld(set)
}

function skipHead(cursor: Cursor): Head {
  const partition = cursor.int32()
  const errorCode = cursor.int16()
  cursor.at += 3 * 8
  const aborted = cursor.int32()
  cursor.at += 2 * 8 * Math.max(0, aborted)
  return { partition, errorCode, preferredReadReplica: cursor.int32() }
}

function readHead(cursor: Cursor): Omit<FetchedPartition, 'messages' | keyof Head> {
  cursor.at += 4 + 2
  const highWatermark = cursor.int64()
  const lastStableOffset = cursor.int64()
  const lastStartOffset = cursor.int64()
  const abortedTransactions = []
  for (let left = cursor.int32(); left > 0; left--)
    abortedTransactions.push({ producerId: cursor.int64(), firstOffset: cursor.int64() })
  return { highWatermark, lastStableOffset, lastStartOffset, abortedTransactions }
}

class Cursor {
  at: number
  readonly #bytes: Buffer

  constructor(bytes: Buffer, at = 0) {
    this.#bytes = bytes
    this.at = at
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.#move(2))
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#move(4))
  }

  int64(): string {
    return this.#bytes.readBigInt64BE(this.#move(8)).toString()
  }

  text(): string | null {
    const length = this.int16()
    if (length < 0) return null
    const from = this.#move(length)
    return this.#bytes.toString('utf8', from, from + length)
  }

  /** Bytes with the four of their size before them; undefined when there are none. */
  sized(): Buffer | undefined {
    const from = this.at
    const length = this.int32()
    if (length <= 0) return undefined
    this.#move(length)
    return this.#bytes.subarray(from, this.at)
  }

  #move(bytes: number): number {
    const from = this.at
    this.at += bytes
    return from
  }
}
