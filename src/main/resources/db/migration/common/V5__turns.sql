-- A waiting job's age is counted in turns, the jobs that were started since it came: no clock has a say in the order.
alter table job add column came_turn bigint not null default 0;

drop view queue_order;
drop view waiting_job;

-- A waiting job gains one priority with every twenty turns. No job has to wait before it is tried again for as long as
-- ten minutes: if it seems so, the clock has been put back.
create view waiting_job as
select j.id, j.tenant, j.mem_bytes, j.crashes, j.overtaken,
       case when j.run_after between c.now_ms + 1 and c.now_ms + 600000 then 0 else 1 end as due,
       j.priority * 20 - j.came_turn as urgency,
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
