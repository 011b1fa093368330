-- Push: what keys may and did, how far a named batch has come, what is known of each source, refusals found by record.

-- Limits: null: as configured; 0: none.
alter table api_keys
  add column rate_per_minute integer check (rate_per_minute >= 0),
  add column daily_records bigint check (daily_records >= 0),
  add column daily_bytes bigint check (daily_bytes >= 0),
  add column holder text,             -- whom to tell
  add column replaces text collate "C",   -- the key this one was made to take over from
  add column exposed_at timestamptz;  -- when it was first sent in clear
-- Nothing reads or writes last_used_on any more: key_rates.last_used_at says it exactly.

-- One row a key: the window of its rate, updated by each request. Apart from api_keys, and with room for its next
-- versions on the same page: the rows are small and change often.
create table key_rates (
  key_id text collate "C" primary key,
  window_started_at timestamptz not null,
  requests integer not null,
  last_used_at timestamptz not null
) with (fillfactor = 50);

-- One row a key and day (UTC): written by the transaction of each chunk, so that a quota is exact however many members
-- there are.
create table key_usage (
  key_id text collate "C" not null,
  day date not null,
  requests bigint not null default 0,
  bytes bigint not null default 0,    -- of bodies, decompressed
  stored bigint not null default 0,
  updated bigint not null default 0,
  duplicate bigint not null default 0,
  stale bigint not null default 0,
  refused bigint not null default 0,
  primary key (key_id, day)
) with (fillfactor = 50);

alter table batches
  add column committed_lines bigint not null default 0,   -- that are not blank
  add column last_line bigint,        -- the last of them, blank ones counted: a sender goes on behind it
  add column last_record text collate "C",
  add column counts jsonb not null default '{"stored": 0, "updated": 0, "duplicate": 0, "stale": 0, "refused": 0}',
  add column updated_at timestamptz not null default now();

-- Counters of a source, in 16 rows each: two writers meet in one of them only now and then, and then only while the
-- first one commits.
create table source_counts (
  source text collate "C" not null,
  shard smallint not null,
  stored bigint not null default 0,
  updated bigint not null default 0,
  duplicate bigint not null default 0,
  stale bigint not null default 0,
  refused bigint not null default 0,
  last_success_at timestamptz,        -- a chunk of it was taken in
  primary key (source, shard)
) with (fillfactor = 50);
-- By the first mistake of each line.
create table source_refusals (
  source text collate "C" not null,
  code text collate "C" not null,
  shard smallint not null,
  lines bigint not null,
  primary key (source, code, shard)
) with (fillfactor = 50);

insert into source_counts (source, shard, stored, updated, stale, last_success_at)
select source, 0, count(*) filter (where raw_version = 1),
       count(*) filter (where raw_version > 1 and class <> 'stale'), count(*) filter (where class = 'stale'),
       max(received_at)
  from raw_records group by source;
insert into source_refusals (source, code, shard, lines)
select source, code, 0, count(*)
  from (select distinct on (source, batch_id, line) source, code from refused_lines order by source, batch_id, line, id) f
 group by source, code;
insert into source_counts (source, shard, refused)
select source, 0, sum(lines) from source_refusals group by source
on conflict (source, shard) do update set refused = excluded.refused;

alter table refused_lines add column source_id text collate "C";  -- where the refused line had one
create index refused_lines_record on refused_lines (source, source_id, id) where source_id is not null;

grant select, insert, update on key_rates, key_usage, source_counts, source_refusals to ingest_app;
