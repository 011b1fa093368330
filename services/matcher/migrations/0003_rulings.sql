-- What persons ruled on works, for ever: work_constraints is the fold of it, written in the same transaction.
create table work_rulings (
  -- Drawn under a lock that is held until commit: of two rulings on a pair the higher number stands.
  ruling_no bigint generated always as identity primary key,
  ruling_id uuid not null unique,
  kind text not null check (kind in ('link', 'cut', 'withdraw')),
  work_id uuid,                          -- the work it was about, as it was called then
  other_work_id uuid,
  side_a uuid[] not null default '{}',   -- records on the two sides
  side_b uuid[] not null default '{}',
  head_a uuid,                           -- of a link: the two primary records that it joins
  head_b uuid,
  role text check (role in ('duplicate', 'version', 'erratum', 'retraction', 'part')), -- of head_a in the work of head_b
  withdraws uuid unique references work_rulings (ruling_id),
  actor text not null,
  actor_role text not null,
  on_behalf_of text,
  via text not null,
  reason text not null,
  command_key text not null,             -- names the request among those of its actor
  decided_at timestamptz not null,
  check ((kind = 'withdraw') = (withdraws is not null)),
  check ((kind = 'withdraw') = (cardinality(side_a) = 0) and (kind = 'withdraw') = (cardinality(side_b) = 0)),
  check ((kind = 'link') = (head_a is not null) and (kind = 'link') = (head_b is not null)),
  check (role is null or kind = 'link')
);
create index rulings_by_side_a on work_rulings using gin (side_a);
create index rulings_by_side_b on work_rulings using gin (side_b);
create index links_by_work on work_rulings (work_id) where kind = 'link';

create function refuse() returns trigger language plpgsql as $$
begin
  raise exception 'rulings are kept for ever: % on % is refused', lower(tg_op), tg_table_name using errcode = '42501';
end $$;
create trigger no_change before update or delete on work_rulings for each row execute function refuse();
create trigger no_truncate before truncate on work_rulings for each statement execute function refuse();
alter table work_rulings enable always trigger no_change;
alter table work_rulings enable always trigger no_truncate;

-- Whose role it is. Nothing has written here before.
alter table work_constraints add column role_of uuid;
alter table work_constraints add check ((role is null) = (role_of is null));
alter table work_constraints add foreign key (act_id) references work_rulings (ruling_id);
create unique index one_ruling_stands_on_a_pair on work_constraints (record_a, record_b);
create index constraints_by_ruling on work_constraints (act_id);

grant select, insert on work_rulings to matcher_app;
