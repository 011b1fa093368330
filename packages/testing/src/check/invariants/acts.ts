import { createHash } from 'node:crypto'
import type { ActRow, Dumps } from '../dumps.ts'
import type { History } from '../history.ts'
import { countBy, type Invariant } from '../verdict.ts'

const NO_ACTS = 'no history of acts was given'
const isPerson = ({ actor }: Pick<ActRow, 'actor'>) => actor !== 'system'
const inChain = (acts: readonly ActRow[]) => [...acts].sort((a, b) => a.chainSeq - b.chainSeq)
const byQuestion = (acts: readonly ActRow[]) => Map.groupBy(inChain(acts), ({ questionRef }) => questionRef)

/** What an act keeps of the key it was asked with: keys are private to who asks. */
export function commandKeyOf(actor: string, key: string): string {
  return createHash('sha256').update(`${actor}\n${key}`).digest('hex')
}

const keyOf = ({ asked, key }: History['acts'][number]) => commandKeyOf(asked.actor ?? asked.profileId, key)

export const V13: Invariant = {
  id: 'V13',
  title: 'every acknowledged act is there once, as its receipt says',
  check({ acts }, history) {
    if (history.acts.length === 0) return NO_ACTS
    const byId = Map.groupBy(acts, ({ id }) => id)
    const violations: string[] = []
    const receipts = new Map<string, string>()
    for (const operation of history.acts) {
      const { answered, client, key } = operation
      if (!answered) continue
      const { actId, chainSeq, hash } = answered
      const [found, ...more] = byId.get(actId) ?? []
      if (!found) violations.push(`${client} has a receipt of act ${actId}, which is not there`)
      else if (more.length > 0) violations.push(`act ${actId} is there ${more.length + 1} times`)
      else if (found.chainSeq !== chainSeq || found.hash !== hash)
        violations.push(`act ${actId} is number ${found.chainSeq} and its receipt says ${chainSeq}, or another hash`)
      const before = receipts.get(keyOf(operation))
      if (before !== undefined && before !== actId) violations.push(`key ${key} has receipts of two acts`)
      receipts.set(keyOf(operation), actId)
    }
    return { looked: receipts.size, figures: { receipts: receipts.size, acts: acts.length }, violations }
  },
}

export const V14: Invariant = {
  id: 'V14',
  title: 'a refused act is absent, an unknown one is there at most once',
  check({ acts }, history) {
    if (history.acts.length === 0) return NO_ACTS
    const times = countBy(acts.filter(isPerson), ({ commandKey }) => commandKey ?? '')
    const violations: string[] = []
    const figures = { ok: 0, fail: 0, info: 0 }
    // One key may have been sent often. A receipt is true of all; a refusal is of its own attempt only, and one whose
    // answer was lost may have come first.
    const byKey = Map.groupBy(history.acts, keyOf)
    for (const [commandKey, attempts] of byKey) {
      const end = (['ok', 'info', 'fail'] as const).find((kind) => attempts.some((attempt) => attempt.end === kind))
      if (end === undefined) continue
      figures[end]++
      const [name, found] = [attempts[0]?.key, times.get(commandKey) ?? 0]
      if (end === 'fail' && found > 0) violations.push(`key ${name} was refused and has ${found} acts`)
      if (end === 'ok' && found !== 1) violations.push(`key ${name} was acknowledged and has ${found} acts`)
      if (end === 'info' && found > 1) violations.push(`key ${name} has ${found} acts`)
    }
    for (const act of acts.filter(isPerson))
      if (act.commandKey !== null && !byKey.has(act.commandKey))
        violations.push(`act ${act.chainSeq} has a command key that nobody sent`)
    return { looked: byKey.size, figures, violations }
  },
}

export const V15: Invariant = {
  id: 'V15',
  title: 'the state of a question is what its acts say; its version counts those that change it',
  check(dumps) {
    const ledger = byQuestion(dumps.acts)
    const violations: string[] = []
    for (const { questionRef, candidateId, status, version, flags } of dumps.questions) {
      const acts = ledger.get(questionRef) ?? []
      const changing = acts.filter(({ stateChanging }) => stateChanging)
      if (version !== changing.length)
        violations.push(`question ${candidateId} has version ${version} by ${changing.length} acts`)
      const [lastChange, last] = [changing.at(-1), acts.at(-1)]
      if (lastChange && lastChange.statusAfter !== status)
        violations.push(`question ${candidateId} is ${status} and its last act says ${lastChange.statusAfter}`)
      if (last && String(last.flagsAfter) !== String(flags))
        violations.push(`question ${candidateId} has flags [${flags}] and its last act says [${last.flagsAfter}]`)
    }
    const known = new Set(dumps.questions.map(({ questionRef }) => questionRef))
    for (const [questionRef] of ledger)
      if (!known.has(questionRef)) violations.push(`acts name the question ${questionRef}, which is not there`)
    violations.push(...foldViolations(dumps))
    const figures = { questions: dumps.questions.length, decided: ledger.size, acts: dumps.acts.length }
    return { looked: ledger.size, figures, violations }
  },
}

const STATUS_OF: Readonly<Record<string, string>> = {
  confirm: 'confirmed',
  reject: 'rejected',
  uncertain: 'uncertain',
}

