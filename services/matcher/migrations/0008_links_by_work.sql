-- Works whose links are to be counted anew: the two ends of some became one work, or are one no more.
alter table to_compare drop constraint to_compare_kind_check;
alter table to_compare add constraint to_compare_kind_check
  check (kind in ('work', 'profile', 'evidence', 'block', 'links'));
