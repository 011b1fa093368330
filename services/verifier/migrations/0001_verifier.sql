-- What the matcher says of works: the latest snapshot of each, and where every mention is.
create table works (
  work_id uuid primary key,
  revision bigint not null,
  state text not null check (state in ('live', 'redirect', 'gone')),
  redirect_to uuid,
  title text,
  year int,
  type text not null,
  doi text,
  sources jsonb not null                      -- recordId -> source
);

create table slots (
  work_id uuid not null references works,
  slot_id uuid not null,
  position int not null,
  name text not null,
  collective boolean not null,
  corresponding boolean not null,
  ambiguous boolean not null,
  primary key (work_id, slot_id)
);

-- Two works may both claim a mention for a moment, as snapshots arrive one by one: the higher revision has it.
create table slot_mentions (
  work_id uuid not null references works,
  mention_key uuid not null,                  -- a key, or an earlier key of the same entry
  slot_id uuid not null,
  entry_key uuid not null,                    -- the entry's key now
  record_id uuid not null,
  version bigint not null,
  position int not null,
  name text not null,
  primary key (work_id, mention_key)
);
create index slot_mentions_by_key on slot_mentions (mention_key);
create index slot_mentions_by_slot on slot_mentions (work_id, slot_id);

create table profiles (
  profile_id uuid primary key,
  revision bigint not null,
  state text not null,
  merged_into uuid,
  auto_confirm_threshold double precision,
  auto_reject_threshold double precision
);

-- A question is what we keep of a candidate: what was claimed (the matcher's), and how it stands (ours).
create table questions (
  candidate_id uuid primary key,
  question_ref uuid not null unique,  -- random: what acts name in clear
  profile_id uuid not null,
  slot_id uuid not null,
  work_id uuid not null,
  kind text not null,
  revision bigint not null,
  first_revision bigint not null,             -- what was before it never came here
  work_revision bigint not null,
  slot_name text not null,
  slot_position int not null,
  collective boolean not null,
  title text,
  year int,
  score double precision not null,
  model_version text not null,
  evidence text not null,
  evidence_items text[] not null,
  mentions jsonb not null,
  replaces uuid[] not null,
  withdrawn boolean not null,
  withdrawn_reason text,
  caused_by text[] not null,
  status text not null default 'pending',
  version int not null default 0,             -- counts state-changing acts
  flags text[] not null default '{}',
  last_act uuid,
  last_decided_at_ms bigint not null default 0,
  decided_evidence text,                      -- what the last person to decide had before him
  decided_withdrawn boolean not null default false
);
create index questions_by_slot on questions (slot_id);
create index questions_by_profile on questions (profile_id, candidate_id);

-- What a question showed before: one row for each content, under the last revision that had it.
create table question_revisions (
  candidate_id uuid not null,
  until_revision bigint not null,
  evidence text not null,
  evidence_items text[] not null,
  score double precision not null,
  model_version text not null,
  primary key (candidate_id, until_revision)
);

-- Slots to be looked at again, by whoever comes first. Each side commits before it looks, so no pair is missed.
create table to_settle (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('work', 'slot', 'profile')),
  object_id uuid not null,
  cursor uuid,                                -- of a profile: the candidates up to here are done
  created_at timestamptz not null default now()
);

-- ids in clear are random ones only: a deterministic id can be recomputed by anyone
create table verification_acts (
  chain_seq bigint primary key,
  id uuid not null unique,
  profile_id uuid not null,
  seq bigint not null,                        -- dense per profile
  question_ref uuid not null,
  question_version int not null,
  kind text not null,
  status_after text not null,
  flags_after text[] not null,
  state_changing boolean not null,
  confidence text,
  decided_at_ms bigint not null,              -- milliseconds since 1970: what is hashed
  actor text not null,
  actor_role text,
  on_behalf_of text,
  via text not null,
  batch_id uuid,
  supersedes uuid,
  command_key text,
  candidate_revision bigint,
  score double precision,
  model_version text,
  threshold double precision,
  reason text,
  key_id uuid not null,
  about bytea not null,                       -- sealed: work, slot, mentions, candidate
  private bytea,                              -- sealed: notes, evidence
  client_key_id uuid,                         -- of the key of subject and quarter that seals client
  client bytea,                               -- sealed: client info
  hash_version smallint not null,
  prev_hash bytea not null,
  hash bytea not null unique,
  unique (profile_id, seq)
);
create index verification_acts_by_question on verification_acts (question_ref, chain_seq);

