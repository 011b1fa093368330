create sequence profile_revision;

create table author_profiles (
  profile_id uuid primary key,
  revision bigint not null,
  state text not null check (state in ('active', 'merged', 'erased')),
  merged_into uuid references author_profiles (profile_id),
  display_name text not null,
  bio text,
  institution_id text,
  institutions text[] not null default '{}',
  auto_confirm_threshold double precision check (auto_confirm_threshold between 0 and 1),
  auto_reject_threshold double precision check (auto_reject_threshold between 0 and 1),
  watched_sources text[] not null default '{}',
  visibility text not null default 'institution' check (visibility in ('public', 'institution', 'private')),
  language text not null default 'en',
  notification_frequency text not null default 'weekly' check (notification_frequency in ('immediate', 'daily', 'weekly', 'never')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table profile_names (
  profile_id uuid not null references author_profiles (profile_id),
  position int not null,
  name text not null check (name <> ''),
  given text,
  family text,
  is_primary boolean not null default false,
  primary key (profile_id, position)
);
create unique index one_primary_name on profile_names (profile_id) where is_primary;

create table profile_identities (
  identity_id uuid primary key,
  profile_id uuid not null references author_profiles (profile_id),
  type text not null,
  value text not null check (value <> ''),
  is_primary boolean not null default false,
  method text not null check (method in ('orcid_oauth', 'email', 'manual', 'imported')),
  verified_at timestamptz,
  policy text not null default 'auto_suggest' check (policy in ('auto_claim', 'auto_suggest', 'auto_reject', 'ignore')),
  ownership text not null default 'mine' check (ownership in ('mine', 'partly_mine', 'not_mine')),
  unique (profile_id, type, value)
);
-- A claim is anybody's; what was proved belongs to one profile. Names are not identities: two people may share one.
create unique index verified_identity_of_one_profile on profile_identities (type, value) where verified_at is not null;
create index profile_identities_by_value on profile_identities (type, value);

create table profile_affiliations (
  profile_id uuid not null references author_profiles (profile_id),
  position int not null,
  name text not null check (name <> ''),
  ror text,
  country text,
  from_year int,
  to_year int,
  primary key (profile_id, position)
);

grant usage on sequence profile_revision to profiles_app;
grant select, insert, update on author_profiles to profiles_app;
grant select, insert, update, delete on profile_names, profile_identities, profile_affiliations to profiles_app;
