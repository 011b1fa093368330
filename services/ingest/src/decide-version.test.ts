import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Arrival, decideVersion, fetchedAtOf, type Standing, type VersionClass } from './decide-version.ts'

const substance = { identity: 'i1', bibliographic: 'b1', volatile: 'v1', suppressed: false }
const WEEK = 500

interface Sent {
  /** One letter is one content; 'X' deletes. */
  readonly bytes: string
  readonly stamp?: number
  readonly fetched?: number
}

/** Small letters differ from the capital one in nothing that matters; what is behind + is volatile. */
function contentOf(bytes: string): Arrival['content'] {
  if (bytes === 'X') return 'deletion'
  const letter = bytes[0]?.toUpperCase() ?? ''
  const [bibliographic = '', volatile = ''] = bytes.slice(1).split('+')
  return { identity: letter, bibliographic, volatile, suppressed: false }
}

/** What a store would do with the decisions. */
class Log {
  standing: Standing | undefined
  readonly kept = new Set<string>()
  readonly lines: string[] = []
  private clock = 1_000

  wait(ms: number): void {
    this.clock += ms
  }

  send({ bytes, stamp, fetched }: Sent): string {
    const arrival: Arrival = {
      checksum: bytes,
      stamp: stamp ?? null,
      fetchedAt: fetched ?? null,
      receivedAt: this.clock++,
      content: contentOf(bytes),
      keptBefore: this.kept.has(bytes),
    }
    const decision = decideVersion(this.standing, arrival, WEEK)
    this.lines.push(shown(decision))
    if (decision.outcome !== 'duplicate') {
      this.kept.add(bytes)
      this.standing = next(this.standing, arrival, decision)
    }
    return decision.outcome
  }

  current(): string {
    return this.standing?.current.checksum ?? ''
  }
}

type Decided = ReturnType<typeof decideVersion>

function shown(decision: Decided): string {
  if (decision.outcome === 'duplicate') return 'duplicate'
  if (decision.outcome === 'stale') return `stale ${decision.rawVersion}`
  const due = decision.volatileDueAt === null ? '' : ` until ${decision.volatileDueAt}`
  const published = decision.publish === undefined ? `silent${due}` : `v${decision.publish}`
  return `${decision.outcome} ${decision.rawVersion} ${decision.versionClass} ${published}`
}

function next(before: Standing | undefined, arrival: Arrival, decision: Exclude<Decided, { outcome: 'duplicate' }>) {
  if (decision.outcome === 'stale') return before && { ...before, rawVersions: decision.rawVersion }
  const { content } = arrival
  const published =
    content === 'deletion'
      ? before?.published && { ...before.published, deleted: true }
      : { ...content, deleted: false }
  return {
    rawVersions: decision.rawVersion,
    current: arrival,
    version: decision.publish ?? before?.version ?? 0,
    published: decision.publish === undefined ? before?.published : published,
    publishedAt: decision.publish === undefined ? (before?.publishedAt ?? null) : arrival.receivedAt,
    volatileDueAt: decision.volatileDueAt,
  } satisfies Standing
}

