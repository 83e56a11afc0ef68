-- The database's own time, in milliseconds since 1970.
create view clock as select cast(unixepoch('subsec') * 1000 as integer) as now_ms;
