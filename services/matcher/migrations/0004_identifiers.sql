-- breaking: pods of an earlier build change works without keeping the table below. Stop them all, migrate, start the new build:
-- it goes through all records again by itself and fills it (`atlas rematch --wait` shows how far it is).

-- What leads to a work, with what it is to the work: self, has_version, part_of, has_erratum … Of live works only; a function
-- of their members, written with them. Two works may have one identifier: a container's, or one that a guard found in two.
create table work_identifiers (
  scheme text not null,
  value text not null,
  work_id uuid not null,
  relation text not null,
  base text,                             -- a DOI without the version at its end; null where it has none
  record_ids uuid[] not null,            -- members that say so
  primary key (scheme, value, work_id)
);
create index identifiers_of_work on work_identifiers (work_id);
create index identifiers_by_base on work_identifiers (base) where base is not null;
grant select, insert, update, delete on work_identifiers to matcher_app;

insert into rematch_runs (run_id, model_version, phase)
select uuidv7(), m.model_version, 'records'
  from (select model_version from models order by first_used_at desc limit 1) m
 where exists (select from records)
on conflict ((true)) where phase <> 'done' do update set phase = 'records', position = null;
