-- A rebuild runs beside the members. Their positions are not forgotten but moved to the ends of the topics, in the
-- transaction that empties the read model: a member whose position has vanished could only stand still.
create or replace function empty_read_model() returns void language plpgsql security definer as $$
begin
  truncate works, questions, profiles, acts, authorships;
  delete from export_loads;
  delete from held_facts;
  delete from facts_applied;
  delete from fact_progress;
end $$;
do $$
begin
  execute format('alter function empty_read_model() set search_path = %I, pg_temp', current_schema());
end $$;
