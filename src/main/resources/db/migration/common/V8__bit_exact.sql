-- 0 where a run went on from a checkpoint that another version of this program wrote.
alter table job add column bit_exact integer not null default 1;
