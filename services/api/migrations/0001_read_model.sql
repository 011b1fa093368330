-- The read model: everything here can be dropped and rebuilt from the owners' exports and the topics.

create table works (
  work_id uuid primary key,
  revision bigint not null,
  state text not null,
  redirect_to uuid,
  title text,
  type text not null,
  year int,
  doi text,
  content jsonb not null
);

-- Which slot a mention, or an earlier key of it, is in now: standing follows the mentions.
create table slot_mentions (
  work_id uuid not null,
  mention_key uuid not null,
  slot_id uuid not null,
  primary key (work_id, mention_key)
);
create index slot_mentions_by_key on slot_mentions (mention_key);
create index slot_mentions_by_slot on slot_mentions (slot_id);

create table candidates (
  candidate_id uuid primary key,
  profile_id uuid not null,
  revision bigint not null,
  kind text not null,
  work_id uuid not null,
  slot_id uuid not null,
  score double precision not null,
  year int,
  sources text[] not null,
  withdrawn boolean not null,
  content jsonb not null,
  status text not null,
  version int not null,
  flags text[] not null
);
-- The queue of a profile, in the order of its pages; the id makes the order total.
create index candidates_by_score on candidates (profile_id, status, score desc, candidate_id) where not withdrawn;
create index candidates_by_slot on candidates (slot_id);

create table profiles (
  profile_id uuid primary key,
  revision bigint not null,
  state text not null,
  display_name text not null,
  content jsonb not null
);

create table acts (
  act_id uuid primary key,
  profile_id uuid not null,
  seq int not null,
  chain_seq bigint not null,
  question_ref uuid not null,
  candidate_id uuid,
  state_changing boolean not null,
  content jsonb not null,
  unique (profile_id, seq)
);
create index acts_by_candidate on acts (candidate_id);

create table act_mentions (
  profile_id uuid not null,
  mention_key uuid not null,
  act_id uuid not null references acts (act_id) on delete cascade,
  primary key (profile_id, mention_key, act_id)
);

create table authorships (
  authorship_id uuid primary key,
  profile_id uuid not null,
  revision bigint not null,
  work_id uuid not null,
  state text not null,
  year int,
  type text not null,
  content jsonb not null
);
create index authorships_of_profile on authorships (profile_id, year desc nulls last, authorship_id) where state = 'verified';

-- What an owner has just answered; read before the projection, until it has caught up.
create table decision_overlay (
  candidate_id uuid primary key,
  version int not null,
  status text not null,
  flags text[] not null,
  recorded_at timestamptz not null default now()
);

grant select, insert, update, delete on works, slot_mentions, candidates, profiles, acts, act_mentions, authorships, decision_overlay to api_app;
