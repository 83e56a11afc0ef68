-- The labels of an upload that brought them as a file of their own.
alter table dataset add column labels_sha256 text;

drop view blob_reference;
create view blob_reference as
select content_sha256 as sha256 from dataset where content_sha256 is not null
union all select labels_sha256 from dataset where labels_sha256 is not null
union all select table_sha256 from dataset
union all select sha256 from job_record
union all select bundle_sha256 from model;

create index dataset_labels on dataset (labels_sha256);
