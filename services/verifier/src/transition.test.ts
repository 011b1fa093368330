import { describe, expect, it } from 'vitest'
import { type Standing, UNDECIDED } from './fold.ts'
import { transitionTo } from './transition.ts'
import type { Flag, Status } from './vocabulary.ts'

const decided: Standing = { ...UNDECIDED, decision: 'confirm' }

describe('how the system follows', () => {
  it.each<{ from: Status; version: number; to: Status; by?: Standing; act: string }>([
    { from: 'pending', version: 0, to: 'pending', act: 'none' },
    { from: 'pending', version: 0, to: 'expired', act: 'silent' }, //       nobody ever decided it
    { from: 'expired', version: 0, to: 'pending', act: 'silent' },
    { from: 'pending', version: 0, to: 'merged', act: 'silent' },
    { from: 'pending', version: 0, to: 'auto_confirmed', act: 'auto_confirm' },
    { from: 'pending', version: 0, to: 'auto_rejected', act: 'auto_reject' },
    { from: 'auto_confirmed', version: 1, to: 'pending', act: 'auto_revert' },
    { from: 'auto_confirmed', version: 1, to: 'expired', act: 'auto_revert' },
    { from: 'auto_rejected', version: 1, to: 'auto_confirmed', act: 'auto_confirm' },
    { from: 'pending', version: 2, to: 'expired', act: 'expire' },
    { from: 'confirmed', version: 1, to: 'expired', act: 'expire' },
    { from: 'expired', version: 3, to: 'pending', act: 'restore' },
    { from: 'expired', version: 2, to: 'confirmed', by: decided, act: 'restore' },
    { from: 'confirmed', version: 1, to: 'merged', by: decided, act: 'merge' }, //  its slot became part of another
    { from: 'merged', version: 2, to: 'confirmed', by: decided, act: 'unmerge' },
    { from: 'pending', version: 0, to: 'confirmed', by: decided, act: 'merge' }, // an answer came with its mention
    { from: 'confirmed', version: 1, to: 'pending', act: 'unmerge' }, //            and went with it
  ])('$from (version $version) to $to: $act', ({ from, version, to, by = UNDECIDED, act }) => {
    const change = transitionTo({ status: to, flags: [], standing: by }, { status: from, flags: [], version })
    expect(change.type === 'act' ? change.kind : change.type).toBe(act)
    if (change.type === 'act') expect(change.stateChanging).toBe(true)
  })

  it.each<{ version: number; flags: readonly Flag[]; act: string }>([
    { version: 0, flags: ['ambiguous_mention'], act: 'silent' },
    { version: 1, flags: ['conflict'], act: 'flag' },
  ])('flags of a question of version $version: $act', ({ version, flags, act }) => {
    const change = transitionTo(
      { status: 'confirmed', flags, standing: decided },
      { status: 'confirmed', flags: [], version },
    )
    expect(change.type === 'act' ? change.kind : change.type).toBe(act)
    if (change.type === 'act') expect(change.stateChanging).toBe(false)
  })
})
