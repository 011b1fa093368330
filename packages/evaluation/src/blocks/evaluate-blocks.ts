import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { foldText } from '@atlas/identifiers'
import { type DecidedSlot, type NameForm, type ProfileFeatures, slotKeys, type WorkFeatures } from '@atlas/linkage'
import { kept, slotFeaturesOf, withSeeds, workFeaturesOf } from '../engine/features.ts'
import { readAuthorSet, readPairSet } from '../neutral/read-set.ts'
import type { AuthorSet, SlotRef } from '../neutral/types.ts'
import { readItemTruths, readPairTruths } from '../truth/read-truths.ts'
import { blocksOf, type MeetingFigures, meetAll, type NamedBlocks, type Sought } from './meetings.ts'

export interface Block {
  readonly key: string
  readonly profiles: number
}

export interface Missed extends SlotRef {
  readonly name: string
  readonly profile: string
  readonly names: readonly string[]
  /** Whether a word of the name is one of the profile's, or a key was shared: without, nobody can find it by name. */
  readonly sharesWord: boolean
}

/** What blocking does to a set: who meets whom, before anything is compared. */
export interface BlockFigures {
  readonly set: string
  readonly profiles: number
  readonly slots: number
  readonly truths: number
  /** Of the truths that share a word of their name with the profile: the others are wrong labels as a rule. */
  readonly recallOfNamed: number
  readonly capped: MeetingFigures
  readonly uncapped: MeetingFigures
  /** Truths found with the cap, of those found without. */
  readonly kept: number
  readonly largest: readonly Block[]
  readonly missed: readonly Missed[]
}

const LARGEST = 10

/** Recall of blocking and pairs a slot, with blocks above the cap split and without; of pairs one of two as a profile. */
export function evaluateBlocks(folder: string, cap: number): Promise<BlockFigures> {
  const isPairs = ['pairs.jsonl', 'pairs.jsonl.gz'].some((file) => existsSync(join(folder, file)))
  return isPairs ? ofPairs(folder, cap) : ofStream(folder, cap)
}

async function ofStream(folder: string, cap: number): Promise<BlockFigures> {
  const { set } = await readAuthorSet(folder)
  const decided = readerOf(set)
  const profiles = set.profiles.map((profile) => withSeeds(profile, { decided }))
  const owners = new Map(profiles.map(({ profileId }, owner) => [profileId, owner]))
  const truths = await readItemTruths(folder)
  const slots = truths.map(({ record, slot, profile }) => ({
    ref: { record, slot },
    owner: profile === null ? undefined : owners.get(profile),
  }))
  return figuresOf({ set: set.name, decided, profiles, slots, cap })
}

/** The left of each pair as a profile that has confirmed nothing else. */
async function ofPairs(folder: string, cap: number): Promise<BlockFigures> {
  const set = await readPairSet(folder)
  const decided = readerOf(set)
  const pairs = await readPairTruths(folder)
  const nothing = { names: [], emails: [], ids: [], orcid: null, affiliations: [] }
  const profiles = pairs.map(({ left }) =>
    withSeeds({ id: `${left.record}#${left.slot}`, ...nothing, seeds: [left] }, { decided }),
  )
  const slots = pairs.map(({ right, same }, at) => ({ ref: right, owner: same ? at : undefined }))
  return figuresOf({ set: set.name, decided, profiles, slots, cap })
}

interface Material {
  readonly set: string
  readonly decided: (ref: SlotRef) => DecidedSlot
  readonly profiles: readonly ProfileFeatures[]
  readonly slots: readonly { readonly ref: SlotRef; readonly owner: number | undefined }[]
  readonly cap: number
}

function figuresOf({ set, decided, profiles, slots, cap }: Material): BlockFigures {
  const blocks = blocksOf(profiles)
  const sought = slots.map(({ ref, owner }): Sought => {
    const { slot, work } = decided(ref)
    return { choices: slotKeys(slot, work), owner }
  })
  const capped = meetAll(blocks.index, sought, cap)
  const uncapped = meetAll(blocks.index, sought, Number.POSITIVE_INFINITY)
  const missed = slots.flatMap(({ ref, owner }, at): readonly Missed[] => {
    const profile = owner === undefined || capped.foundAt.has(at) ? undefined : profiles[owner]
    return profile ? [missedOf(ref, decided(ref), profile, uncapped.foundAt.has(at))] : []
  })
  const truths = slots.filter(({ owner }) => owner !== undefined).length
  const named = truths - missed.filter(({ sharesWord }) => !sharesWord).length
  return {
    set,
    profiles: profiles.length,
    slots: slots.length,
    truths,
    recallOfNamed: named === 0 ? 1 : capped.found / named,
    capped,
    uncapped,
    kept:
      uncapped.found === 0 ? 1 : [...uncapped.foundAt].filter((at) => capped.foundAt.has(at)).length / uncapped.found,
    largest: largestOf(blocks),
    missed,
  }
}

function largestOf({ sizes }: NamedBlocks): readonly Block[] {
  return [...sizes]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, LARGEST)
    .map(([key, profiles]) => ({ key, profiles }))
}

function missedOf(ref: SlotRef, { slot }: DecidedSlot, { profileId, names }: ProfileFeatures, wasMet: boolean): Missed {
  const known = new Set(names.flatMap(wordsOf))
  return {
    ...ref,
    name: slot.names[0]?.name ?? '',
    profile: profileId,
    names: [...new Set(names.map(({ name }) => name))],
    sharesWord: wasMet || slot.names.flatMap(wordsOf).some((word) => known.has(word)),
  }
}

function wordsOf({ name, given, family }: NameForm): readonly string[] {
  return foldText([name, given, family].join(' '))
    .split(' ')
    .filter((word) => word.length > 1)
}

function readerOf({ record }: Pick<AuthorSet, 'record'>): (ref: SlotRef) => DecidedSlot {
  const works = new Map<string, WorkFeatures>()
  return (ref) => ({
    slot: slotFeaturesOf(record(ref.record), ref.slot),
    work: kept(works, ref.record, () => workFeaturesOf(record(ref.record))),
  })
}
