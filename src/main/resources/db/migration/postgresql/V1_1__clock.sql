-- The database's own time, in milliseconds since 1970; it goes on within a transaction.
create view clock as select cast(extract(epoch from clock_timestamp()) * 1000 as bigint) as now_ms;
