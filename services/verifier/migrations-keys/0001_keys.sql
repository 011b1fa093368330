-- One key for each subject, from the first act on, wrapped by the master key that no database knows.
-- Destroying it makes everything sealed for the subject unreadable at once; the row stays, so that no second key is made.
create table subject_keys (
  key_id uuid primary key,                    -- random; named by acts
  profile_id uuid not null,
  wrapped bytea,
  created_at timestamptz not null default now(),
  destroyed_at timestamptz,
  constraint destroyed_means_no_key check ((wrapped is null) = (destroyed_at is not null))
);
create unique index one_key_per_subject on subject_keys (profile_id);

grant select, insert on subject_keys to keys_app;
grant update (wrapped, destroyed_at) on subject_keys to keys_app;
