-- Every state of a work, a slot, a candidate and a profile's features is numbered from here, under the lock of its row.
create sequence revisions;

-- The newest version of each record, deleted ones too: a version must never be applied twice.
create table records (
  record_id uuid primary key,
  version bigint not null,
  content_key text not null,             -- equal for equal content: the same version with another one is a defect
  live boolean not null,                 -- neither deleted by its source nor suppressed
  keys text[] not null,                  -- what stands in record_keys
  snapshot json not null                 -- what clustering and slots are made from
);

-- Blocking index of records: two records are compared only when they share a key.
create table record_keys (
  key text not null,
  record_id uuid not null,
  primary key (key, record_id)
);

-- Never deleted: an id that was published may live again, and its revision may never go back.
create table works (
  work_id uuid primary key,
  revision bigint not null,
  state text not null check (state in ('live', 'redirect', 'gone')),
  redirect_to uuid,
  content json not null,                 -- the published state without the numbers below
  slot_revisions bigint[] not null default '{}', -- of the slots, in the order of the byline
  features json,                         -- what comparing authors needs of the work; null unless live
  sources text[] not null default '{}',  -- of the members, distinct, sorted
  held_apart uuid[] not null default '{}', -- records of other works that a rule would have linked
  former_members uuid[] not null default '{}',
  caused_by uuid[] not null default '{}',
  check ((state = 'redirect') = (redirect_to is not null)),
  check ((state = 'live') = (features is not null))
);
create index works_by_redirect on works (redirect_to) where redirect_to is not null;

-- Membership with its interval; rows are closed, never deleted.
create table work_members (
  record_id uuid not null,
  work_id uuid not null,
  from_revision bigint not null,
  to_revision bigint,
  reason text not null,
  linked_to uuid,
  primary key (record_id, from_revision)
);
create unique index record_in_one_work on work_members (record_id) where to_revision is null;
create index members_of_work on work_members (work_id) where to_revision is null;

-- Rulings of persons on two records; an input of clustering.
create table work_constraints (
  record_a uuid not null,
  record_b uuid not null,
  kind text not null check (kind in ('must', 'cannot')),
  act_id uuid not null,
  role text,
  primary key (record_a, record_b, act_id),
  check (record_a < record_b)
);
create index constraints_by_second on work_constraints (record_b);

-- Live slots. A row goes when its slot does; what was published of it are works and candidates.
create table slots (
  slot_id uuid primary key,
  work_id uuid not null,
  revision bigint not null,              -- of the work that last changed the slot
  keys text[] not null,                  -- what stands in slot_keys
  features json not null,
  shown json not null,                   -- what a candidate shows of it: name and mentions
  mention_keys uuid[] not null,          -- with aliases
  replaces uuid[] not null default '{}', -- slots that became this one
  others int not null default 0          -- profiles above the threshold that are not among the best
);
create index slots_of_work on slots (work_id, slot_id);

create table slot_keys (
  key text not null,
  slot_id uuid not null,
  primary key (key, slot_id)
);

create table profiles (
  profile_id uuid primary key,
  revision bigint not null,              -- of the snapshot, the profiles service's own number
  state text not null,
  snapshot json not null,
  known json not null default '{"confirmed":[],"rejected":[]}', -- slots its persons decided on, as they are now
  features json,                         -- snapshot and known; null unless active
  features_no bigint not null,           -- grows with every change of features
  keys text[] not null                   -- what stands in profile_keys
);

create table profile_keys (
  key text not null,
  profile_id uuid not null,
  primary key (key, profile_id)
);

-- Blocks of profiles above the cap: split by the narrower keys of a slot. A row appears and goes with a job that
-- compares the block's slots again.
create table wide_blocks (
  key text primary key,
  since timestamptz not null default now()
);

-- One row for each candidate that was ever published.
create table candidates (
  candidate_id uuid primary key,
  slot_id uuid not null,
  profile_id uuid not null,
  work_id uuid not null,
  revision bigint not null,
  work_revision bigint not null,
  slot_revision bigint not null,
  profile_revision bigint not null,
  score double precision not null,       -- rounded as published
  withdrawn boolean not null,
  withdrawn_reason text,
  content json not null,                 -- the published state without the columns of this table
  block_rank int not null,
  alternatives int not null,
  record_ids uuid[] not null,
  created_at timestamptz not null default now(),
  check (withdrawn = (withdrawn_reason is not null)),
  unique (slot_id, profile_id)           -- one claim for each slot and profile
);
create index candidates_of_profile on candidates (profile_id, candidate_id);

-- Work of the second step. Rows are only added and taken, never changed by who adds: nobody waits for a worker.
create table to_compare (
  no bigint generated always as identity primary key,
  kind text not null check (kind in ('work', 'profile', 'evidence', 'block')),
  subject text not null,                 -- work id, profile id, or a blocking key
  revision bigint not null,              -- of the work, or features_no of the profile, when it was added
  gone uuid[] not null default '{}',     -- slots that the change took away
  keys text[] not null default '{}',     -- keys that the change took away
  position text,                         -- how far it came
  added_at timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
create index to_compare_by_kind on to_compare (kind, no);

-- Where every published record ends: nothing is on the way for ever.
create table record_states (
  record_id uuid primary key,
  version bigint not null,
  state text not null check (state in ('matched', 'unmatched', 'quarantined')),
  n_candidates int not null
);

-- Acts as the engine reads them: of persons evidence, of rules never.
create table mention_acts (
  profile_id uuid not null,
  seq bigint not null,
  act_id uuid not null,
  kind text not null,
  via text not null,
  candidate_id uuid,
  mention_keys uuid[] not null,
  primary key (profile_id, seq)
);

-- Whose decisions must be read again when a record changes.
create table decided_records (
  record_id uuid not null,
  profile_id uuid not null,
  primary key (record_id, profile_id)
);

create index decided_records_of_profile on decided_records (profile_id);

create table models (
  model_version text primary key,
  parameters json not null,
  first_used_at timestamptz not null default now()
);

create table rematch_runs (
  run_id uuid primary key,
  model_version text not null references models,
  phase text not null check (phase in ('records', 'profiles', 'works', 'done')),
  position uuid,                         -- last subject that was queued
  queued bigint not null default 0,
  started_at timestamptz not null default now(),
  finished_at timestamptz
);
create unique index one_rematch_at_a_time on rematch_runs ((true)) where phase <> 'done';

grant usage on sequence revisions to matcher_app;
grant select, insert, update on records, works, work_members, profiles, candidates, record_states, rematch_runs to matcher_app;
grant select, insert, update, delete on record_keys, slots, slot_keys, profile_keys, to_compare, wide_blocks, work_constraints to matcher_app;
grant select, insert on mention_acts, decided_records, models to matcher_app;
