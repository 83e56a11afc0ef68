-- Jobs that are paused, tried again, forked, and worked on by several processes; checkpoints.

drop view queue_order;
drop view blob_reference;
drop index job_at_work;

-- The state says what is wanted of a running job: PAUSING, CANCELLING.
alter table job drop constraint job_want_known;
alter table job drop column want;
alter table job drop constraint job_state_known;
alter table job add constraint job_state_known
  check (state in ('QUEUED', 'RUNNING', 'PAUSING', 'PAUSED', 'CANCELLING', 'SUCCEEDED', 'FAILED', 'CANCELLED'));

-- How often the machine failed the job, and how often a smaller job passed it in the queue.
alter table job add column tries integer not null default 0;
alter table job add column overtaken integer not null default 0;
-- The last epoch that an event told of, and of which beginning of the run.
alter table job add column told_round bigint not null default 0;
alter table job add column told_epoch bigint not null default 0;
-- Where the job came from, if from another.
alter table job add column forked_from text;
alter table job add column forked_step bigint;
alter table job add column retry_of text;

create index job_at_work on job (tenant, owner) where state in ('RUNNING', 'PAUSING', 'CANCELLING');

-- From where a job goes on: numbered in the order they were written.
create table checkpoint (
  job_id text not null references job (id) on delete cascade,
  number bigint not null,
  fence bigint not null,
  sha256 text not null,
  bytes bigint not null,
  step bigint not null,
  epoch bigint not null,
  loss double precision,
  seconds double precision not null,
  created_at bigint not null,
  primary key (job_id, number)
);
create index checkpoint_blob on checkpoint (sha256);

create view blob_reference as
select content_sha256 as sha256 from dataset where content_sha256 is not null
union all select labels_sha256 from dataset where labels_sha256 is not null
union all select table_sha256 from dataset
union all select sha256 from job_record
union all select sha256 from checkpoint
union all select bundle_sha256 from model;

-- A waiting job gains one priority every ten minutes. No job has to wait before it is tried again for as long as ten
-- minutes: if it seems so, the clock has been put back.
create view waiting_job as
select j.id, j.tenant, j.mem_bytes, j.crashes, j.overtaken,
       case when j.run_after between c.now_ms + 1 and c.now_ms + 600000 then 0 else 1 end as due,
       j.priority + (c.now_ms - j.created_at) / 600000 as urgency,
       coalesce(r.n, 0) as load, coalesce(t.turn, 0) as turn
  from job j
  cross join clock c
  left join (select tenant, count(*) as n from job where state in ('RUNNING', 'PAUSING', 'CANCELLING')
              group by tenant) r on r.tenant = j.tenant
  left join turn t on t.tenant = j.tenant
 where j.state = 'QUEUED';

-- The order in which waiting jobs will be claimed: tenants in turn, within a tenant by urgency, then by id, which
-- rises whatever the clock does.
create view queue_order as
select id, tenant,
       row_number() over (order by load + place, turn, urgency desc, id) as position
  from (select w.*, row_number() over (partition by tenant order by urgency desc, id) as place
          from waiting_job w) placed;
