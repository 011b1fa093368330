-- Imports as jobs: uploads, archives, who works on which, what was read.

alter table refused_lines add column entry text;  -- of an archive: the file in it

alter table imports
  add column name text,                 -- as it is shown; `path` is what finds the job again
  add column origin text not null default 'file' check (origin in ('file', 'stdin', 'upload')),
  add column key_id text collate "C",   -- api_keys: who uploaded it
  add column spool text collate "C",    -- file in the spool folder; null when it is gone or never was there
  add column dry_run boolean not null default false,
  add column keep_going boolean not null default false,
  add column warnings jsonb not null default '[]',
  add column reading jsonb not null default '{}',   -- what was read: authors, those with an ORCID iD, …
  add column entry bigint not null default 0,       -- archives: the file under way, and
  add column entry_records bigint not null default 0,  -- how much of it is committed
  add column read_bytes bigint not null default 0,  -- of the file as it is, for progress
  add column job_version integer not null default 1,
  add column attempts integer not null default 0,   -- begun without a commit since
  add column lease_owner text,
  add column lease_until timestamptz,
  add column cancel_requested_at timestamptz,
  add column run_started_at timestamptz,            -- rate and time left are of this run
  add column run_bytes bigint not null default 0,
  add column run_records bigint not null default 0,
  alter column size_bytes drop not null,            -- standard input
  alter column modified_at drop not null,
  drop constraint imports_state_check,
  add constraint imports_state_check
    check (state in ('received', 'scanning', 'importing', 'done', 'done_with_rejects', 'cancelled', 'failed'));

-- What a worker may take.
create index imports_waiting on imports (id) where spool is not null and state in ('received', 'scanning', 'importing');
create index imports_source on imports (source, id desc);

-- Uploads that are not whole: never a job, but for one that a full disk interrupted.
create table uploads (
  id uuid primary key,
  source text collate "C" not null,
  key_id text collate "C" not null,
  name text not null,
  size_bytes bigint,                    -- null: the sender says when it is all
  sha256 bytea check (octet_length(sha256) = 32),
  options jsonb not null,
  import_id bigint,                     -- the job that waits for the rest
  created_at timestamptz not null default now(),
  touched_at timestamptz not null default now()
);
grant select, insert, update, delete on uploads to ingest_app;
