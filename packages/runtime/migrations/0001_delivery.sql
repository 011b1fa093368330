-- Delivery: what every service keeps beside its own tables, in its own database.
-- consumer_progress moves in the transaction of the effects; outbox rows are written in it; so is quarantine.

create table consumer_progress (
  consumer_group text not null,
  topic text not null,                -- without the deployment's prefix
  partition integer not null,
  next_offset bigint not null,
  last_event_id text,                 -- of the message at next_offset - 1; null when there was none
  log_start_seen bigint,
  log_end_seen bigint,
  attempts integer not null default 0,-- processes that began at next_offset and did not finish, written before the work
  attempt_by text,                    -- the process that began last
  attempt_until bigint,               -- last offset of the unfinished chunk: up to there, one by one
  brake_from timestamptz not null default '-infinity', -- rejections before it no longer count
  halted jsonb,                       -- {code, detail, found?, at}: stands still until an operator accepts
  updated_at timestamptz not null default now(),
  primary key (consumer_group, topic, partition)
);

create table consumer_accepts (
  id bigint generated always as identity primary key,
  consumer_group text not null,
  topic text not null,
  partition integer not null,
  from_offset bigint not null,
  to_offset bigint not null,
  halted jsonb not null,
  reason text not null check (reason <> ''),
  accepted_by text not null,
  accepted_at timestamptz not null default now()
);

-- References of snapshot topics: "this object changed". Read by transaction id below the snapshot's xmin.
create table outbox_references (
  id bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  topic text not null,
  partition integer not null,
  key text not null,
  object_id text not null,
  traceparent text,
  caused_by text,
  created_at timestamptz not null default now()
) partition by range (created_at);
create index outbox_references_order on outbox_references (xid, id);

-- Facts: the message itself. Read by fact_no, which was taken under a lock held until commit.
create table outbox_facts (
  topic text not null,
  fact_no bigint not null,
  partition integer not null,
  key text not null,
  event_id uuid not null,
  seq bigint not null,
  type text not null,
  value bytea not null,
  traceparent text,
  caused_by text,
  created_at timestamptz not null default now()
) partition by range (created_at);
create index outbox_facts_order on outbox_facts (topic, fact_no);

-- Rows land here when nobody made partitions in time; outbox_maintain() moves them out.
create table outbox_references_default partition of outbox_references default;
create table outbox_facts_default partition of outbox_facts default;

-- One row named 'references', one 'facts:<topic>' each. Another cluster or database resets it.
create table relay_pointers (
  name text primary key,
  system_identifier text not null,
  database_oid text not null,
  last_xid xid8 not null default '0',
  last_id bigint not null default 0,
  last_fact_no bigint not null default 0,
  updated_at timestamptz not null default now()
);

create table relay_events (
  id bigint generated always as identity primary key,
  name text not null,
  detail jsonb not null,
  at timestamptz not null default now()
);

-- What the broker refuses for its size, and what waits behind it because it has the same key.
create table outbox_parked (
  id bigint generated always as identity primary key,
  topic text not null,
  partition integer not null,
  key text not null,
  object_id text,
  fact_no bigint,
  event_id uuid,
  seq bigint,
  type text,
  value bytea,
  traceparent text,
  caused_by text,
  reason text not null check (reason in ('message_too_large', 'same_key')),
  parked_at timestamptz not null default now(),
  tried_at timestamptz not null default now(),
  check ((object_id is null) <> (fact_no is null))
);
create index outbox_parked_key on outbox_parked (topic, key, id);

create table quarantine (
  id bigint generated always as identity primary key,
  consumer_group text not null,
  topic text not null,
  partition integer not null,
  "offset" bigint not null,           -- -1: came from an owner's export
  key text,
  headers jsonb not null,
  value bytea,
  produced_at timestamptz not null,
  error_code text not null,
  error_detail text not null,
  first_seen timestamptz not null default now(),
  attempts integer not null default 1,
  state text not null default 'open' check (state in ('open', 'replayed', 'discarded')),
  decided_by text,
  decided_at timestamptz,
  reason text
);
create index quarantine_open_key on quarantine (consumer_group, topic, key) where state = 'open';
create index quarantine_recent on quarantine (consumer_group, topic, partition, "offset");

create table quarantine_decisions (
  id bigint generated always as identity primary key,
  quarantine_id bigint not null references quarantine,
  decision text not null check (decision in ('replayed', 'discarded', 'failed')),
  decided_by text not null,
  reason text not null,
  decided_at timestamptz not null default now()
);

-- Facts in order: the last seq applied of each key, every fact applied, and those that wait for the one before.
create table fact_progress (
  consumer_group text not null,
  topic text not null,
  key text not null,
  seq bigint not null,
  primary key (consumer_group, topic, key)
);

create table facts_applied (
  consumer_group text not null,
  topic text not null,
  key text not null,
  seq bigint not null,
  event_id uuid not null,
  value_sha256 bytea not null,
  primary key (consumer_group, topic, key, seq)
);
create unique index one_fact_per_event on facts_applied (consumer_group, topic, event_id);

create table held_facts (
  consumer_group text not null,
  topic text not null,
  key text not null,
  seq bigint not null,
  event_id uuid not null,
  partition integer not null,
  "offset" bigint not null,
  headers jsonb not null,
  value bytea not null,
  produced_at timestamptz not null,
  held_at timestamptz not null default now(),
  primary key (consumer_group, topic, key, seq)
);