/** `A`, `A@5` (fetched), `A#3` (stamped), `A#3@5`. */
function parse(text: string): Sent {
  const match = /^([A-Za-z]\d*(?:\+\d)?)(?:#(\d+))?(?:@(\d+))?$/.exec(text)
  return {
    bytes: match?.[1] ?? '',
    ...(match?.[2] ? { stamp: Number(match[2]) } : {}),
    ...(match?.[3] ? { fetched: Number(match[3]) } : {}),
  }
}

describe('what arrives is', () => {
  it.each([
    // Letters are contents, # the stamp inside them, @ the fetch.
    { sent: 'A', decided: 'stored 1 first v1' },
    { sent: 'A A', decided: 'stored 1 first v1, duplicate' },
    { sent: 'A@1 A@9', decided: 'stored 1 first v1, duplicate' },
    { sent: 'A#5 B#6', decided: 'stored 1 first v1, updated 2 identity v2' },
    { sent: 'A#5 B#4', decided: 'stored 1 first v1, stale 2' },
    { sent: 'A#5@1 B#4@9', decided: 'stored 1 first v1, stale 2' }, // the stamp says more than the fetch
    { sent: 'A#5@9 B#5@1', decided: 'stored 1 first v1, stale 2' }, // equal stamps: the fetch
    { sent: 'A#5@1 B#5@9', decided: 'stored 1 first v1, updated 2 identity v2' },
    { sent: 'A#5@9 B@1', decided: 'stored 1 first v1, stale 2' }, // no stamp on one side: the fetch
    { sent: 'A@9 B@1', decided: 'stored 1 first v1, stale 2' },
    { sent: 'A@1 B@9', decided: 'stored 1 first v1, updated 2 identity v2' },
    { sent: 'A@5 B@5', decided: 'stored 1 first v1, updated 2 identity v2' }, // equal in everything: receipt
    { sent: 'A#5 B#5', decided: 'stored 1 first v1, updated 2 identity v2' },
    { sent: 'A B', decided: 'stored 1 first v1, updated 2 identity v2' },
    { sent: 'A B@5', decided: 'stored 1 first v1, stale 2' }, // A was received at 1000 by one who did not say more
    { sent: 'A@5 B', decided: 'stored 1 first v1, updated 2 identity v2' },
    // A → B → A
    { sent: 'A B A', decided: 'stored 1 first v1, updated 2 identity v2, duplicate' },
    { sent: 'A@1 B@2 A@3', decided: 'stored 1 first v1, updated 2 identity v2, updated 3 identity v3' },
    { sent: 'A@1 B@2 A@2', decided: 'stored 1 first v1, updated 2 identity v2, duplicate' },
    { sent: 'A@1 B@3 A@2', decided: 'stored 1 first v1, updated 2 identity v2, duplicate' },
    { sent: 'A#1@1 B#2@2 A#1@3', decided: 'stored 1 first v1, updated 2 identity v2, duplicate' },
    { sent: 'A#1@1 B@2 A#1@3', decided: 'stored 1 first v1, updated 2 identity v2, duplicate' },
    {
      sent: 'A@1 B@2 A@3 B@4',
      decided: 'stored 1 first v1, updated 2 identity v2, updated 3 identity v3, updated 4 identity v4',
    },
    // a stale version that comes again
    { sent: 'A#5 B#4 B#4', decided: 'stored 1 first v1, stale 2, duplicate' },
    { sent: 'A@5 B@4 B@6', decided: 'stored 1 first v1, stale 2, updated 3 identity v2' },
    { sent: 'A#5 B#4 C#6', decided: 'stored 1 first v1, stale 2, updated 3 identity v2' },
    // what is published
    { sent: 'A a', decided: 'stored 1 first v1, updated 2 cosmetic silent' },
    { sent: 'A a B', decided: 'stored 1 first v1, updated 2 cosmetic silent, updated 3 identity v2' },
    { sent: 'A A1', decided: 'stored 1 first v1, updated 2 bibliographic v2' },
    // counts: the clock begins at 1000 and goes by one a line, w waits, and 500 are a week
    { sent: 'A A+1', decided: 'stored 1 first v1, updated 2 volatile silent until 1500' },
    {
      sent: 'A A+1 A+2',
      decided: 'stored 1 first v1, updated 2 volatile silent until 1500, updated 3 volatile silent until 1500',
    },
    { sent: 'A A+1 a', decided: 'stored 1 first v1, updated 2 volatile silent until 1500, updated 3 cosmetic silent' },
    {
      sent: 'A A+1 A1+1 A1+2',
      decided:
        'stored 1 first v1, updated 2 volatile silent until 1500, updated 3 bibliographic v2, updated 4 volatile silent until 1502',
    },
    { sent: 'A w A+1 A+2', decided: 'stored 1 first v1, updated 2 volatile v2, updated 3 volatile silent until 2001' },
    { sent: 'A#5 A+1#6 A#4', decided: 'stored 1 first v1, updated 2 volatile silent until 1500, duplicate' },
    { sent: 'A#5 A+1#6 B#4', decided: 'stored 1 first v1, updated 2 volatile silent until 1500, stale 3' },
    { sent: 'A A+1 X', decided: 'stored 1 first v1, updated 2 volatile silent until 1500, updated 3 deleted v2' },
    { sent: 'A X', decided: 'stored 1 first v1, updated 2 deleted v2' },
    { sent: 'A X X', decided: 'stored 1 first v1, updated 2 deleted v2, duplicate' },
    { sent: 'A X a', decided: 'stored 1 first v1, updated 2 deleted v2, updated 3 restored v3' },
    { sent: 'A@1 X@9 B@5', decided: 'stored 1 first v1, updated 2 deleted v2, stale 3' },
    { sent: 'X', decided: 'stored 1 deleted silent' }, // nothing was ever told of it
    { sent: 'X@9 A@5', decided: 'stored 1 deleted silent, stale 2' },
    { sent: 'X@5 A@9', decided: 'stored 1 deleted silent, updated 2 first v1' },
  ])('$sent → $decided', ({ sent, decided }) => {
    const log = new Log()
    for (const text of sent.split(' ')) text === 'w' ? log.wait(WEEK) : log.send(parse(text))
    expect(log.lines).toEqual(decided.split(', '))
  })

  it('publishes when a record is suppressed, and says so', () => {
    const current = { checksum: 'a', stamp: null, fetchedAt: 1, receivedAt: 1 }
    const standing: Standing = {
      rawVersions: 1,
      current,
      version: 1,
      published: { ...substance, deleted: false },
      publishedAt: 1,
      volatileDueAt: null,
    }
    const arrival: Arrival = {
      checksum: 'b',
      stamp: null,
      fetchedAt: 2,
      receivedAt: 2,
      content: { ...substance, suppressed: true },
      keptBefore: false,
    }
    expect(shown(decideVersion(standing, arrival, WEEK))).toBe('updated 2 suppression v2')
  })
})

const sends = fc.array(
  fc.record({
    bytes: fc.constantFrom('A', 'a', 'A1', 'A+1', 'A+2', 'B', 'C', 'X'),
    stamp: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    fetched: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
  }),
  { maxLength: 12 },
)
// A stamp is inside the bytes: the same bytes always have the same one.
const stampedSends = sends.map((list) => {
  const stamps = new Map<string, number | undefined>()
  return list.map(({ bytes, stamp, fetched }): Sent => {
    const own = bytes === 'X' ? undefined : stamps.has(bytes) ? stamps.get(bytes) : stamp
    stamps.set(bytes, own)
    return { bytes, ...(own === undefined ? {} : { stamp: own }), ...(fetched === undefined ? {} : { fetched }) }
  })
})

describe('whatever comes in whatever order', () => {
  it('what was sent last changes nothing when it is sent again', () => {
    fc.assert(
      fc.property(stampedSends, (list) => {
        const log = new Log()
        for (const sent of list) {
          log.send(sent)
          const before = log.standing
          expect(log.send(sent)).toBe('duplicate')
          expect(log.standing).toBe(before)
        }
      }),
    )
  })

  it('sending everything again, without a fetch, changes nothing', () => {
    fc.assert(
      fc.property(stampedSends, (list) => {
        const log = new Log()
        for (const sent of list) log.send(sent)
        const before = log.standing
        for (const { bytes, stamp } of list) log.send({ bytes, ...(stamp === undefined ? {} : { stamp }) })
        expect(log.standing).toEqual(before)
      }),
    )
  })

  it('the time of the current version never goes back', () => {
    fc.assert(
      fc.property(stampedSends, (list) => {
        const log = new Log()
        for (const sent of list) {
          const before = log.standing?.current
          log.send(sent)
          const after = log.standing?.current
          if (!before || !after || before === after) continue
          if (before.stamp !== null && after.stamp !== null && before.stamp !== after.stamp)
            expect(after.stamp).toBeGreaterThan(before.stamp)
          else if (after.fetchedAt !== null) expect(after.fetchedAt).toBeGreaterThanOrEqual(fetchedAtOf(before))
        }
      }),
    )
  })

  it('raw versions are dense and count what is kept; published versions are dense', () => {
    fc.assert(
      fc.property(stampedSends, (list) => {
        const log = new Log()
        for (const sent of list) log.send(sent)
        const raw = log.lines.flatMap((line) => (line === 'duplicate' ? [] : [Number(line.split(' ')[1])]))
        expect(raw).toEqual(raw.map((_, at) => at + 1))
        const published = log.lines.flatMap((line) => [...(/ v(\d+)$/.exec(line) ?? [])].slice(1).map(Number))
        expect(published).toEqual(published.map((_, at) => at + 1))
        expect(log.standing?.version ?? 0).toBe(published.length)
      }),
    )
  })

  it('versions with different stamps end with the newest, in every order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['A', 'B', 'C', 'A1', 'B1'], { minLength: 1 }), (order) => {
        const log = new Log()
        for (const bytes of order) log.send({ bytes, stamp: bytes.charCodeAt(0) * 10 + bytes.length })
        expect(log.current()).toBe(
          order.toSorted((a, b) => a.charCodeAt(0) * 10 + a.length - b.charCodeAt(0) * 10 - b.length).at(-1),
        )
        // Whoever comes late is kept and not current.
        expect(log.kept.size).toBe(order.length)
      }),
    )
  })

  it('contents fetched once each end with the newest fetch, in every order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['A', 'B', 'C', 'X', 'A1'], { minLength: 1 }), (order) => {
        const log = new Log()
        const times: Record<string, number> = { A: 1, B: 2, C: 3, X: 4, A1: 5 }
        for (const bytes of order) log.send({ bytes, fetched: times[bytes] ?? 0 })
        expect(log.current()).toBe(order.toSorted((a, b) => (times[a] ?? 0) - (times[b] ?? 0)).at(-1))
      }),
    )
  })

  it('silence means: identity, bibliographic and deletion as published, and counts too where nothing is due', () => {
    fc.assert(
      fc.property(stampedSends, (list) => {
        const log = new Log()
        for (const sent of list) {
          const before = log.standing
          const outcome = log.send(sent)
          const line = log.lines.at(-1) ?? ''
          if (outcome !== 'updated' || !line.includes('silent')) continue
          const content = contentOf(sent.bytes)
          const versionClass = line.split(' ')[2] as VersionClass
          if (content === 'deletion') expect(before?.published?.deleted ?? true).toBe(true)
          else if (log.standing?.volatileDueAt === null)
            expect(before?.published).toEqual({ ...content, deleted: false })
          else expect({ ...before?.published, volatile: '' }).toEqual({ ...content, volatile: '', deleted: false })
          expect(['cosmetic', 'volatile', 'deleted']).toContain(versionClass)
        }
      }),
    )
  })
})
