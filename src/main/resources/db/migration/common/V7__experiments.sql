-- Jobs that were queued together. Request, jobs and paired hold JSON; what becomes of a job, its own row says.

create table experiment (
  id text not null primary key,
  tenant text not null,
  name text,
  request text not null,
  jobs text not null,
  paired text not null,
  created_at bigint not null
);

alter table job add column experiment_id text;
create index job_experiment on job (experiment_id) where experiment_id is not null;
