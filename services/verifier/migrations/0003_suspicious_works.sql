-- Whether the matcher calls a work suspicious: rules decide nothing about it. What came before the matcher said so counts as
-- not suspicious until its next snapshot.
alter table works add column suspicious boolean not null default false;