/** The fold of persons' acts over the mentions that are in a slot now, worked out once more by hand. */
function foldViolations(dumps: Dumps): readonly string[] {
  const { questions, slotMentions, actMentions, inactiveProfiles } = dumps
  const entries = Map.groupBy(slotMentions, ({ slotId }) => slotId)
  const personActs = new Map(dumps.acts.filter((act) => isPerson(act)).map((act) => [act.id, act]))
  const actsOn = Map.groupBy(
    actMentions.flatMap(({ actId, mentionKey }) => {
      const act = personActs.get(actId)
      return act ? [{ act, mentionKey }] : []
    }),
    ({ mentionKey }) => mentionKey,
  )
  const inactive = new Set(inactiveProfiles)
  return questions.flatMap(({ slotId, profileId, candidateId, status }) => {
    if (inactive.has(profileId)) return []
    const lastOfEntry = new Map<string, ActRow>()
    for (const { mentionKey, entryKey } of entries.get(slotId) ?? [])
      for (const { act } of actsOn.get(mentionKey) ?? []) {
        const before = lastOfEntry.get(entryKey)
        if (act.profileId === profileId && (!before || before.chainSeq < act.chainSeq)) lastOfEntry.set(entryKey, act)
      }
    const said = inChain([...lastOfEntry.values()].filter(({ kind }) => kind !== 'reopen')).at(-1)
    const wanted = said && STATUS_OF[said.kind]
    return wanted === undefined || wanted === status
      ? []
      : [`question ${candidateId} is ${status} and persons have said ${said?.kind} of its mentions`]
  })
}

export const V16: Invariant = {
  id: 'V16',
  title: 'acts of one question have dense versions and times that do not go back',
  check({ acts }) {
    const violations: string[] = []
    const questions = byQuestion(acts)
    for (const [questionRef, ofOne] of questions) {
      let [version, at] = [0, 0]
      for (const act of ofOne) {
        const expected = act.stateChanging ? version + 1 : version
        if (act.questionVersion !== expected)
          violations.push(
            `act ${act.chainSeq} of ${questionRef} has version ${act.questionVersion} instead of ${expected}`,
          )
        if (act.decidedAtMs < at)
          violations.push(`act ${act.chainSeq} of ${questionRef} was decided before the one before it`)
        version = act.questionVersion
        at = act.decidedAtMs
      }
    }
    return { looked: acts.length, figures: { acts: acts.length, questions: questions.size }, violations }
  },
}

const RULED = new Set(['auto_confirm', 'auto_reject'])

export const V17: Invariant = {
  id: 'V17',
  title: 'the machine never overrides a person',
  check({ acts }) {
    const violations: string[] = []
    for (const [questionRef, ofOne] of byQuestion(acts)) {
      let person: ActRow | undefined
      for (const act of ofOne) {
        if (isPerson(act)) person = act
        else if (person && person.kind !== 'reopen' && RULED.has(act.kind))
          violations.push(
            `act ${act.chainSeq} (${act.kind}) follows a person's ${person.kind} on question ${questionRef}`,
          )
      }
    }
    return {
      looked: acts.length,
      figures: { byPersons: acts.filter(isPerson).length, bySystem: acts.filter((act) => !isPerson(act)).length },
      violations,
    }
  },
}

export const V21: Invariant = {
  id: 'V21',
  title: 'an authorship is there exactly for what stands confirmed, and points to an act',
  check({ authorships, questions, acts }) {
    const verified = new Set(authorships.filter(({ state }) => state === 'verified').map((row) => row.authorshipId))
    const confirmed = questions.filter(({ status }) => status === 'confirmed' || status === 'auto_confirmed')
    const wanted = new Set(confirmed.map(({ candidateId }) => candidateId))
    const ids = new Set(acts.map(({ id }) => id))
    const violations = [
      ...[...wanted.difference(verified)].map((id) => `question ${id} stands confirmed and has no authorship`),
      ...[...verified.difference(wanted)].map((id) => `authorship ${id} is verified and nothing confirms it`),
      ...authorships
        .filter(({ actId }) => !ids.has(actId))
        .map(({ authorshipId, actId }) => `authorship ${authorshipId} points to act ${actId}, which is not there`),
    ]
    const figures = { authorships: authorships.length, verified: verified.size, confirmed: wanted.size }
    return { looked: authorships.length + wanted.size, figures, violations }
  },
}

export const V25: Invariant = {
  id: 'V25',
  title: 'a key of a principal has one answer and at most one effect',
  check({ answers, acts }) {
    const byPersons = acts.filter((act) => isPerson(act) && act.commandKey !== null && act.batchId === null)
    const effects = Map.groupBy(byPersons, ({ commandKey }) => commandKey ?? '')
    const violations: string[] = []
    for (const [key, of] of effects) {
      const perActor = countBy(of, ({ actor }) => actor)
      for (const [actor, count] of perActor)
        if (count > 1) violations.push(`key ${key} of ${actor} had ${count} effects`)
    }
    for (const { principal, key, status, actId } of answers) {
      const made = (effects.get(commandKeyOf(principal, key)) ?? []).map(({ id }) => id)
      if (status < 300 && actId !== null && !made.includes(actId))
        violations.push(`key ${key} of ${principal} was answered with act ${actId}, which is not its effect`)
    }
    const twice = countBy(answers, ({ principal, key }) => `${principal} ${key}`)
    for (const [name, count] of twice) if (count > 1) violations.push(`${name} has ${count} answers`)
    const figures = { answers: answers.length, effects: byPersons.length }
    return { looked: answers.length + byPersons.length, figures, violations }
  },
}
