-- Records that describe no work, in their newest version: persons, organisations, links between works and what is added to
-- works. None is ever a member. Being here is their terminal state; a row goes when its record comes to describe a work.
-- Of a link one identifier stands for each end: 310 bytes with all indexes.
create table kept_records (
  record_id uuid primary key,
  kind text not null,                    -- author, institution, citation, enrichment, or what later builds know
  version bigint not null,
  content_key text not null,             -- as of records
  live boolean not null,
  about text,                            -- the work that is added to, of a link the citing one: doi:10.5555/1
  cites text,                            -- of a link the cited one
  adds json                              -- of an enrichment what it says; null for all others
);
create index kept_by_about on kept_records (about, cites) where live and about is not null;
create index kept_by_cites on kept_records (cites, about) where live and cites is not null;
grant select, insert, update, delete on kept_records to matcher_app;
grant delete on record_states to matcher_app;

-- What members and kept records say beside the description of a work: access, licence, funders, citations. A function of
-- the members and of what is kept about their identifiers. Rows that an earlier build wrote get it when they are placed again.
alter table works add column additions json not null default '{}';
-- Of the last state that was described anew, where later ones only added: what waits to be compared names that one, and
-- nothing is compared again for the others. null: it is the newest.
alter table works add column described_revision bigint;
