-- Changes: counts that move by themselves are published at most weekly; what changed of who or what a record is, is kept.

alter table raw_records
  add column changed text[] collate "C",  -- paths of the identity-relevant fields that differ from what was published before
  drop constraint raw_records_class_check,
  -- Not validated: every row was held to a narrower rule.
  add constraint raw_records_class_check
    check (class in ('first', 'identity', 'bibliographic', 'volatile', 'cosmetic', 'deleted', 'restored', 'suppression', 'stale'))
    not valid;
comment on column raw_records.fingerprints is
  'identity, bibliographic, cosmetic, volatile: 16 bytes of each; 48 bytes: volatile not said; empty for a deletion';

alter table heads
  add column published_at timestamptz,    -- of the snapshot; null: not said
  add column volatile_due_at timestamptz, -- current bytes differ from the snapshot in what is published weekly: not before this
  add column fingerprint_rules smallint not null default 1;  -- by which classes the fingerprints were made
comment on column heads.fingerprints is
  'of the snapshot: identity, bibliographic, cosmetic, volatile: 32 bytes of each; 96 bytes: volatile not said';
create index heads_volatile_due on heads (volatile_due_at) where volatile_due_at is not null;
