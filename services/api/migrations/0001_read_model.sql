-- The read model: everything here can be dropped and rebuilt from the owners' exports and the topics.

create table works (
  work_id uuid primary key,
  revision bigint not null,
  state text not null,
  content jsonb not null
);

-- What a person is asked. One row is written from two sides, whichever comes first: the matcher's claim (`candidates`),
-- and how the verifier says it stands (`acts`, and its own answers to commands). Both write the same row, so that neither
-- can miss the other.
create table questions (
  candidate_id uuid primary key,
  profile_id uuid not null,
  -- Of the claim; 0: it has not arrived, and the question is shown to nobody yet.
  revision bigint not null default 0,
  work_id uuid,
  -- The claim was made of the work at this revision, and is shown once the work is there.
  work_revision bigint not null default 0,
  score double precision,
  year int,
  sources text[] not null default '{}',
  content jsonb,
  -- Of the last act about it, or of an answer its owner has just given; version 0: nobody has decided, and the claim
  -- alone says whether it is open.
  version int not null default 0,
  act_seq bigint not null default 0,
  status text not null,
  flags text[] not null default '{}'
);
-- The queue of a profile in the order of its pages, one index a sort; the id makes the order total.
create index questions_by_score on questions (profile_id, status, score desc, candidate_id desc) where revision > 0;
create index questions_by_year on questions (profile_id, status, coalesce(year, 0) desc, candidate_id desc)
  where revision > 0;

create table profiles (
  profile_id uuid primary key,
  revision bigint not null,
  state text not null,
  content jsonb not null
);

create table acts (
  act_id uuid primary key,
  profile_id uuid not null,
  seq bigint not null,
  candidate_id uuid,
  content jsonb not null,
  unique (profile_id, seq)
);
create index acts_by_candidate on acts (candidate_id, seq desc);

create table authorships (
  authorship_id uuid primary key,
  profile_id uuid not null,
  revision bigint not null,
  state text not null,
  year int,
  type text not null,
  content jsonb not null
);
create index authorships_of_profile on authorships (profile_id, coalesce(year, 0) desc, authorship_id desc)
  where state = 'verified';

-- A rebuild that has begun and not ended; meanwhile nothing is served from here.
create table rebuilds (
  rebuild_id int generated always as identity primary key,
  begun_at timestamptz not null default now(),
  ended_at timestamptz
);
create unique index one_rebuild_at_a_time on rebuilds ((true)) where ended_at is null;

-- Empties the read model and forgets where its consumers were. The application may not truncate, nor delete positions;
-- this does both, and nothing else, with the owner's rights.
create function empty_read_model() returns void language plpgsql security definer as $$
begin
  truncate works, questions, profiles, acts, authorships;
  delete from consumer_progress;
  delete from export_loads;
  delete from held_facts;
  delete from facts_applied;
  delete from fact_progress;
end $$;
do $$
begin
  execute format('alter function empty_read_model() set search_path = %I, pg_temp', current_schema());
end $$;
revoke execute on function empty_read_model() from public;

grant execute on function empty_read_model() to api_app;
grant select, insert, update, delete on works, questions, profiles, acts, authorships to api_app;
grant select, insert, update on rebuilds to api_app;