-- A newcomer's load of an owner's export: where it is, and where in the log it goes on afterwards.
create table export_loads (
  consumer_group text not null,
  topic text not null,
  cursor text,
  pages bigint not null default 0,
  objects bigint not null default 0,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (consumer_group, topic)
);

create table republish_runs (
  id bigint generated always as identity primary key,
  topic text not null,
  cursor text,
  objects bigint not null default 0,
  started_by text not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz
);

-- The application may not create or drop tables; this does both, and nothing else, with its owner's rights.
-- Makes the partitions of the next hours and days, and drops references a day old and facts 30 days old once the
-- relay's pointer is past them. Returns what it made and dropped.
create function outbox_maintain() returns table (action text, partition_name text)
language plpgsql security definer
as $$
declare
  spec record;
  slot timestamptz;
  part record;
  waiting_references outbox_references[];
  waiting_facts outbox_facts[];
  sent boolean;
begin
  -- Two members maintaining at once would both make the same table.
  if not pg_try_advisory_xact_lock(hashtext('outbox_maintain')) then return; end if;
  -- Making or dropping a partition stops the writers while it waits for its lock: better not now than long.
  set local lock_timeout = '500ms';

  for spec in
    select 'outbox_references' as parent, 'hour' as unit, interval '1 hour' as step, 6 as ahead, 'YYYYMMDD_HH24' as pattern,
           (select min(created_at) from outbox_references_default) as oldest_waiting
    union all
    select 'outbox_facts', 'day', interval '1 day', 3, 'YYYYMMDD', (select min(created_at) from outbox_facts_default)
  loop
    for slot in
      select generate_series(date_trunc(spec.unit, least(now(), spec.oldest_waiting), 'UTC'),
                             date_trunc(spec.unit, now(), 'UTC') + spec.step * spec.ahead, spec.step)
    loop
      partition_name := spec.parent || '_' || to_char(slot at time zone 'UTC', spec.pattern);
      continue when to_regclass(format('%I', partition_name)) is not null;
      -- Rows of this slot can only be in the default partition, which must not hold any when the slot's own is made.
      if spec.parent = 'outbox_references' then
        select array_agg(r) into waiting_references from outbox_references r
         where created_at >= slot and created_at < slot + spec.step;
        delete from outbox_references where created_at >= slot and created_at < slot + spec.step;
      else
        select array_agg(f) into waiting_facts from outbox_facts f
         where created_at >= slot and created_at < slot + spec.step;
        delete from outbox_facts where created_at >= slot and created_at < slot + spec.step;
      end if;
      execute format('create table %I partition of %I for values from (%L) to (%L)',
                     partition_name, spec.parent, slot, slot + spec.step);
      if spec.parent = 'outbox_references' then
        insert into outbox_references overriding system value select * from unnest(waiting_references);
      else
        insert into outbox_facts select * from unnest(waiting_facts);
      end if;
      action := 'created';
      return next;
    end loop;
  end loop;

  for part in
    select c.relname::text as name, parent.relname::text as parent,
           substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \(''([^'']+)''\)')::timestamptz as upper_bound
      from pg_inherits i
      join pg_class c on c.oid = i.inhrelid
      join pg_class parent on parent.oid = i.inhparent
     where parent.oid in ('outbox_references'::regclass, 'outbox_facts'::regclass)
  loop
    continue when part.upper_bound is null; -- the default partition
    if part.parent = 'outbox_references' then
      continue when part.upper_bound > now() - interval '1 day';
      execute format('select not exists (
                        select from %I r where (r.xid, r.id) > (
                          coalesce((select last_xid from relay_pointers where name = ''references''), ''0''::xid8),
                          coalesce((select last_id from relay_pointers where name = ''references''), 0)))', part.name)
         into sent;
    else
      continue when part.upper_bound > now() - interval '30 days';
      execute format('select not exists (
                        select from %I f where f.fact_no > coalesce(
                          (select last_fact_no from relay_pointers p where p.name = ''facts:'' || f.topic), 0))', part.name)
         into sent;
    end if;
    continue when not sent;
    execute format('drop table %I', part.name);
    action := 'dropped';
    partition_name := part.name;
    return next;
  end loop;
end $$;

-- After a logical restore transaction ids have started again, and rows kept from before may carry ids this cluster has
-- yet to reach: they get a present one. Called by the relay when its pointer belongs to another cluster or database.
create function outbox_readopt() returns bigint language plpgsql security definer
as $$
declare
  adopted bigint;
begin
  update outbox_references set xid = pg_current_xact_id() where xid > pg_current_xact_id();
  get diagnostics adopted = row_count;
  return adopted;
end $$;

do $$
declare
  -- The files of this folder run in every service's database: the role is named after its owner.
  app text := quote_ident(replace(current_user, '_owner', '_app'));
begin
  execute format('alter function outbox_maintain() set search_path = %I, pg_temp', current_schema());
  execute format('alter function outbox_readopt() set search_path = %I, pg_temp', current_schema());
  revoke execute on function outbox_maintain(), outbox_readopt() from public;
  execute 'grant execute on function outbox_maintain(), outbox_readopt() to ' || app;
  execute 'grant select, insert, update on consumer_progress, relay_pointers, export_loads, republish_runs,
             quarantine, fact_progress to ' || app;
  execute 'grant select, insert on consumer_accepts, outbox_references, outbox_facts, relay_events,
             quarantine_decisions, facts_applied to ' || app;
  execute 'grant select, insert, update, delete on outbox_parked, held_facts to ' || app;
end $$;

select outbox_maintain();
