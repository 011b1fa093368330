import { candidateIdOf } from '@atlas/identifiers'
import { countBy, type Invariant } from '../verdict.ts'

export const V11: Invariant = {
  id: 'V11',
  title: "a record's candidates are the same number in its state, in matcher and in verifier",
  check({ recordStates, candidates, questions }) {
    const live = (rows: readonly { readonly withdrawn: boolean; readonly recordIds: readonly string[] }[]) =>
      countBy(
        rows.filter(({ withdrawn }) => !withdrawn).flatMap(({ recordIds }) => recordIds),
        (recordId) => recordId,
      )
    const [matched, asked] = [live(candidates), live(questions)]
    const violations = recordStates.flatMap(({ recordId, candidates: said }) => {
      const [here, there] = [matched.get(recordId) ?? 0, asked.get(recordId) ?? 0]
      return said === here && here === there
        ? []
        : [`record ${recordId} counts ${said} candidates, matcher has ${here}, verifier ${there}`]
    })
    return {
      looked: recordStates.length,
      figures: { records: recordStates.length, candidates: candidates.length, questions: questions.length },
      violations,
    }
  },
}

export const V12: Invariant = {
  id: 'V12',
  title: 'one candidate for each slot and profile, under the id that follows from them',
  check({ candidates }) {
    const violations = [...countBy(candidates, ({ slotId, profileId }) => `slot ${slotId} profile ${profileId}`)]
      .filter(([, count]) => count > 1)
      .map(([name, count]) => `${name} has ${count} candidates`)
    for (const { candidateId, slotId, profileId } of candidates)
      if (candidateIdOf(slotId, profileId) !== candidateId)
        violations.push(`candidate ${candidateId} is not named after slot ${slotId} and profile ${profileId}`)
    return { looked: candidates.length, figures: { candidates: candidates.length }, violations }
  },
}
