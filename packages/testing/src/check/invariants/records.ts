import { countBy, type Invariant } from '../verdict.ts'

const KEPT = new Set(['stored', 'updated', 'stale', 'duplicate'])
const NO_PUSHES = 'no history of pushes was given'

export const V01: Invariant = {
  id: 'V01',
  says: 'every acknowledged record is kept, once per version',
  check({ rawRecords }, { pushes }) {
    if (pushes.length === 0) return NO_PUSHES
    const kept = countBy(rawRecords, ({ source, checksum }) => `${source} ${checksum}`)
    const violations: string[] = []
    let acknowledged = 0
    for (const { asked, answered, client } of pushes)
      answered?.outcomes.forEach((outcome, index) => {
        if (!KEPT.has(outcome)) return
        acknowledged++
        const name = `${asked.source} ${asked.checksums[index]}`
        if (!kept.has(name)) violations.push(`${client} was told ${outcome} for ${name}, which is not kept`)
      })
    // Only an older version may come between: two equal ones in a row are one sending kept twice.
    const ordered = [...rawRecords].sort((a, b) => a.rawVersion - b.rawVersion)
    const last = new Map<string, string>()
    for (const { source, sourceId, rawVersion, checksum } of ordered) {
      const name = `${source}:${sourceId}`
      if (last.get(name) === checksum) violations.push(`${name} keeps version ${rawVersion} twice`)
      last.set(name, checksum)
    }
    return { figures: { acknowledged, kept: rawRecords.length }, violations }
  },
}

export const V02: Invariant = {
  id: 'V02',
  says: 'nothing is kept that nobody sent',
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
    return { figures: { sent: sent.size, kept: rawRecords.length }, violations }
  },
}

export const V03: Invariant = {
  id: 'V03',
  says: 'stored bytes are what was sent',
  check: ({ rawRecords }) => ({
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
  says: 'every published version has one reference in the outbox, committed with it',
  check({ rawRecords, references }) {
    const published = rawRecords.filter(({ publishedVersion, recent }) => publishedVersion !== null && recent)
    const nameOf = ({ recordId, xid }: { recordId: string; xid: string }) => `${recordId} in transaction ${xid}`
    const ofRecords = references.filter(({ topic }) => topic === 'records')
    const counts = countBy(ofRecords, ({ objectId, xid }) => nameOf({ recordId: objectId, xid }))
    const violations = [...new Set(published.map(nameOf))]
      .filter((name) => counts.get(name) !== 1)
      .map((name) => `${name} has ${counts.get(name) ?? 0} references`)
    return { figures: { published: published.length, references: ofRecords.length }, violations }
  },
}

const NOT_PUBLISHED = new Set(['cosmetic', 'stale', 'suppression'])

export const V10: Invariant = {
  id: 'V10',
  says: 'every kept version ends in a visible place',
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
    const lost = rawRecords.filter((row) => row.publishedVersion === null && !NOT_PUBLISHED.has(row.class))
    violations.push(
      ...lost.map(
        (row) => `${row.source}:${row.sourceId} version ${row.rawVersion} is ${row.class} and was not published`,
      ),
    )
    const figures = countBy(recordStates, ({ state }) => state)
    return {
      figures: { kept: rawRecords.length, published: published.length, ...Object.fromEntries(figures) },
      violations,
    }
  },
}
