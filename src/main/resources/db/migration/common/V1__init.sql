-- Times are milliseconds since 1970. Columns named summary, spec, plan, progress and data hold JSON, which SQL never looks into.

create table dataset (
  id text not null primary key,
  tenant text not null,
  name text,
  row_count bigint not null,
  bytes bigint not null,
  content_sha256 text,
  table_sha256 text not null,
  summary text not null,
  created_at bigint not null
);

create table network (
  id text not null primary key,
  tenant text not null,
  name text,
  spec text not null,
  created_at bigint not null
);

-- The one truth about a job. Whoever works on it holds the number in fence; each claim raises it.
create table job (
  id text not null primary key,
  tenant text not null,
  name text,
  dataset_id text not null,
  state text not null,
  reason text,
  message text,
  want text,
  priority integer not null,
  mem_bytes bigint not null,
  created_at bigint not null,
  started_at bigint,
  finished_at bigint,
  run_after bigint not null default 0,
  fence bigint not null default 0,
  owner text,
  lease_until bigint,
  crashes integer not null default 0,
  spec text not null,
  plan text not null,
  progress text,
  model_id text,
  constraint job_state_known
    check (state in ('QUEUED', 'RUNNING', 'CANCELLING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  constraint job_want_known check (want in ('cancel')),
  constraint job_priority_known check (priority between -10 and 10)
);
create index job_waiting on job (tenant, priority desc, created_at, id) where state = 'QUEUED';
create index job_at_work on job (tenant, owner) where state in ('RUNNING', 'CANCELLING');
create index job_dataset on job (dataset_id);

create table job_event (
  job_id text not null references job (id) on delete cascade,
  sequence bigint not null,
  event text not null,
  data text not null,
  created_at bigint not null,
  primary key (job_id, sequence)
);

-- What a finished job recorded: one blob a kind.
create table job_record (
  job_id text not null references job (id) on delete cascade,
  kind text not null,
  sha256 text not null,
  bytes bigint not null,
  primary key (job_id, kind)
);

-- Models outlive their jobs. A job makes at most one.
create table model (
  id text not null primary key,
  tenant text not null,
  name text,
  job_id text,
  bundle_sha256 text not null,
  summary text not null,
  created_at bigint not null,
  constraint model_of_job unique (job_id)
);

create table idempotency (
  tenant text not null,
  idem_key text not null,
  request_hash text not null,
  status integer not null,
  location text,
  body text not null,
  created_at bigint not null,
  primary key (tenant, idem_key)
);

-- When each tenant was last served; the row of '' counts, and is the lock under which claims are made.
create table turn (
  tenant text not null primary key,
  turn bigint not null
);
insert into turn (tenant, turn) values ('', 0);

-- The order in which waiting jobs will be claimed: tenants in turn, within a tenant by priority, then age.
create view queue_order as
select waiting.id, waiting.tenant,
       row_number() over (order by waiting.load + waiting.place, waiting.turn, waiting.priority desc,
                                   waiting.created_at, waiting.id) as position
  from (select j.id, j.tenant, j.priority, j.created_at, coalesce(r.n, 0) as load, coalesce(t.turn, 0) as turn,
               row_number() over (partition by j.tenant order by j.priority desc, j.created_at, j.id) as place
          from job j
          left join (select tenant, count(*) as n from job where state in ('RUNNING', 'CANCELLING') group by tenant) r
                 on r.tenant = j.tenant
          left join turn t on t.tenant = j.tenant
         where j.state = 'QUEUED') waiting;

-- Every hash that a row holds; a file that is not here is removed some time.
create view blob_reference as
select content_sha256 as sha256 from dataset where content_sha256 is not null
union all select table_sha256 from dataset
union all select sha256 from job_record
union all select bundle_sha256 from model;

create index dataset_content on dataset (content_sha256);
create index dataset_table on dataset (table_sha256);
create index job_record_blob on job_record (sha256);
create index model_bundle on model (bundle_sha256);
