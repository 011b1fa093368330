import type { Reference } from '@atlas/runtime'

/** "This work changed": the relay sends its state of that moment. */
export function workChanged(workId: string): Reference {
  return { kind: 'reference', topic: 'works', key: workId, objectId: workId }
}

export function candidateChanged(candidate: { readonly candidateId: string; readonly profileId: string }): Reference {
  return { kind: 'reference', topic: 'candidates', key: candidate.profileId, objectId: candidate.candidateId }
}
