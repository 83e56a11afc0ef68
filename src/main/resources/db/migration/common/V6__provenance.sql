-- The attempts at a job: who made each, when, and with which bits it began and ended (JSON).
create table attempt (
  job_id text not null references job (id) on delete cascade,
  fence bigint not null,
  node text not null,
  started_at bigint not null,
  beginning text,
  ending text,
  primary key (job_id, fence)
);

-- The job that this one repeats to see whether the same bits come out, and what came of it (JSON).
alter table job add column verifies text;
alter table job add column verification text;
create index job_verifies on job (verifies) where verifies is not null;
