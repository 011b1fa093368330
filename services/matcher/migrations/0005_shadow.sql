-- Rules under which works were made. A version says the same for ever: `works/1-3fa2c1d0`, `works/1-3fa2c1d0+strict-9ab31c02`.
create table rule_sets (
  version text primary key,
  base text not null,                    -- the table of rules that only a build which has it can use
  variation json,                        -- what is otherwise than in the table; null where nothing is
  first_used_at timestamptz not null default now()
);

-- What all members cluster by. Read in every transaction that places records, under a shared lock that a switch waits for:
-- no two members ever work by different rules. Empty until the first start of a build that knows of it.
create table rules_in_use (
  one boolean primary key default true check (one),
  version text not null references rule_sets,
  since timestamptz not null default now()
);

-- What other rules would make of the stored works, gone through page by page.
create table shadow_runs (
  run_id uuid primary key,
  version text not null references rule_sets,
  against text not null references rule_sets, -- rules in use when it began
  phase text not null check (phase in ('keys', 'works', 'done', 'applied', 'cancelled')),
  position uuid,                         -- last subject of the phase
  from_revision bigint not null,         -- of the sequence when it began
  gone_through bigint not null default 0, -- works
  started_at timestamptz not null default now(),
  finished_at timestamptz
);
create unique index one_shadow_at_a_time on shadow_runs ((true)) where phase in ('keys', 'works');

-- Keys that the rules' build would store and the stored records do not stand under. None where keys are made as before.
create table shadow_keys (
  key text not null,
  record_id uuid not null,
  primary key (key, record_id)
);

-- Works that would change, each once, as computed last; ids that would be born too.
create table shadow_changes (
  run_id uuid not null references shadow_runs,
  work_id uuid not null,
  kinds text[] not null,                 -- merges, splits, appears, vanishes, primary, roles, slots, canonical, evidence
  at_revision bigint not null,           -- of the work when this was computed; 0 where there was none
  candidates int not null,               -- published on its slots
  withdrawn int not null,                -- of these, on slots that would be gone
  decided int not null,                  -- slots of it that a person has decided on, times persons
  detail json not null,
  primary key (run_id, work_id)
);

grant select on sequence revisions to matcher_app;
grant select, insert on rule_sets to matcher_app;
grant select, insert, update on rules_in_use, shadow_runs to matcher_app;
grant select, insert, delete on shadow_keys to matcher_app;
grant select, insert, update, delete on shadow_changes to matcher_app;