create table chain_head (
  only_row boolean primary key default true check (only_row),
  chain_seq bigint not null,
  hash bytea not null
);
insert into chain_head (chain_seq, hash) values (0, decode(repeat('00', 32), 'hex'));

create function refuse() returns trigger language plpgsql as $$
begin
  raise exception 'acts are kept for ever: % on % is refused', lower(tg_op), tg_table_name using errcode = '42501';
end $$;
create trigger no_change before update or delete on verification_acts for each row execute function refuse();
create trigger no_truncate before truncate on verification_acts for each statement execute function refuse();
alter table verification_acts enable always trigger no_change;
alter table verification_acts enable always trigger no_truncate;

-- Which acts of a person bear on a mention. Not part of the chain: erasure deletes rows here.
create table act_mentions (
  mention_key uuid not null,
  act_id uuid not null,
  profile_id uuid not null,
  primary key (mention_key, act_id)
);
create index act_mentions_by_profile on act_mentions (profile_id);

-- Four bytes of length, then the value; all ones for null. No two different rows have one encoding.
create function sized(value bytea) returns bytea immutable parallel safe language sql
return case when value is null then '\xffffffff'::bytea else int4send(length(value)) || value end;

create function sized(value text) returns bytea immutable parallel safe language sql
return sized(convert_to(value, 'UTF8'));

-- The canonical payload of an act: services/verifier/src/chain.ts has the same, byte for byte.
create function act_payload(a verification_acts) returns bytea immutable parallel safe language sql
return uuid_send(a.question_ref) || int4send(a.question_version) || sized(a.status_after)
  || int4send(cardinality(a.flags_after))
  || coalesce((select string_agg(sized(flag), ''::bytea order by place) from unnest(a.flags_after) with ordinality f(flag, place)), ''::bytea)
  || case when a.state_changing then '\x01'::bytea else '\x00'::bytea end
  || sized(a.confidence) || int8send(a.decided_at_ms) || sized(a.actor) || sized(a.actor_role) || sized(a.on_behalf_of) || sized(a.via)
  || sized(uuid_send(a.batch_id)) || sized(uuid_send(a.supersedes)) || sized(a.command_key)
  || sized(int8send(a.candidate_revision)) || sized(float8send(a.score)) || sized(a.model_version)
  || sized(float8send(a.threshold)) || sized(a.reason) || uuid_send(a.key_id) || sized(a.about) || sized(a.private)
  || sized(uuid_send(a.client_key_id)) || sized(a.client);

-- Avro's long: zigzag, seven bits a byte, lowest first. Only numbers above zero come here.
create function avro_long(value bigint) returns bytea immutable parallel safe language plpgsql as $$
declare
  rest bigint := value * 2;
  bytes bytea := ''::bytea;
begin
  while rest >= 128 loop
    bytes := bytes || set_byte('\x00'::bytea, 0, ((rest & 127) | 128)::int);
    rest := rest >> 7;
  end loop;
  return bytes || set_byte('\x00'::bytea, 0, rest::int);
end $$;

