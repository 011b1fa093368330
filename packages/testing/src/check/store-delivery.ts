import type { Queryable } from '@atlas/runtime'
import type { AppliedFact, OutboxFact, Progress, Quarantined, Reference, ServiceName, Stored } from './dumps.ts'

/** What a service has put into its outbox and still keeps. */
export async function readReferences(db: Queryable, service: ServiceName): Promise<readonly Reference[]> {
  const { rows } = await db.query<Reference>(
    `with pointer as (
       select coalesce(max(last_xid), '0'::xid8) as last_xid, coalesce(max(last_id), 0) as last_id
         from relay_pointers where name = 'references')
     select $1 as service, topic, object_id as "objectId", mod(xid::text::numeric, 4294967296)::text as xid,
            (r.xid, r.id) <= (p.last_xid, p.last_id) and not exists (
              select from outbox_parked k where k.topic = r.topic and k.object_id = r.object_id) as sent
       from outbox_references r, pointer p`,
    [service],
  )
  return rows
}

export async function readFacts(db: Queryable): Promise<readonly OutboxFact[]> {
  const { rows } = await db.query<OutboxFact>(
    `select f.topic, f.event_id as "eventId", f.key, f.seq,
            f.fact_no <= coalesce((select last_fact_no from relay_pointers p where p.name = 'facts:' || f.topic), 0)
              and not exists (select from outbox_parked k where k.event_id = f.event_id) as sent
       from outbox_facts f`,
  )
  return rows
}

/** The snapshots a service owns, at their newest: everything it has ever published. */
export async function readOwned(db: Queryable, service: ServiceName): Promise<readonly Stored[]> {
  const statement = OWNED[service]
  return statement === undefined ? [] : (await db.query<Stored>(statement)).rows
}

const OWNED: Readonly<Partial<Record<ServiceName, string>>> = {
  ingest: `select 'records' as topic, record_id as "objectId", version as revision from heads where version > 0`,
  matcher: `select 'works' as topic, work_id as "objectId", revision from works
            union all select 'candidates', candidate_id, revision from candidates`,
  verifier: `select 'authorships' as topic, authorship_id as "objectId", revision from authorships`,
  profiles: `select 'profiles' as topic, profile_id as "objectId", revision from author_profiles`,
}

export async function readApplied(db: Queryable): Promise<readonly AppliedFact[]> {
  const { rows } = await db.query<AppliedFact>('select consumer_group as group, topic, key, seq from facts_applied')
  return rows
}

export async function readProgress(
  db: Queryable,
  service: ServiceName,
): Promise<readonly Omit<Progress, 'committed'>[]> {
  const { rows } = await db.query<Omit<Progress, 'committed'>>(
    `select $1 as service, consumer_group as group, topic, partition, next_offset as "nextOffset",
            halted ->> 'code' as halted
       from consumer_progress`,
    [service],
  )
  return rows
}

export async function readQuarantine(db: Queryable, service: ServiceName): Promise<readonly Quarantined[]> {
  const { rows } = await db.query<Quarantined>(
    `select $1 as service, consumer_group as group, topic, partition, "offset", key, error_code as code, state
       from quarantine`,
    [service],
  )
  return rows
}
