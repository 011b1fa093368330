-- Ingest: what sources sent, kept once per version and never changed; one head per record; keys, batches, imports.

-- Bytes as received, those of up to 16 records that came together in one block: they resemble each other, and so take
-- a quarter less room than one by one. Compressed by us; nothing here is ever updated or deleted.
create sequence raw_block_id;
create table raw_blocks (
  block_id bigint primary key,
  encoding text collate "C" not null check (encoding in ('zstd', 'identity')),
  payload bytea not null
);
-- Compressed already; pglz would only cost time.
alter table raw_blocks alter column payload set storage external;

-- One row per kept version of a record: what is known of its bytes, and where they are.
create table raw_records (
  source text collate "C" not null,
  source_id text collate "C" not null,
  raw_version integer not null check (raw_version > 0),
  block_start integer not null,
  block_id bigint not null,           -- raw_blocks; written by the same statement
  size_bytes integer not null check (size_bytes > 0),
  published_version integer,          -- the snapshot this version was published as at once; null when it was not
  checksum bytea not null check (octet_length(checksum) = 32),  -- SHA-256 of the bytes as received
  fingerprints bytea not null,        -- identity, bibliographic, cosmetic: 16 bytes of each; empty for a deletion
  stamp timestamptz,                  -- the source's own update stamp, inside the bytes
  fetched_at timestamptz,             -- given by the sender; null when he did not say
  received_at timestamptz not null,
  format text collate "C" not null check (format in ('json', 'xml')),
  class text collate "C" not null
    check (class in ('first', 'identity', 'bibliographic', 'cosmetic', 'deleted', 'restored', 'suppression', 'stale')),
  normaliser text collate "C" not null,
  context text not null,              -- XML: namespace declarations in scope; '' otherwise
  primary key (source, source_id, raw_version)
);
-- An exact re-send is found by its checksum before it is parsed. Eight bytes choose the row, the rest is compared:
-- half the size of an index over all 32.
create index raw_records_checksum on raw_records (substring(checksum from 1 for 8));

create function refuse_change() returns trigger language plpgsql as
$$ begin raise exception 'rows of % are never changed or removed', tg_table_name using errcode = '42501'; end $$;
create trigger no_change before update or delete on raw_records for each row execute function refuse_change();
create trigger no_truncate before truncate on raw_records for each statement execute function refuse_change();
create trigger no_change before update or delete on raw_blocks for each row execute function refuse_change();
create trigger no_truncate before truncate on raw_blocks for each statement execute function refuse_change();
alter table raw_records enable always trigger no_change;
alter table raw_records enable always trigger no_truncate;
alter table raw_blocks enable always trigger no_change;
alter table raw_blocks enable always trigger no_truncate;

-- The state of one record: its current version, and the snapshot that was published last. The row is the lock.
create table heads (
  record_id uuid primary key,         -- uuidv5(source:sourceId), so also unique per (source, source_id)
  source text collate "C" not null,
  source_id text collate "C" not null,
  raw_versions integer not null,      -- versions kept, stale ones included
  raw_version integer not null,       -- the current one
  checksum bytea not null,
  stamp timestamptz,
  fetched_at timestamptz,
  received_at timestamptz not null,
  normaliser text collate "C" not null,
  deleted boolean not null,
  version integer not null,           -- dense count of published snapshots; 0: nothing was published yet
  content_version integer,            -- raw version whose bytes the snapshot's content was read from
  fingerprints bytea,                 -- of that snapshot: identity, bibliographic, cosmetic, 32 bytes each
  suppressed boolean not null default false,
  snapshot bytea,                     -- the published message value (framed Avro); the relay sends it as it is
  check ((version = 0) = (snapshot is null))
);
alter table heads alter column snapshot set storage external;

-- Objections and erasures. Looked up for every record; `key` is a record id, or sha256 of scheme and value of a person.
create table suppressed (
  kind text not null check (kind in ('record', 'person')),
  key text collate "C" not null,
  reason text not null check (reason <> ''),
  created_at timestamptz not null default now(),
  primary key (kind, key)
);

create table api_keys (
  id text collate "C" primary key check (id ~ '^[0-9A-Za-z]{8}$'),
  secret_sha256 bytea not null check (octet_length(secret_sha256) = 32),
  sources text[] not null check (cardinality(sources) > 0),
  max_body_bytes bigint,              -- null: no limit
  max_lines bigint,
  created_at timestamptz not null default now(),
  created_by text not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  revoked_by text,
  revoked_reason text,
  last_used_on date
);

-- One row per batch that a sender named: the same name must mean the same body.
create table batches (
  batch_id text collate "C" not null,
  source text collate "C" not null,
  origin text not null,               -- key:<id>
  head_sha256 bytea not null,         -- of the first line: another body under this id is known before a line is kept
  body_sha256 bytea,                  -- of the whole body, once it was read to its end
  created_at timestamptz not null default now(),
  primary key (source, batch_id)
);

create table refused_lines (
  id bigint generated always as identity primary key,
  source text collate "C" not null,
  batch_id text collate "C" not null,      -- import-<n> for a file
  line bigint not null,               -- NDJSON: the line, blank ones counted; else the n-th record
  byte_offset bigint,
  code text not null,
  detail text not null,
  pointer text,
  line_column integer,
  head bytea not null,                -- the first bytes of what was refused
  refused_at timestamptz not null default now()
);
create index refused_lines_batch on refused_lines (source, batch_id, line);

create table imports (
  id bigint generated always as identity primary key,
  source text collate "C" not null,
  path text not null,
  state text not null check (state in ('importing', 'done', 'done_with_rejects', 'cancelled', 'failed')),
  code text,                          -- why it failed
  detail text,
  size_bytes bigint not null,
  modified_at timestamptz not null,
  fetched_at timestamptz,
  records bigint not null default 0,  -- committed: the ordinal of the last record
  byte_offset bigint not null default 0,      -- and the place behind it in the decompressed file
  prefix_bytes bigint not null default 0,     -- bytes of the file that were read by then
  prefix_sha256 bytea,                -- and their SHA-256: a resume compares it
  file_sha256 bytea,
  counts jsonb not null default '{}',
  started_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finished_at timestamptz
);
create index imports_file on imports (source, path, id desc);
create index imports_sha256 on imports (file_sha256) where file_sha256 is not null;

create table renormalise_runs (
  id bigint generated always as identity primary key,
  source text collate "C" not null,
  normaliser text collate "C" not null,
  cursor uuid,
  counts jsonb not null default '{}',
  started_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finished_at timestamptz
);
create unique index one_renormalise_run on renormalise_runs (source, normaliser) where finished_at is null;

-- Raw rows and refused lines are written once: no update, no delete.
grant select, insert on raw_records, raw_blocks, refused_lines to ingest_app;
grant usage on sequence raw_block_id to ingest_app;
grant select, insert, update on heads, api_keys, batches, imports, renormalise_runs to ingest_app;
grant select on suppressed to ingest_app;