-- Appends acts in the order given, and the messages that tell of them: the last statement of a transaction, so that
-- nobody waits for the head of the chain while work is done. Numbers and hashes are made here, under the head's lock.
-- An act's message is handed in as the pieces between seq, chainSeq, prevHash and hash, which are only known here.
create function append_acts(given jsonb) returns table (id uuid, chain_seq bigint, seq bigint, hash bytea)
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  item jsonb;
  act verification_acts;
  acts verification_acts[] := '{}';
  payload_hashes bytea[] := '{}';
  wires bytea[];
  wire text;
  at int := 0;
  head chain_head;
begin
  for item in select value from jsonb_array_elements(given) loop
    act := jsonb_populate_record(null::verification_acts, item);
    act.hash_version := 1;
    acts := acts || act;
    payload_hashes := payload_hashes || sha256(act_payload(act));
  end loop;

  select * into strict head from chain_head for update;
  for item in select value from jsonb_array_elements(given) loop
    at := at + 1;
    act := acts[at];
    act.chain_seq := head.chain_seq + 1;
    act.prev_hash := head.hash;
    select coalesce(max(v.seq), 0) + 1 into act.seq from verification_acts v where v.profile_id = act.profile_id;
    act.hash := sha256('\x01'::bytea || act.prev_hash || int8send(act.chain_seq) || uuid_send(act.id)
      || uuid_send(act.profile_id) || int8send(act.seq) || sized(act.kind) || payload_hashes[at]);
    insert into verification_acts select act.*;

    wires := '{}';
    for wire in select value from jsonb_array_elements_text(item -> 'wire') loop
      wires := wires || decode(wire, 'hex');
    end loop;
    insert into outbox_facts (topic, fact_no, partition, key, event_id, seq, type, value, traceparent, caused_by)
    values ('acts', act.chain_seq, (item ->> 'partition')::int, act.profile_id::text, act.id, act.seq, 'act',
            wires[1] || avro_long(act.seq) || wires[2] || avro_long(act.chain_seq) || wires[3]
              || '\x40'::bytea || act.prev_hash || '\x40'::bytea || act.hash || wires[4],
            item ->> 'traceparent', item ->> 'caused_by');

    head.chain_seq := act.chain_seq;
    head.hash := act.hash;
    id := act.id;
    chain_seq := act.chain_seq;
    seq := act.seq;
    hash := act.hash;
    return next;
  end loop;
  update chain_head h set chain_seq = head.chain_seq, hash = head.hash;
  perform pg_notify('outbox', '');
end $$;

create sequence authorship_revision;

-- Rows that were ever published are never deleted: a retraction is a state.
create table authorships (
  authorship_id uuid primary key,             -- the candidate's id
  revision bigint not null,
  profile_id uuid not null,
  work_id uuid not null,
  slot_id uuid not null,
  state text not null check (state in ('verified', 'retracted')),
  status text not null,
  act_id uuid not null,
  question_version int not null,
  verified_at_ms bigint,
  score double precision,
  work_revision bigint,
  position int not null,                      -- 0: not known
  corresponding boolean not null,
  flags text[] not null,
  contributions jsonb not null,
  title text,
  year int,
  type text not null,
  doi text
);
create index authorships_by_profile on authorships (profile_id);

-- How far the chain is covered by checkpoints, which themselves lie outside the database.
create table checkpoint_pointer (
  only_row boolean primary key default true check (only_row),
  chain_seq bigint not null default 0,
  written_at timestamptz not null default '-infinity'
);
insert into checkpoint_pointer default values;

revoke all on verification_acts, chain_head from public;
revoke execute on all functions in schema public from public;
grant select on verification_acts, chain_head to verifier_app;
grant execute on function append_acts(jsonb) to verifier_app;
grant execute on function outbox_maintain() to verifier_app;
grant usage on sequence authorship_revision to verifier_app;
grant select, insert, update on works, profiles, questions, question_revisions, authorships to verifier_app;
grant select, insert, update, delete on slots, slot_mentions, to_settle, act_mentions to verifier_app;
grant select, update on checkpoint_pointer to verifier_app;
