-- What looks wrong about a work, for a curator to rule on: a function of its members, their links and the rulings on them,
-- written with the work. Rows that an earlier build wrote have none until their records are gone through again.
alter table works add column suspicions json not null default '[]';
alter table works add column suspicion_kinds text[] not null default '{}'; -- of them, distinct, sorted
create index suspicious_works on works (work_id) where suspicion_kinds <> '{}';
