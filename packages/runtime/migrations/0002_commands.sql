-- Answers of commands, kept 7 days: a client that lost an answer asks again with the same key and learns the truth.
create table idempotency_keys (
  principal text not null,
  key text not null,
  fingerprint bytea not null,
  status int not null,
  response jsonb not null,
  created_at timestamptz not null default now(),
  primary key (principal, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);

-- Schema ids are immutable, so they are kept for ever: a registry that is away then touches only ids never seen.
create table schema_cache (
  id int primary key,
  subject text not null,
  schema text not null,
  seen_at timestamptz not null default now()
);

do $$
begin
  -- The files of this folder run in every service's database: the role is named after its owner.
  execute format('grant select, insert, delete on idempotency_keys to %I', replace(current_user, '_owner', '_app'));
  execute format('grant select, insert on schema_cache to %I', replace(current_user, '_owner', '_app'));
end $$;
