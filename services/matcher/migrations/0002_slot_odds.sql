-- breaking: pods of an earlier build score by another model, and would settle slots without the odds kept here. Stop them all,
-- migrate, start the new build: it begins to score everything again by itself (`atlas rematch --wait` shows how far it is).

-- The pairs of each slot with their odds: when one of them changes, its rivals are settled anew without being compared
-- again. One row a slot, sorted by profile; slots that nobody may be have none.
create table slot_odds (
  slot_id uuid primary key,
  profiles uuid[] not null,
  odds int[] not null,                   -- natural log odds, in ten-thousandths
  fitting smallint[] not null,           -- how the profile's name fits: 0 not, 1 in part, 2 as a whole
  rarity int[] not null,                 -- how rare what agrees of the names is: against nobody, in ten-thousandths
  check (cardinality(profiles) > 0 and cardinality(odds) = cardinality(profiles)
     and cardinality(fitting) = cardinality(profiles) and cardinality(rarity) = cardinality(profiles))
);
grant select, insert, update, delete on slot_odds to matcher_app;

-- The probabilities of a slot sum up to 1, so those worth showing are few: none is left out any more.
alter table slots drop column others;

-- Who decided on a record that has left is found through the work it was in.
create index memberships_of_work on work_members (work_id);

-- Positions of another form.
update to_compare set position = null where kind in ('work', 'profile');
