import { basename, resolve } from 'node:path'
import { FieldError, type Fields } from './fields.ts'
import { fileOf, readLines } from './lines.ts'
import { pairOf, profileOf, recordOf, slotRefOf } from './record.ts'
import type { AuthorData, NeutralProfile, NeutralRecord, PairSet, SlotRef } from './types.ts'

/** A set for author matching without its truths: every slot that is named is there, no id is there twice. */
export async function readAuthorSet(folder: string): Promise<AuthorData> {
  const records = await readRecords(folder)
  const ids = new Set<string>()
  const profiles = await readLines(fileOf(folder, 'profiles'), (fields): NeutralProfile => {
    const profile = profileOf(fields)
    if (ids.has(profile.id)) throw new FieldError(`profile "${profile.id}" is there twice`)
    ids.add(profile.id)
    for (const seed of profile.seeds) slotIn(records, seed)
    return profile
  })
  const items = await readLines(fileOf(folder, 'stream'), (fields) => slotIn(records, slotRefOf(fields)))
  return { set: { name: nameOf(folder), profiles, record: recordIn(records) }, items }
}

/** A set of pairs without its truths. */
export async function readPairSet(folder: string): Promise<PairSet> {
  const records = await readRecords(folder)
  const pairs = await readLines(fileOf(folder, 'pairs'), (fields: Fields) => {
    const pair = pairOf(fields)
    slotIn(records, pair.left)
    slotIn(records, pair.right)
    return pair
  })
  return { name: nameOf(folder), pairs, record: recordIn(records) }
}

async function readRecords(folder: string): Promise<ReadonlyMap<string, NeutralRecord>> {
  const records = new Map<string, NeutralRecord>()
  await readLines(fileOf(folder, 'records'), (fields) => {
    const record = recordOf(fields)
    if (records.has(record.id)) throw new FieldError(`record "${record.id}" is there twice`)
    records.set(record.id, record)
  })
  return records
}

function recordIn(records: ReadonlyMap<string, NeutralRecord>): (id: string) => NeutralRecord {
  return (id) => {
    const record = records.get(id)
    if (record === undefined) throw new Error(`no record "${id}"`)
    return record
  }
}

function slotIn(records: ReadonlyMap<string, NeutralRecord>, ref: SlotRef): SlotRef {
  const record = records.get(ref.record)
  if (record === undefined) throw new FieldError(`no record "${ref.record}"`)
  const { length } = record.authors
  if (ref.slot >= length)
    throw new FieldError(`no slot ${ref.slot} in record "${ref.record}", which has ${length} authors`)
  return ref
}

function nameOf(folder: string): string {
  return basename(resolve(folder))
}
