import type { RawRow } from '../dumps.ts'
import { countBy, type Invariant } from '../verdict.ts'

// `kept`: one of the others, and the answer did not say which.
const KEPT = new Set(['stored', 'updated', 'stale', 'duplicate', 'kept'])
const MAKES_A_VERSION = new Set(['stored', 'updated', 'stale', 'kept'])
const NO_PUSHES = 'no history of pushes was given'

export const V01: Invariant = {
  id: 'V01',
  title: 'every acknowledged record is kept, once per version',
  check({ rawRecords }, { pushes }) {
    if (pushes.length === 0) return NO_PUSHES
    const kept = countBy(rawRecords, ({ source, checksum }) => `${source} ${checksum}`)
    const violations: string[] = []
    const called = new Map<string, number>()
    let acknowledged = 0
    for (const { asked, answered, end, client } of pushes)
      for (const [index, checksum] of asked.checksums.entries()) {
        const name = `${asked.source} ${checksum}`
        const outcome = answered?.outcomes[index] ?? ''
        // Nobody knows what became of a line whose answer was lost: it may have made a version.
        if (end === 'info' || MAKES_A_VERSION.has(outcome)) called.set(name, (called.get(name) ?? 0) + 1)
        if (!KEPT.has(outcome)) continue
        acknowledged++
        if (!kept.has(name)) violations.push(`${client} was told ${outcome} for ${name}, which is not kept`)
      }
    for (const [name, times] of called)
      if ((kept.get(name) ?? 0) > times) violations.push(`${name} is kept ${kept.get(name)} times by ${times} calls`)
    violations.push(...keptTwice(rawRecords))
    return { looked: acknowledged, figures: { acknowledged, kept: rawRecords.length }, violations }
  },
}

/** Only another version may come between: two equal ones in a row are one sending kept twice. */
function keptTwice(rawRecords: readonly RawRow[]): readonly string[] {
  const last = new Map<string, string>()
  return [...rawRecords]
    .sort((a, b) => a.rawVersion - b.rawVersion)
    .flatMap(({ source, sourceId, rawVersion, checksum }) => {
      const name = `${source}:${sourceId}`
      const again = last.get(name) === checksum
      last.set(name, checksum)
      return again ? [`${name} keeps version ${rawVersion} twice`] : []
    })
}

export const V02: Invariant = {
  id: 'V02',
  title: 'nothing is kept that nobody sent',
  check({ rawRecords }, { pushes }) {
    if (pushes.length === 0) return NO_PUSHES
    const sent = new Set<string>()
    const refused = new Set<string>()
    for (const { asked, answered, end } of pushes)
      asked.checksums.forEach((checksum, index) => {
        const name = `${asked.source} ${checksum}`
        const outcome = answered?.outcomes[index]
        if (end === 'fail' || (outcome !== undefined && !KEPT.has(outcome))) refused.add(name)
        else sent.add(name)
      })
    const violations = rawRecords.flatMap(({ source, sourceId, checksum }) => {
      const name = `${source} ${checksum}`
      if (sent.has(name)) return []
      return [`${source}:${sourceId} is kept with bytes that ${refused.has(name) ? 'were refused' : 'nobody sent'}`]
    })
    return { looked: rawRecords.length, figures: { sent: sent.size, kept: rawRecords.length }, violations }
  },
}

export const V03: Invariant = {
  id: 'V03',
  title: 'stored bytes are what was sent',
  check: ({ rawRecords }) => ({
    looked: rawRecords.length,
    figures: { payloads: rawRecords.length },
    violations: rawRecords
      .filter(({ checksum, actual }) => checksum !== actual)
      .map(
        ({ source, sourceId, rawVersion }) => `${source}:${sourceId} version ${rawVersion} does not have its checksum`,
      ),
  }),
}

export const V04: Invariant = {
  id: 'V04',
  title: 'every published version has one reference in the outbox, committed with it',
  check({ rawRecords, references }) {
    const published = rawRecords.filter(({ publishedVersion, recent }) => publishedVersion !== null && recent)
    const nameOf = ({ recordId, xid }: { recordId: string; xid: string }) => `${recordId} in transaction ${xid}`
    const ofRecords = references.filter(({ topic }) => topic === 'records')
    const counts = countBy(ofRecords, ({ objectId, xid }) => nameOf({ recordId: objectId, xid }))
    const violations = [...new Set(published.map(nameOf))]
      .filter((name) => counts.get(name) !== 1)
      .map((name) => `${name} has ${counts.get(name) ?? 0} references`)
    const figures = { published: published.length, references: ofRecords.length }
    return { looked: published.length, figures, violations }
  },
}

// What is volatile is published later, by itself or with what comes next.
const NOT_PUBLISHED = new Set(['cosmetic', 'volatile', 'stale', 'suppression'])

export const V10: Invariant = {
  id: 'V10',
  title: 'every kept version ends in a visible place',
  check({ rawRecords, heads, recordStates, quarantine }) {
    const states = new Map(recordStates.map((state) => [state.recordId, state]))
    const setAside = new Set(quarantine.filter(({ topic }) => topic === 'records').map(({ key }) => key))
    const violations: string[] = []
    const published = heads.filter(({ version }) => version > 0)
    const sourceOf = new Map(rawRecords.map((row) => [row.recordId, `${row.source}:${row.sourceId}`]))
    for (const { recordId, version } of published) {
      const state = states.get(recordId)
      const name = sourceOf.get(recordId) ?? recordId
      if (setAside.has(name)) continue
      if (!state) violations.push(`${name} was published and has no terminal state`)
      else if (state.version !== version)
        violations.push(`${name} was published at version ${version} and has the state of ${state.version}`)
    }
    const unknown = recordStates.filter(({ recordId }) => !sourceOf.has(recordId))
    violations.push(...unknown.map(({ recordId }) => `${recordId} has a terminal state and is not kept`))
    // Of what was never published nothing can be taken back.
    const known = new Set(rawRecords.flatMap((row) => (row.publishedVersion === null ? [] : row.recordId)))
    const lost = rawRecords.filter(
      (row) =>
        row.publishedVersion === null &&
        !NOT_PUBLISHED.has(row.class) &&
        (row.class !== 'deleted' || known.has(row.recordId)),
    )
    violations.push(
      ...lost.map(
        (row) => `${row.source}:${row.sourceId} version ${row.rawVersion} is ${row.class} and was not published`,
      ),
    )
    const figures = countBy(recordStates, ({ state }) => state)
    return {
      looked: rawRecords.length,
      figures: { kept: rawRecords.length, published: published.length, ...Object.fromEntries(figures) },
      violations,
    }
  },
}
