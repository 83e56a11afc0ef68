-- A tenant's share of the queue, and how long jobs took of late.

create index job_held on job (tenant) where state in ('QUEUED', 'PAUSED');
create index job_ended on job (finished_at) where finished_at is not null;
