-- Whether the claim was withdrawn is part of what a question showed.
alter table question_revisions add column withdrawn boolean not null default false;
alter table question_revisions alter column withdrawn drop default;
