-- The rights that programs need in the database of a queue: 'atelier jobs setup --roles' runs this as the owner of that
-- database, who needs the right to create roles if these two are missing. The database is the queue's own: nothing else
-- is in its schema. Then give each login one role:
--   create role painter login password '…' in role atelier_worker;
--   create role studio login password '…' in role atelier_client;
-- Rights are those of programs, not of people: a client can read the files of every owner, and must see to it who asks.
do $$
begin
  if not exists (select from pg_roles where rolname = 'atelier_worker') then
    create role atelier_worker nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'atelier_client') then
    create role atelier_client nologin;
  end if;
end
$$;

revoke all on all tables in schema public from public, atelier_worker, atelier_client;
revoke create on schema public from public;
grant usage on schema public to atelier_worker, atelier_client;

-- Workers run jobs, and remove old ones. They create, alter and drop nothing.
grant select, insert, update, delete on all tables in schema public to atelier_worker;
grant usage on all sequences in schema public to atelier_worker;

-- Clients add jobs and change what becomes of them, but not what they make, and do not touch the scheduler.
grant select, insert on atelier_jobs to atelier_client;
grant update (state, fence, attempts, progress, activity, wish, watched, fed, ended, checkpoint, preview, failure)
  on atelier_jobs to atelier_client;
grant select, insert on atelier_job_blobs to atelier_client;
grant select on atelier_job_log, atelier_workers, atelier_schema to atelier_client;
grant select, insert on atelier_blobs to atelier_client;
grant update (stored) on atelier_blobs to atelier_client;

-- The chunks of a file that turns out to be there already are deleted again.
grant select, insert, delete on atelier_chunks to atelier_client;
